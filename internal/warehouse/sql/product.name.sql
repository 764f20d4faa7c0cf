-- Gives the products of word_again the name that stands there. Called by productNames.save.
update product
set name = a.id, named_by = a.import_id
from word_again a
where product.number = a.number
