"""The pure rules of acting for a party."""
