"""Standards 标准: which rules are in force, what they replace, and who has adopted them."""
