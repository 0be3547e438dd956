"""Resources: a thing, its traits and its operations, said once; pages, JSON, rights and documentation follow."""
