-- The links for touchpoints and how many forms came by each, of the token $1 ('': all). Called by SurveyPlaces.
SELECT p.id, p.token, p.name, p.touchpoint, p.language, p.site, p.closed, p.made_at,
       (SELECT COUNT(DISTINCT v.form) FROM survey_voice v WHERE v.place = p.id)
FROM survey_place p
WHERE $1 = ''
   OR p.token = $1
ORDER BY p.id
