-- Notes that the standings of day $1 and horizon $2 were saved at $3. Called by SaveStandings.
insert into standing_of (day, horizon, saved_at) values (cast($1 as date), $2, $3)
