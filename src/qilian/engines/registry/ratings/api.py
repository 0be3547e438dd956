"""Public interface of ratings."""

from .engagements import took_part
from .models import Rating, RatingFlag
from .queries import (
    LIMITS,
    PRIORS,
    are_related,
    life_of,
    open_engagements,
    open_flags,
    ranked,
    rating_by_code,
    rating_ref,
    ratings,
    standing_of,
    tallies_of,
)
from .services import answer, define_ratings, put_aside, rate, restore, settle, withdraw

__all__ = [
    "LIMITS",
    "PRIORS",
    "Rating",
    "RatingFlag",
    "answer",
    "are_related",
    "define_ratings",
    "life_of",
    "open_engagements",
    "open_flags",
    "put_aside",
    "ranked",
    "rate",
    "rating_by_code",
    "rating_ref",
    "ratings",
    "restore",
    "settle",
    "standing_of",
    "tallies_of",
    "took_part",
    "withdraw",
]
