-- Takes out the receipt of import $1, which has been read again. Called by saveReceipt.
delete from receipt where import_id = $1
