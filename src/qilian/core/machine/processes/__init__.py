"""Processes of the machine, told apart by number and birth, ended without hitting a stranger."""
