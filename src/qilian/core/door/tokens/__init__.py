"""Personal tokens for programs: named, narrow, expiring, shown once, kept as a digest."""
