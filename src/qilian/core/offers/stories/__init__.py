"""Stories: an ordinary month of named actors and public verbs, for demo, tests, pictures and figures alike."""
