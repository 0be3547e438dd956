"""Who is promised money is a party of the register, or there is a reason why not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Commitments say why their payee is not registered; those made before say that nobody asked."""

    dependencies = [("ledger", "0004_sums_of_lines")]
    operations = [
        migrations.AddField("commitment", "unregistered", models.CharField(blank=True, max_length=200, default="")),
        migrations.RunSQL(
            "UPDATE ledger_commitment SET unregistered = '承诺时尚未要求登记' WHERE party = ''", migrations.RunSQL.noop
        ),
        migrations.AlterField("commitment", "unregistered", models.CharField(blank=True, max_length=200)),
        migrations.AddConstraint(
            "commitment",
            models.CheckConstraint(
                condition=~models.Q(party="", unregistered=""), name="ledger_commitment_payee_known"
            ),
        ),
    ]
