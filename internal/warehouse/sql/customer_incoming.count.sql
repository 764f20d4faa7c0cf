-- How many customers of the file are new, known and changed, and how many rows said so. Called by settleCustomers.
select count(*) filter (where verdict = 'new'),
       count(*) filter (where verdict = 'known'),
       count(*) filter (where verdict = 'changed'),
       (select count(*) from customer_incoming)
from customer_verdict
