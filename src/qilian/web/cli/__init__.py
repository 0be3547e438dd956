"""The command line: `./qilian WORD …`. The answer goes to stdout, progress and trouble to stderr."""
