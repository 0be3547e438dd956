"""Pages of decisions: the list, one decision with its table, trying, editing, comparing, stored cases."""
