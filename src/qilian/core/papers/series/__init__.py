"""Series: numbers without gaps, whatever is numbered: documents of an agency, entries of a directory."""
