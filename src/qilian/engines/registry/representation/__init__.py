"""Representation: persons act for parties — claimed with evidence, approved by an official, delegated for a term."""
