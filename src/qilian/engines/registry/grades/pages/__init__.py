"""Pages of grades: results, method, score sheet down to the cell, and the forms of officials and parties."""
