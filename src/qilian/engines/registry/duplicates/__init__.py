"""Duplicates: records that may be one party, found by the machine, merged or told apart by a person."""
