"""Verbs of grades: methods by two people, runs, appeals, publication, end."""
