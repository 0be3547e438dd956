"""Directories 名录: curated lists of parties or of things, with criteria, grades, terms and exits."""
