-- Takes out all rejected rows. Called by Forget.
delete from reject
