-- Takes out the standings of before the day $1, but for the first of every month from the day $2 on. Called by SaveStandings.
delete from standing
where day < cast($1 as date)
  and day not in (
      select min(day)
      from standing_of
      where day >= date_trunc('month', cast($2 as date))
      group by date_trunc('month', day)
  )
