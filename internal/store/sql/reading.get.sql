-- How files of shape $1 were read last, as JSON. Called by Reading.
SELECT body FROM reading WHERE shape = $1
