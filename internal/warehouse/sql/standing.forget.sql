-- Takes out the note that standings of day $1 and horizon $2 were saved. Called by SaveStandings.
delete from standing_of where day = cast($1 as date) and horizon = $2
