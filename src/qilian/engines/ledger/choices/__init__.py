"""Accounts, and who may own one, as forms pick them."""
