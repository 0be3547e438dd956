"""Pure rules of standards: codes, states by the day, and what an adoption may become."""
