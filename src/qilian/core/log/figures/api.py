"""Public interface of figures."""

from .growing import first_by_offer, oldest_unsealed, so_far
from .sums import count_by

__all__ = ["count_by", "first_by_offer", "oldest_unsealed", "so_far"]
