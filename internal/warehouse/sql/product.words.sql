-- Every word of the dictionary of product numbers with its key and its spelling. Called by dictionary.load.
select number, word, id
from product
order by number
