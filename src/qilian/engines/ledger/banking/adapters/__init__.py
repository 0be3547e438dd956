"""Where files leave the house: the spool folder of payment files."""
