"""Access on screen: who holds which right and why, giving and taking, and breaking the glass in an emergency."""
