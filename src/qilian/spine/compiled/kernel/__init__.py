"""What the compiler returns, and its JSON."""
