"""Cases 办件: an item that somebody asked for, its open steps as rows, and what officials do with them."""
