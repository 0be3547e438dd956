"""People and posts: who holds which post in which unit, from when to when; hand-over and deputising live here, once."""
