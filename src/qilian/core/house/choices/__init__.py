"""Choices: what the fields of any form pick from, said once by the room whose things they are."""
