-- The numbers of the products that have a name. Called by productNames.load.
select number
from product
where name is not null
