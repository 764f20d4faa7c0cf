-- Takes out the notes on standings of before the day $1 that are there no more. Called by SaveStandings.
delete from standing_of
where day < cast($1 as date)
  and day not in (
      select min(day)
      from standing_of
      where day >= date_trunc('month', cast($2 as date))
      group by date_trunc('month', day)
  )
