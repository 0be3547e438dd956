"""What a file is, what it may be called and whether it is taken; pure."""
