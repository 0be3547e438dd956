"""Pure reading of who acts: the grammar of annotations, where they stand, rules for many items."""
