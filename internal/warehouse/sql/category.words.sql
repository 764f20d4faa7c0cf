-- Every word of the dictionary of category numbers with its key and its spelling. Called by dictionary.load.
select number, word, id
from category
order by number
