-- Takes the deed of id $1 back ($2), or brings it again. Called by TakeBackDeed.
UPDATE deed SET gone = $2 WHERE id = $1
