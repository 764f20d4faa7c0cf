-- The same as incoming.compare for a file in which a key comes more than once: its lines are taken one after the other. Called by settle.
-- rowid is DuckDB's own name for the place of a row.
create or replace temporary table verdict as
with live as (
    select rowid as old, *
    from line
    where superseded_by is null
      and import_id in (select import_id from receipt where source = $1)
), met as (
    select i.rowid as place, i.order_no, i.line_no, l.old,
           cast(i.recorded_at as date) as recorded_on,
           row(
            i.customer, i.product, i.category, i.ordered_at, i.recorded_at, i.quantity, i.unit_price, i.amount, i.cost,
            i.discount, i.list_price, i.offer, i.currency, i.promised_on, i.delivered_on, i.credit_of, i.is_return,
            i.goods, i.attributes
           ) as says,
           row(
            l.customer, l.product, l.category, l.ordered_at, l.recorded_at, l.quantity, l.unit_price, l.amount, l.cost,
            l.discount, l.list_price, l.offer, l.currency, l.promised_on, l.delivered_on, l.credit_of, l.is_return,
            l.goods, l.attributes
           ) as said
    from incoming i
    left join live l on l.order_no = i.order_no and l.line_no = i.line_no
), turned as (
    select *,
           row_number() over one_key as turn,
           lag(says) over one_key as before
    from met
    window one_key as (partition by order_no, line_no order by place)
), judged as (
    select place, order_no, line_no, old, recorded_on,
           case
               when turn = 1 and old is null then 'new'
               when turn = 1 and said is not distinct from says then 'known'
               when turn > 1 and before is not distinct from says then 'known'
               else 'changed'
           end as verdict
    from turned
)
select place, old, recorded_on, verdict,
       lead(place) over later is null as lives,
       lead(recorded_on) over later as superseded_on
from judged
window later as (partition by order_no, line_no, verdict = 'known' order by place)
