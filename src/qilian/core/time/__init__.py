"""Legal time: working days and the limits that run on them."""
