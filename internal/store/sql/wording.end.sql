-- Goes back to our text for action $1 in language $2. Called by ResetWording.
DELETE FROM wording WHERE action = $1 AND language = $2
