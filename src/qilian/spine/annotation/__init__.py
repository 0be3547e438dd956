"""How administrative documents say who acts: annotations, sentences and rules that give units their roles."""
