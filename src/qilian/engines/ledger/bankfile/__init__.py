"""Bank files: statements read and checked to the fen, payment orders written; no bank is connected."""
