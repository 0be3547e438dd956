"""Reading: what a Word or PDF document says to its reader becomes one text, with notes on what is not in it."""
