-- How many owners there are who have not left. Called by HasOwner, AddOwner, SaveColleague.
SELECT COUNT(*) FROM colleague WHERE role = 'owner' AND NOT has_left
