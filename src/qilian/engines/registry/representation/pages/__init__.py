"""The pages of acting for a party."""
