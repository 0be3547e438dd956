"""What the log adds up to: sums by dimensions, first events of offers, how many facts there are."""
