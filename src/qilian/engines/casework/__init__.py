"""Casework: anything that moves through steps with a clock."""
