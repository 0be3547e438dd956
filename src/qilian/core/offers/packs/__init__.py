"""Packs: how a section of the plan says what it offers, how engines say what they bring, and how much is answered."""
