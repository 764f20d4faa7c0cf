-- Every word of the dictionary of customer numbers with its key and its spelling. Called by dictionary.load.
select number, word, id
from customer
order by number
