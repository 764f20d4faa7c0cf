-- Takes the correction of id $1 back at $2, as $3 says; one that was taken back before stays as it was. Called by TakeBackCorrection.
UPDATE correction SET gone_at = COALESCE(gone_at, $2), gone_by = COALESCE(gone_by, $3) WHERE id = $1
