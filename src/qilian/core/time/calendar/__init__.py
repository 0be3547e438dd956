"""The calendar of working days: a table that officials edit, and an immutable value that counts in microseconds."""
