"""Makers of files: the only place of this part that loads document libraries."""
