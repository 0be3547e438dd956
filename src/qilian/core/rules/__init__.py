"""Rules as data: patterns, expressions, decision tables, scoring; pure."""
