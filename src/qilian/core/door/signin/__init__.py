"""Signing in: how many tries there are, who is locked out and who lets him in again, and which passwords are taken."""
