-- Standings of day $1, horizon $2, id $3, state $4, found by $5, of colleague $6 and with $7 of nobody's ('' asks for all), sorted by $8 in direction $9 (1, -1); $10 of them after $11. Called by Standings.
select s.customer, s.id, coalesce(s.name, ''), coalesce(s.colleague, ''), s.state, s.orders, s.occasions, s.first_day, s.last_day,
       s.usual_gap, s.usual_low, s.usual_high, s.silent_days, s.silence_p, s.expected_by, s.lamp_on, s.chance_active,
       s.chance_leave, s.chance_leave_low, s.chance_leave_high, s.calibrated,
       s.residual, s.value, s.money_at_risk, coalesce(s.currency, ''), s.loyalty_index, coalesce(s.main_reason, ''), coalesce(s.lamps, ''),
       coalesce(s.reason_chance, 0), coalesce(s.reason_source, ''), coalesce(s.family_chance, 0), coalesce(s.silent_leaver, false), coalesce(s.likely, ''), coalesce(s.hidden, '')
from standing s
where s.day = cast($1 as date)
  and s.horizon = $2
  and ($3 = '' or lower(s.id) = $3)
  and ($4 = '' or s.state = $4)
  and ($5 = '' or lower(s.id) like $5 escape '\' or lower(s.name) like $5 escape '\')
  and ($6 = '' or s.colleague = $6 or $7 and coalesce(s.colleague, '') = '')
order by case when $8 = 'name' and $9 = 1 then lower(s.name) end,
         case when $8 = 'name' and $9 = -1 then lower(s.name) end desc,
         cast($9 as integer) * case $8
             when 'value' then cast(s.value as double)
             when 'silence' then s.silent_days
             when 'chance' then s.chance_leave
             when 'last' then s.last_day - date '1970-01-01'
             when 'orders' then s.orders
             when 'money' then s.money_at_risk
         end,
         s.id
limit $10 offset $11
