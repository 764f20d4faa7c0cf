-- Takes out the standings of day $1 and horizon $2. Called by SaveStandings.
delete from standing where day = cast($1 as date) and horizon = $2
