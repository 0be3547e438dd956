"""Whose an account is, in words."""
