-- Takes out all what files said about customers. Called by Forget.
delete from customer_row
