"""Who may do and see what: grants, row policies, sealed personal values, the log as auditors read it."""
