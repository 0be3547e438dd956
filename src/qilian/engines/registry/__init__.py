"""Registry: who exists, who acts for whom, and which lists, standards and grades they stand in."""
