"""The life of a grading, pure."""
