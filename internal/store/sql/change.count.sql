-- How many changes were kept. Called by Changes.
SELECT COUNT(*) FROM change
