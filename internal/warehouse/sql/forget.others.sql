-- How many imports of other sources than $1 and the book's, $2, are here and not undone. Called by Forget.
select count(*)
from receipt
where source not in ($1, $2) and (undone_at is null or pending)
