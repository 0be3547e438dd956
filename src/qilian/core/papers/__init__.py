"""Papers: stored files, spreadsheets, documents with signature and verification page."""
