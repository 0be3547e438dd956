"""Pure reading of who acts: evidence for units, the grammar of annotations, where they stand, rules for many items."""
