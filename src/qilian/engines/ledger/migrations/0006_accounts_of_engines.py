"""An account says which engine alone moves it; a hold says when and why it could not be given back."""

from django.db import migrations, models

_BUDGETS = "UPDATE ledger_account SET engine = 'ledger.budgets' WHERE owner LIKE 'budget.%'"
_BANKING = """
    UPDATE ledger_account SET engine = 'ledger.banking' FROM ledger_bank_account AS mirror
    WHERE ledger_account.id IN (mirror.account_id, mirror.suspense_id, mirror.outside_id)"""


class Migration(migrations.Migration):
    """Accounts that budgets and banking opened become theirs."""

    dependencies = [("ledger", "0005_payees_are_known")]
    operations = [
        migrations.AddField("account", "engine", models.CharField(blank=True, max_length=40, default="")),
        migrations.RunSQL(_BUDGETS, migrations.RunSQL.noop),
        migrations.RunSQL(_BANKING, migrations.RunSQL.noop),
        migrations.AlterField("account", "engine", models.CharField(blank=True, max_length=40)),
        migrations.AddField("hold", "failed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("hold", "failure", models.CharField(blank=True, max_length=200, default="")),
        migrations.AlterField("hold", "failure", models.CharField(blank=True, max_length=200)),
    ]
