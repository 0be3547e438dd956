"""What happened, typed, appended once, never changed: the one audit log of the house."""
