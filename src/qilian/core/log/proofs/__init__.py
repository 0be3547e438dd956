"""What the sealed log proves to others: receipts, exported parts, growth, and the check of every row."""
