-- Takes out all standings. Called by Forget.
delete from standing
