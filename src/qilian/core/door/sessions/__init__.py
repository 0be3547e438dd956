"""Sessions: where a person is signed in, since when, last seen, and how to end it."""
