"""Parameters: rates, thresholds, tariffs and lists with dates and sources, published by two people."""
