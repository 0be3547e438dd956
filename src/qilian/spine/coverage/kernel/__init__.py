"""Pure rules of coverage: how much of a plan the packs answer, and what is wrong with them."""
