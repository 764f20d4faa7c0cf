-- How many customers files say something about, and how many of them have an e-mail address. Called by Holdings.
select count(*), count(*) filter (where trim(coalesce(email, '')) <> '')
from customer_row
where superseded_by is null
