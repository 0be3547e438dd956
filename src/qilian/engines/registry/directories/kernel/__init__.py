"""Pure rules of directories: what an entry may become, for how long it stands, and what it must show."""
