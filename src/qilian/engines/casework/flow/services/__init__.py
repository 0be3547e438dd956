"""Verbs of cases: open, do a step, hand it on, steer a case, and what the worker wakes."""
