-- Takes out all days that have standings. Called by Forget.
delete from standing_of
