"""Tables: foreign keys point down, keys are bigint, nothing generic, migrations complete."""

import django
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, AlterUniqueTogether, CreateModel
from django.db.migrations.state import ProjectState
from django.utils import translation

django.setup()
FLOORS = ["core", "engines", "spine", "domains", "web"]
RANKS = {"registry": 1, "ledger": 2, "casework": 3, "statistics": 3}


def rank(model: type[models.Model]) -> tuple[int, int]:
    """Return how high a table lies: floor first, then the line of its engine."""
    parts = model.__module__.split(".")
    floor = FLOORS.index(parts[1]) if parts[0] == "qilian" else -1
    return floor, RANKS.get(parts[2], 4) if floor == 1 else 0


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("qilian.")]


def upward(pairs: list[tuple[type[models.Model], type[models.Model]]]) -> list[str]:
    return [f"{a.__name__} → {b.__name__}" for a, b in pairs if rank(b) > rank(a)]


def test_foreign_keys_point_down() -> None:
    pairs = [
        (model, field.related_model)
        for model in ours()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField) and isinstance(field.related_model, type)
    ]
    assert pairs
    assert upward(pairs) == []


def test_an_upward_key_is_caught() -> None:
    low = type("Low", (), {"__module__": "qilian.core.x.models"})
    high = type("High", (), {"__module__": "qilian.spine.plan.models"})
    assert upward([(low, high)]) != []


def test_no_generic_relation() -> None:
    named = [(m, f) for m in ours() for f in m._meta.get_fields() if type(f).__name__.startswith("Generic")]
    assert named == []


def test_keys_are_bigint_and_names_say_their_app() -> None:
    for model in ours():
        key = model._meta.pk
        assert isinstance(
            key, models.BigAutoField | models.BigIntegerField | models.OneToOneField | models.ForeignKey
        ), model
        assert model._meta.db_table.startswith(f"{model._meta.app_label}_"), model._meta.db_table


def test_only_eleven_apps_own_tables() -> None:
    owners = {model._meta.app_label for model in ours()}
    assert owners <= {
        "core",
        "spine",
        "registry",
        "ledger",
        "casework",
        "statistics",
        "sharing",
        "exchange",
        "logistics",
        "finance",
        "monitoring",
    }


def test_money_and_scores_are_never_floats() -> None:
    assert [
        f"{m.__name__}.{f.name}" for m in ours() for f in m._meta.get_fields() if isinstance(f, models.FloatField)
    ] == []


def test_migrations_say_what_the_models_say() -> None:
    loader = MigrationLoader(None)
    with translation.override(None):  # as makemigrations does: titles in another language are no change
        changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(
            graph=loader.graph
        )
    owners = {model._meta.app_label for model in ours()}
    missing = [f"{app}: {step}" for app in owners for found in changes.get(app, []) for step in found.operations]
    assert missing == []


def test_an_app_has_one_migration_and_nothing_in_it_is_written_by_hand() -> None:
    """While nothing is released; `python -m tests.house.initial` makes them anew."""
    loader, owners = MigrationLoader(None), {model._meta.app_label for model in ours()}
    found = {key: migration for key, migration in loader.disk_migrations.items() if key[0] in owners}
    assert sorted(found) == sorted((app, "0001_initial") for app in owners)
    plain = (CreateModel, AddField, AddIndex, AddConstraint, AlterUniqueTogether)
    stray = [f"{key}: {step}" for key, each in found.items() for step in each.operations if not isinstance(step, plain)]
    assert stray == [], "an empty database is made from the models: marks there say what else is wanted"
