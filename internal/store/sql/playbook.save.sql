-- Keeps the company's own playbook of a reason. Called by SavePlaybook.
INSERT INTO playbook (reason, steps, at)
VALUES ($1, $2, $3)
ON CONFLICT (reason) DO UPDATE SET steps = excluded.steps, at = excluded.at
