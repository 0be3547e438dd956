"""Markup: packages and XML that people bring, opened without harm: sizes, entities and nesting are counted first."""
