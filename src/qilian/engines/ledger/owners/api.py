"""Public interface of owners: how a kind of them is called, and whose an account is."""

from .naming import Owner, look_up_owners, name_owners, owner_of

__all__ = ["Owner", "look_up_owners", "name_owners", "owner_of"]
