"""Values: words, money, quantities, the clock, hash trees; pure, and known to everybody."""
