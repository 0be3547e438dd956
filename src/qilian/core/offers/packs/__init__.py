"""Packs: how a section of the plan says what it offers."""
