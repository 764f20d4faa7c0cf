-- Forgets the reckonings of days before $1 that are not the first of a month: the last five weeks and one a month stay. Called by SaveReckoning.
DELETE FROM reckoning WHERE day < $1 AND day NOT LIKE '%-01'
