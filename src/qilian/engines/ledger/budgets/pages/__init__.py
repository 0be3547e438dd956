"""Pages of budgets: programmes, the cockpit of a year, lines, commitments, decisions, and the forms of each step."""
