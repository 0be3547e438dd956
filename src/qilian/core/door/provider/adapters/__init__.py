"""The way to a provider: HTTP, and signatures of its tokens."""
