"""Files by their content: one copy of each, recognised by its bytes, used by records with a name and an access rule."""
