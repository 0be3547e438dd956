"""Migrations: tables and constraints only; rights are derived from the models (docs/adr/0002)."""
