"""Two people decide: one proposes, another approves or rejects, with reason, deadline, inbox item and notice."""
