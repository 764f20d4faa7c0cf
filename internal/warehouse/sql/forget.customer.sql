-- Takes out all numbers of customers. Called by Forget.
delete from customer
