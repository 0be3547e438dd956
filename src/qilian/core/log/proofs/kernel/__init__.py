"""What others still know of a changed fact; pure."""
