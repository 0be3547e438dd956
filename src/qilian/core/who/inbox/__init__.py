"""One list of what waits for me, whatever engine it comes from."""
