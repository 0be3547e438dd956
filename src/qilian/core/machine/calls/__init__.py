"""One HTTP request out of the house: no redirect, no proxy, and into a private network only where that is declared."""
