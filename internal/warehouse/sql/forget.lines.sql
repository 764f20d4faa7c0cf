-- Takes out all lines. Called by Forget.
delete from line
