-- Takes out the receipts of source $1 and of the book, $2. Called by Forget.
delete from receipt where source in ($1, $2)
