"""Pure rules of packs: what may be declared."""
