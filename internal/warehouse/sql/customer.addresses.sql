-- Every e-mail address of customers and of people at customers', and the one customer who has it. Called by CustomersByAddress.
with address as (
    select lower(trim(r.email)) as email, r.customer
    from customer_row r
    where r.superseded_by is null
    union
    select lower(trim(email)), customer
    from people
)
select a.email, min(coalesce(c.id, c.word))
from address a
join customer c on c.number = a.customer
where a.email like '%@%'
group by a.email
having count(distinct a.customer) = 1
