"""Words without business, and the rooms that every engine needs; one Django app, many rooms."""
