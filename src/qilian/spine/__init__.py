"""The spine: plan → clauses → duties → reports → lights; one Django app of several parts."""
