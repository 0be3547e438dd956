"""The keys of personal data on disk: which there are, which one is current; neither Django nor a database is needed."""
