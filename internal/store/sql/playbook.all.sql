-- The company's own playbooks. Called by Playbooks.
SELECT reason, steps
FROM playbook
ORDER BY reason
