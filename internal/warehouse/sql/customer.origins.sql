-- Segment, offer and channel of every customer of the files. Called by Origins.
select customer, coalesce(trim(segment), ''), coalesce(trim(acquired_offer), ''), coalesce(trim(acquired_by), '')
from customer_row
where superseded_by is null
