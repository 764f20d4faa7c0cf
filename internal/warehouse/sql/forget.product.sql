-- Takes out all numbers of products. Called by Forget.
delete from product
