"""The verbs of the plan, one family per module; `api.py` is the door."""
