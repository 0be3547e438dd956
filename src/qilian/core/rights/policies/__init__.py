"""Row policies derived from grants: which rows of a guarded table the database itself shows to whom."""
