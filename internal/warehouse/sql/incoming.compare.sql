-- What incoming lines are beside the live lines of source $1: new, known or changed; no key comes twice. Called by settle.
-- rowid is DuckDB's own name for the place of a row.
create or replace temporary table verdict as
with live as (
    select rowid as old, *
    from line
    where superseded_by is null
      and import_id in (select import_id from receipt where source = $1)
)
select i.rowid as place,
       l.old,
       cast(i.recorded_at as date) as recorded_on,
       case
           when l.old is null then 'new'
           when row(
            i.customer, i.product, i.category, i.ordered_at, i.recorded_at, i.quantity, i.unit_price, i.amount, i.cost,
            i.discount, i.list_price, i.offer, i.currency, i.promised_on, i.delivered_on, i.credit_of, i.is_return,
            i.goods, i.attributes
           ) is not distinct from row(
            l.customer, l.product, l.category, l.ordered_at, l.recorded_at, l.quantity, l.unit_price, l.amount, l.cost,
            l.discount, l.list_price, l.offer, l.currency, l.promised_on, l.delivered_on, l.credit_of, l.is_return,
            l.goods, l.attributes
           ) then 'known'
           else 'changed'
       end as verdict
from incoming i
left join live l on l.order_no = i.order_no and l.line_no = i.line_no
