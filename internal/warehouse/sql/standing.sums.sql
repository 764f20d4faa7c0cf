-- The standings of day $1, horizon $2 added up by state. Called by StandingSums.
select state, count(*), cast(coalesce(sum(value), 0) as bigint), cast(coalesce(sum(money_at_risk), 0) as bigint), coalesce(max(currency), '')
from standing
where day = cast($1 as date) and horizon = $2
group by state
order by state
