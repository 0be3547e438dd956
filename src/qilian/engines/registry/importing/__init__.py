"""Files of parties: checked row by row, against the register in one piece, applied set by set."""
