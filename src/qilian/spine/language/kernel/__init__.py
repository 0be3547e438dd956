"""Pure reading of words: folding, numerals, deadlines, targets, systems, and the grammar of role annotations."""
