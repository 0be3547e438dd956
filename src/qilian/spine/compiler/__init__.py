"""The plan compiler: a Chinese implementation plan becomes an outline, clauses, roles, dates, targets, and doubts."""
