"""Holds: what is kept of an account for another until it is taken, given back, or its day in law comes."""
