-- Who looks after the customer, when the standings were saved.
alter table standing add column colleague varchar; -- in lower case; null: nobody
update standing set colleague = lower(trim(r.colleague))
from customer_row r
where r.customer = standing.customer and r.superseded_by is null;
