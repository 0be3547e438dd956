"""A compiled plan as values: clauses with who answers for them, as the compiler found and review changed them."""
