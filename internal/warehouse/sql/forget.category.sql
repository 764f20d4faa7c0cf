-- Takes out all numbers of categories. Called by Forget.
delete from category
