"""Pure rules of packs: what may be declared, what is wrong with it, and how much of the plan it answers."""
