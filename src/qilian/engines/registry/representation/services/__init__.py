"""The verbs of acting for a party: claims and mandates."""
