-- What colleagues want of letters. Called by LetterChoices.
SELECT colleague, kind, wanted, whole, who, at
FROM letter_choice
ORDER BY colleague, kind
