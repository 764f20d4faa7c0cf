-- Keeps what was answered to the item $2 of the invitation $1, in the place of what was answered before; the same again changes nothing. Called by SaveReplies.
INSERT INTO survey_reply (invite, item, value, scale, body, form, at, version)
SELECT $1, $2, $3, $4, $5, $6, $7, COALESCE(MAX(version), 0) + 1
FROM survey_reply
WHERE TRUE -- or the engine takes ON for a join
ON CONFLICT (invite, item) DO UPDATE
SET value = EXCLUDED.value, scale = EXCLUDED.scale, body = EXCLUDED.body, form = EXCLUDED.form, at = EXCLUDED.at, version = EXCLUDED.version
WHERE survey_reply.body <> EXCLUDED.body
   OR COALESCE(survey_reply.value, -1) <> COALESCE(EXCLUDED.value, -1)
