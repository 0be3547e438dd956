"""Tables and rights of the house, laid by the owner of the database; all of it changes nothing when nothing changed."""

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from qilian.core.machine.postgres.api import protect
from qilian.web.cli.migrations import refuse_future


def lay() -> None:
    """Lay the tables, that of the cache too, and set the application's rights.

    An empty database gets its tables from the models, in one step and in a time that grows with their number only;
    migrations, of which each draws all models it touches anew, are for a database that holds something.
    """
    refuse_future(MigrationRecorder(connection).applied_migrations())
    if not connection.introspection.table_names():
        at_once()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    protect(connection)


def at_once() -> None:
    """Make our tables from their models and note our migrations as done; before them run those that ours stand on.

    What migrations would have made is the same: `tests/web/cli/test_laying.py` compares the two.
    """
    executor, ours = MigrationExecutor(connection), _ours()
    graph = executor.loader.graph
    before = {leaf: {app for app, _ in graph.forwards_plan(leaf)} for leaf in graph.leaf_nodes()}
    executor.migrate([leaf for leaf, needed in before.items() if not needed & ours])
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.app_label in ours and model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    for app, name in graph.nodes:
        if app in ours:
            executor.recorder.record_applied(app, name)


def _ours() -> frozenset[str]:
    return frozenset(each.label for each in apps.get_app_configs() if each.name.startswith("qilian."))
