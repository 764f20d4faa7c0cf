-- Spells the words of word_again again that an undo had left without a spelling. Called by dictionary.save.
update product
set id = a.id, import_id = a.import_id
from word_again a
where product.number = a.number
