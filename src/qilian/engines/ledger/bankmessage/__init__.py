"""Messages of banks: camt.052, 053, 054 and SWIFT MT940 read as streams of what they say."""
