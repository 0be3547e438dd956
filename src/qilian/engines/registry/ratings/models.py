"""Ratings, what they come to by party and category, and what looked wrong about them."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.core.log.events.models import Event
from qilian.core.who.people.models import Person
from qilian.engines.registry.parties.models import Party

from .kernel.alarms import KINDS
from .kernel.life import STATES


class Rating(Coded):
    """Stars that one party gives another for an engagement that an event of the log proves."""

    rated = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ratings")
    rater = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ratings_given")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=40)
    offer = models.CharField(max_length=120, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=6, blank=True)
    stars = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500, blank=True)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="standing")
    reason = models.CharField(max_length=300, blank=True)  # of the withdrawal, or why it was set aside
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    scope_columns = {"region": "region", "offer": "offer", "clause": "clause"}

    class Meta:
        db_table = "registry_rating"
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="registry_rating_stars"),
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="registry_rating_state"),
            models.CheckConstraint(condition=~Q(rated=F("rater")), name="registry_rating_two_parties"),
            models.UniqueConstraint(fields=["event", "rater"], name="registry_rating_once"),
            models.UniqueConstraint(fields=["event", "rated"], name="registry_rating_of_once"),
            models.CheckConstraint(condition=Q(state="standing") | ~Q(reason=""), name="registry_rating_reason"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="registry_rating_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["rated", "-given_at"], name="registry_rating_of"),
            models.Index(fields=["rater", "-given_at"], name="registry_rating_by"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} {self.rated_id}"


class RatingTally(models.Model):
    """How many ratings of each number of stars count for a party in a category: what lists and pages read."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="tallies")
    category = models.CharField(max_length=40)
    ones = models.PositiveIntegerField(default=0)
    twos = models.PositiveIntegerField(default=0)
    threes = models.PositiveIntegerField(default=0)
    fours = models.PositiveIntegerField(default=0)
    fives = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "registry_rating_tally"
        constraints = [
            models.UniqueConstraint(fields=["party", "category"], name="registry_rating_tally_one"),
            models.CheckConstraint(
                condition=Q(number=F("ones") + F("twos") + F("threes") + F("fours") + F("fives")),
                name="registry_rating_tally_number",
            ),
            models.CheckConstraint(
                condition=Q(total=F("ones") + 2 * F("twos") + 3 * F("threes") + 4 * F("fours") + 5 * F("fives")),
                name="registry_rating_tally_total",
            ),
        ]
        indexes = [models.Index(fields=["category", "number"], name="registry_rating_tally_list")]


class RatingFlag(Coded):
    """Something that looks wrong about the ratings of a party, until an official says what he found."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="rating_flags")
    kind = models.CharField(max_length=10)
    figures = models.JSONField()
    region = models.CharField(max_length=6, blank=True)
    raised_at = models.DateTimeField()
    renewed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=300, blank=True)

    scope_columns = {"region": "region"}

    class Meta:
        db_table = "registry_rating_flag"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=tuple(KINDS)), name="registry_rating_flag_kind"),
            models.UniqueConstraint(
                fields=["party", "kind"], condition=Q(settled_at__isnull=True), name="registry_rating_flag_one_open"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, finding="") | (Q(settled_at__isnull=False) & ~Q(finding="")),
                name="registry_rating_flag_settled",
            ),
        ]
        indexes = [
            models.Index(fields=["raised_at"], condition=Q(settled_at__isnull=True), name="registry_rating_flag_open")
        ]
