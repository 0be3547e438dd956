"""Items 事项: what the public may ask for, as published by two people; a version once published is never edited."""
