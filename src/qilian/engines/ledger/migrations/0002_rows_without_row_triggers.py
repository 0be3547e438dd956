"""The journal's references to accounts are checked by whoever writes it, not by two triggers for each row."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT


def _side() -> "models.ForeignKey[models.Model, models.Model]":
    return models.ForeignKey(
        db_constraint=False, db_index=False, on_delete=PROTECT, related_name="+", to="ledger.account"
    )


class Migration(migrations.Migration):
    """Drop two foreign key constraints of `ledger_transfer`; the columns stay."""

    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.AlterField("transfer", "debit", _side()),
        migrations.AlterField("transfer", "credit", _side()),
    ]
