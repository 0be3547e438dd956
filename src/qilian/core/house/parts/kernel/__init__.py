"""Pure rules of parts: the kinds of offers, what a part may bring, and what is wrong with it."""
