"""Forms: one schema, one validator, one way onto the screen, for applications, reports, attributes and requests."""
