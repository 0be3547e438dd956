"""A match may bind several lines or transfers that make one sum, and a statement tells what was left out of it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

_RULES = ("opening", "reference", "name", "sum", "match", "book", "correct", "reverse")


class Migration(migrations.Migration):
    """Rows of one `pair` stand for a sum: each holds a line, a transfer or both."""

    dependencies = [("ledger", "0003_room_for_totals")]
    operations = [
        migrations.AddField("statement", "told", models.JSONField(default=dict)),
        migrations.AddField("resolution", "more", models.JSONField(default=dict)),
        migrations.AlterField(
            "match",
            "transfer",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.transfer",
            ),
        ),
        migrations.RemoveConstraint("match", "ledger_bank_match_shape"),
        migrations.AddConstraint(
            "match",
            models.CheckConstraint(
                condition=Q(line__isnull=False, transfer__isnull=False, pair="")
                | (~Q(pair="") & (Q(line__isnull=False) | Q(transfer__isnull=False))),
                name="ledger_bank_match_shape",
            ),
        ),
        migrations.RemoveConstraint("match", "ledger_bank_match_rule"),
        migrations.AddConstraint(
            "match", models.CheckConstraint(condition=Q(rule__in=_RULES), name="ledger_bank_match_rule")
        ),
    ]
