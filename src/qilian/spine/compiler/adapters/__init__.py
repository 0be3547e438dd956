"""Readers of documents: heavy libraries, loaded by the worker and the command line only."""
