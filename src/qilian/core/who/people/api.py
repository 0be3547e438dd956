"""Public interface of people."""

from .models import Deputy, Person, Post
from .pages.reading import add_person_action
from .queries import held_by, holders, people_of, principal_of, search_people
from .services import appoint, deactivate_person, deputise, end_deputy, hand_over, register_person

__all__ = [
    "Deputy",
    "Person",
    "Post",
    "add_person_action",
    "appoint",
    "deactivate_person",
    "deputise",
    "end_deputy",
    "hand_over",
    "held_by",
    "holders",
    "people_of",
    "principal_of",
    "register_person",
    "search_people",
]
