"""Pure rules of ratings: who may rate, what the ratings of a party come to, what looks wrong about them."""
