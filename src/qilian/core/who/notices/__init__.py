"""Telling people: in the application, by mail, to a webhook; bundled daily and silent at night as each one likes."""
