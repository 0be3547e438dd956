"""Packaged lists of holidays; loaded by jobs and commands, never by the web process."""
