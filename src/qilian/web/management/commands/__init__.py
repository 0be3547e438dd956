"""`manage load_plan` and `manage demo`."""
