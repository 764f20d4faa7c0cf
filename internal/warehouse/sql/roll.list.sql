-- What the list of customers shows of the standings of day $1 and horizon $2, in order of ids; days are counted from 1970, and the least integer is an unknown one. Called by Listed.
select s.customer, s.id, coalesce(s.name, ''), coalesce(s.colleague, ''), coalesce(trim(r.segment), ''), coalesce(trim(r.region), ''), s.state,
       coalesce(s.lamps, ''), coalesce(s.currency, ''), coalesce(s.orders, 0), coalesce(s.occasions, 0),
       cast(coalesce(s.last_day - date '1970-01-01', -2147483648) as integer), coalesce(s.silent_days, 0), cast(s.calibrated as integer),
       coalesce(s.usual_gap, 0.0), coalesce(s.chance_leave, 0.0), coalesce(s.chance_leave_low, 0.0), coalesce(s.chance_leave_high, 0.0),
       coalesce(s.loyalty_index, -1.0), coalesce(s.value, 0), coalesce(s.money_at_risk, 0)
from standing s
left join customer_row r on r.customer = s.customer and r.superseded_by is null
where s.day = cast($1 as date) and s.horizon = $2
order by s.id, s.customer
