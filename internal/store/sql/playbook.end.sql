-- Goes back to our playbook of reason $1. Called by ResetPlaybook.
DELETE FROM playbook WHERE reason = $1
