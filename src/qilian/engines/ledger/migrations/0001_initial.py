import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import qilian.core.rights.privacy.fields
import qilian.core.values.text.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("at", models.DateTimeField()),
                ("rows", models.PositiveIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("event", models.BigIntegerField()),
            ],
            options={
                "db_table": "ledger_batch",
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=26)),
                ("key", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("amount", models.BigIntegerField()),
                ("released", models.BigIntegerField(default=0)),
                ("due", models.DateTimeField(blank=True, null=True)),
                ("chain", models.PositiveIntegerField(blank=True, null=True)),
                ("first_serial", models.BigIntegerField(blank=True, null=True)),
                ("last_serial", models.BigIntegerField(blank=True, null=True)),
                ("cause", models.CharField(blank=True, max_length=160)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("digest", models.BinaryField(max_length=32)),
                ("debit_debits", models.BigIntegerField()),
                ("debit_credits", models.BigIntegerField()),
                ("debit_debits_pending", models.BigIntegerField()),
                ("debit_credits_pending", models.BigIntegerField()),
                ("credit_debits", models.BigIntegerField()),
                ("credit_credits", models.BigIntegerField()),
                ("credit_debits_pending", models.BigIntegerField()),
                ("credit_credits_pending", models.BigIntegerField()),
            ],
            options={
                "db_table": "ledger_transfer",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Asset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.CharField(max_length=60, unique=True)),
                ("title_zh", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=10)),
                ("unit_zh", models.CharField(max_length=20)),
                ("unit_en", models.CharField(max_length=20)),
                ("scale", models.PositiveSmallIntegerField(default=0)),
                ("serial", models.BooleanField(default=False)),
                ("demonstration", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "ledger_asset",
                "ordering": ["slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("money", "goods", "allowance", "water", "share", "pallet", "budget", "hours"))
                        ),
                        name="ledger_asset_kind",
                    ),
                    models.CheckConstraint(condition=models.Q(("scale__lte", 9)), name="ledger_asset_scale"),
                    models.CheckConstraint(
                        condition=models.Q(("serial", False), ("scale", 0), _connector="OR"),
                        name="ledger_asset_serial_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("owner", models.CharField(max_length=120)),
                ("purpose", models.CharField(default="main", max_length=60)),
                ("title_zh", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=200)),
                ("rule", models.CharField(default="debits_within_credits", max_length=24)),
                ("state", models.CharField(default="open", max_length=8)),
                ("state_reason", models.CharField(blank=True, max_length=300)),
                ("final", models.BooleanField(default=False)),
                ("offer", models.CharField(blank=True, max_length=120)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("engine", models.CharField(blank=True, max_length=40)),
                ("opened_at", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
                ("debits_posted", models.BigIntegerField(default=0)),
                ("credits_posted", models.BigIntegerField(default=0)),
                ("debits_pending", models.BigIntegerField(default=0)),
                ("credits_pending", models.BigIntegerField(default=0)),
                ("restrained", models.BigIntegerField(default=0)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="accounts", to="ledger.asset"
                    ),
                ),
            ],
            options={
                "db_table": "ledger_account",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                ("bank", models.CharField(max_length=120)),
                ("holder", models.CharField(max_length=120)),
                ("currency", models.CharField(default="CNY", max_length=3)),
                ("channel", models.CharField(default="file", max_length=20)),
                ("unit", models.CharField(max_length=40)),
                ("offer", models.CharField(blank=True, max_length=120)),
                ("opening_fen", models.BigIntegerField(default=0)),
                ("opened_on", models.DateField()),
                ("bank_fen", models.BigIntegerField(default=0)),
                ("last_day", models.DateField(blank=True, null=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"
                    ),
                ),
                (
                    "outside",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"
                    ),
                ),
                (
                    "suspense",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"
                    ),
                ),
            ],
            options={
                "db_table": "ledger_bank_account",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("state", models.CharField(default="proposed", max_length=10)),
                ("proposed_at", models.DateTimeField()),
                ("due", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("kind", models.CharField(max_length=8)),
                ("content", models.JSONField()),
                ("reason", models.CharField(max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "ledger_budget_decision",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="FiscalYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "closed_by",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closes",
                        to="ledger.decision",
                    ),
                ),
            ],
            options={
                "db_table": "ledger_budget_year",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "transfer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="hold",
                        serialize=False,
                        to="ledger.transfer",
                    ),
                ),
                ("amount", models.BigIntegerField()),
                ("due", models.DateTimeField(blank=True, null=True)),
                ("basis", models.CharField(blank=True, max_length=200)),
                ("state", models.CharField(default="open", max_length=8)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                ("failure", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "db_table": "ledger_hold",
                "ordering": ["due", "transfer_id"],
            },
        ),
        migrations.AddField(
            model_name="transfer",
            name="asset",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.asset",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="batch",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transfers",
                to="ledger.batch",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="credit",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.account",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="debit",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.account",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="pending",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resolutions",
                to="ledger.transfer",
            ),
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("reserved", models.CharField(blank=True, max_length=120)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="ledger.account"
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.asset"),
                ),
            ],
            options={
                "db_table": "ledger_holding",
                "ordering": ["asset", "first"],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("number", models.CharField(max_length=20)),
                ("title_zh", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=200)),
                ("carried_fen", models.BigIntegerField(default=0)),
                (
                    "available",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"
                    ),
                ),
                (
                    "following",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former",
                        to="ledger.line",
                    ),
                ),
                (
                    "granted",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"
                    ),
                ),
                (
                    "lapsed",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"
                    ),
                ),
                (
                    "paid",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="ledger.fiscalyear"
                    ),
                ),
            ],
            options={
                "db_table": "ledger_budget_line",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("purpose", models.CharField(max_length=200)),
                ("payee", qilian.core.rights.privacy.fields.SealedField(kind="name")),
                ("party", models.CharField(blank=True, max_length=80)),
                ("unregistered", models.CharField(blank=True, max_length=200)),
                ("fen", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
                (
                    "salt",
                    models.CharField(default=qilian.core.values.text.codes.public_code, editable=False, max_length=26),
                ),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"
                    ),
                ),
                (
                    "carried_from",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_into",
                        to="ledger.commitment",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="ledger.line"
                    ),
                ),
            ],
            options={
                "db_table": "ledger_commitment",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="PaymentBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                ("orders_count", models.PositiveIntegerField()),
                ("fen", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("released_at", models.DateTimeField()),
                ("written_at", models.DateTimeField(blank=True, null=True)),
                (
                    "bank_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="ledger.bankaccount"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "ledger_payment_batch",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="PaymentOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("reference", models.CharField(max_length=40, unique=True)),
                ("name", qilian.core.rights.privacy.fields.SealedField(kind="name")),
                ("account", qilian.core.rights.privacy.fields.SealedField(kind="account")),
                ("shown_name", models.CharField(max_length=200)),
                ("bank", models.CharField(blank=True, max_length=120)),
                ("fen", models.BigIntegerField()),
                ("purpose", models.CharField(max_length=120)),
                (
                    "salt",
                    models.CharField(default=qilian.core.values.text.codes.public_code, editable=False, max_length=26),
                ),
                ("cause", models.CharField(blank=True, max_length=160)),
                ("ordered_at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "bank_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="ledger.bankaccount"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="ledger.paymentbatch",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "transfer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.transfer",
                    ),
                ),
            ],
            options={
                "db_table": "ledger_payment_order",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                ("title_zh", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=200)),
                ("unit", models.CharField(max_length=40)),
                ("offer", models.CharField(blank=True, max_length=120)),
                ("clause", models.CharField(blank=True, max_length=40)),
                ("opened_at", models.DateTimeField()),
            ],
            options={
                "db_table": "ledger_programme",
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="ledger_programme_numbered"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="fiscalyear",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="years", to="ledger.programme"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="ledger.programme"
            ),
        ),
        migrations.CreateModel(
            name="Restraint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("amount", models.BigIntegerField()),
                ("first_serial", models.BigIntegerField(blank=True, null=True)),
                ("last_serial", models.BigIntegerField(blank=True, null=True)),
                ("beneficiary", models.CharField(blank=True, max_length=120)),
                ("reason", models.CharField(max_length=300)),
                ("document", models.CharField(blank=True, max_length=160)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("released_by", models.CharField(blank=True, max_length=80)),
                ("release_reason", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="restraints", to="ledger.account"
                    ),
                ),
            ],
            options={
                "db_table": "ledger_restraint",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("file", models.CharField(max_length=64)),
                ("state", models.CharField(default="queued", max_length=8)),
                ("lines_read", models.PositiveIntegerField(default=0)),
                ("lines_passed", models.PositiveIntegerField(default=0)),
                ("lines_known", models.PositiveIntegerField(default=0)),
                ("inflow", models.BigIntegerField(default=0)),
                ("outflow", models.BigIntegerField(default=0)),
                ("opening", models.BigIntegerField(blank=True, null=True)),
                ("closing", models.BigIntegerField(blank=True, null=True)),
                ("first_day", models.DateField(blank=True, null=True)),
                ("last_day", models.DateField(blank=True, null=True)),
                ("problems", models.JSONField(default=list)),
                ("problem_count", models.PositiveIntegerField(default=0)),
                ("report", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("booked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "bank_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="ledger.bankaccount"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "ledger_bank_statement",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("row", models.IntegerField()),
                ("day", models.DateField()),
                ("fen", models.BigIntegerField()),
                ("balance", models.BigIntegerField(blank=True, null=True)),
                ("name", qilian.core.rights.privacy.fields.SealedField(blank=True, kind="name")),
                ("account", qilian.core.rights.privacy.fields.SealedField(blank=True, kind="account")),
                ("shown_name", models.CharField(blank=True, max_length=200)),
                ("summary", models.CharField(blank=True, max_length=400)),
                ("serial", models.CharField(blank=True, max_length=80)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("mark", models.CharField(max_length=32)),
                (
                    "bank_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="ledger.bankaccount"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="ledger.statement"
                    ),
                ),
            ],
            options={
                "db_table": "ledger_bank_line",
                "ordering": ["-day", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("state", models.CharField(default="proposed", max_length=10)),
                ("proposed_at", models.DateTimeField()),
                ("due", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("kind", models.CharField(max_length=8)),
                ("more", models.JSONField(default=dict)),
                ("reason", models.CharField(max_length=300)),
                (
                    "salt",
                    models.CharField(default=qilian.core.values.text.codes.public_code, editable=False, max_length=26),
                ),
                (
                    "bank_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="resolutions", to="ledger.bankaccount"
                    ),
                ),
                (
                    "counter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.account",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.transfer",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolutions",
                        to="ledger.statementline",
                    ),
                ),
            ],
            options={
                "db_table": "ledger_bank_resolution",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pair", models.CharField(blank=True, max_length=26)),
                ("rule", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                (
                    "bank_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="matches", to="ledger.bankaccount"
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.transfer",
                    ),
                ),
                (
                    "resolution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="ledger.resolution",
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match",
                        to="ledger.statementline",
                    ),
                ),
            ],
            options={
                "db_table": "ledger_bank_match",
            },
        ),
        migrations.CreateModel(
            name="Tranche",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("fen", models.BigIntegerField()),
                ("condition", models.CharField(max_length=8)),
                ("words", models.CharField(blank=True, max_length=200)),
                ("day", models.DateField(blank=True, null=True)),
                ("state", models.CharField(default="due", max_length=8)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("paid_at", models.DateTimeField(blank=True, null=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tranches", to="ledger.commitment"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paid_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "ledger_tranche",
                "ordering": ["number"],
            },
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["offer", "id"], name="ledger_acco_offer_463170_idx"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["unit", "id"], name="ledger_acco_unit_3925e0_idx"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(fields=("owner", "asset", "purpose"), name="ledger_account_once"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("rule__in", ("debits_within_credits", "credits_within_debits", "free"))),
                name="ledger_account_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "no_pay", "closed"))), name="ledger_account_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner", ""), _negated=True), name="ledger_account_owned"
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("credits_pending__gte", 0),
                    ("credits_posted__gte", 0),
                    ("debits_pending__gte", 0),
                    ("debits_posted__gte", 0),
                    ("restrained__gte", 0),
                ),
                name="ledger_account_no_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rule", "debits_within_credits"), _negated=True),
                    (
                        "credits_posted__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("debits_posted"), "+", models.F("debits_pending")
                            ),
                            "+",
                            models.F("restrained"),
                        ),
                    ),
                    _connector="OR",
                ),
                name="ledger_account_debits_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rule", "credits_within_debits"), _negated=True),
                    (
                        "debits_posted__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("credits_posted"), "+", models.F("credits_pending")
                        ),
                    ),
                    _connector="OR",
                ),
                name="ledger_account_credits_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(
                        ("credits_pending", 0),
                        ("credits_posted", models.F("debits_posted")),
                        ("debits_pending", 0),
                        ("restrained", 0),
                    ),
                    _connector="OR",
                ),
                name="ledger_account_closed_is_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="ledger_bank_account_numbered"
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="credit",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"),
        ),
        migrations.AddField(
            model_name="hold",
            name="debit",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["debit", "at", "id"], name="ledger_transfer_debits"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["credit", "at", "id"], name="ledger_transfer_credits"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(("cause", ""), _negated=True), fields=["cause", "id"], name="ledger_transfer_cause"
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["batch"], name="ledger_transfer_batch", pages_per_range=16
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(fields=("code",), name="ledger_transfer_code"),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("pending__isnull", False)),
                fields=("pending",),
                name="ledger_transfer_resolves_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount__gt", 0),
                        ("kind__in", ("single", "pending")),
                        ("pending__isnull", True),
                        ("released", 0),
                    ),
                    models.Q(
                        ("amount__gt", 0),
                        ("kind", "post"),
                        ("pending__isnull", False),
                        ("released__gte", models.F("amount")),
                    ),
                    models.Q(
                        ("amount", 0), ("kind__in", ("void", "expire")), ("pending__isnull", False), ("released__gt", 0)
                    ),
                    _connector="OR",
                ),
                name="ledger_transfer_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("debit", models.F("credit")), _negated=True), name="ledger_transfer_two_accounts"
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__gte", 1), ("last__gte", models.F("first")), ("last__lt", 1000000000000)),
                name="ledger_holding_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("asset"), "*", models.Value(1000000000000)
                                ),
                                "+",
                                models.F("first"),
                            ),
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("asset"), "*", models.Value(1000000000000)
                                ),
                                "+",
                                models.F("last"),
                            ),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    )
                ],
                name="ledger_holding_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(fields=("year", "number"), name="ledger_budget_line_once"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("carried_fen__gte", 0)), name="ledger_budget_line_carried"
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.UniqueConstraint(fields=("line", "number"), name="ledger_commitment_once"),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="ledger_commitment_fen"),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("party", ""), ("unregistered", ""), _negated=True),
                name="ledger_commitment_payee_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("fen__gt", 0), ("orders_count__gt", 0)), name="ledger_payment_batch_fen"
            ),
        ),
        migrations.AddIndex(
            model_name="paymentorder",
            index=models.Index(
                condition=models.Q(("cause", ""), _negated=True), fields=["cause"], name="ledger_payment_order_cause"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentorder",
            constraint=models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="ledger_payment_order_fen"),
        ),
        migrations.AddConstraint(
            model_name="paymentorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("batch__isnull", True), ("transfer__isnull", True)),
                    models.Q(("batch__isnull", False), ("cancelled_at__isnull", True), ("transfer__isnull", False)),
                    _connector="OR",
                ),
                name="ledger_payment_order_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="fiscalyear",
            constraint=models.UniqueConstraint(fields=("programme", "number"), name="ledger_budget_year_once"),
        ),
        migrations.AddConstraint(
            model_name="fiscalyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1949), ("number__lte", 2199)), name="ledger_budget_year_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("adjust", "close"))), name="ledger_budget_decision_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="ledger_budget_decision_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("proposed", "approved", "rejected", "withdrawn"))),
                name="ledger_budget_decision_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="ledger_budget_decision_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "proposed")),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", True), ("state", "withdrawn")),
                    models.Q(
                        ("state__in", ("approved", "rejected")),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ledger_budget_decision_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", ""), ("state", "rejected"), _negated=True),
                name="ledger_budget_decision_rejected_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="restraint",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("freeze", "pledge"))), name="ledger_restraint_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="restraint",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="ledger_restraint_amount"),
        ),
        migrations.AddConstraint(
            model_name="restraint",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="ledger_restraint_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="restraint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("beneficiary", ""), ("kind", "freeze")),
                    models.Q(("kind", "pledge"), models.Q(("beneficiary", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ledger_restraint_beneficiary",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("queued", "refused", "checked", "booked"))),
                name="ledger_bank_statement_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("checked", "booked")), _negated=True), ("problem_count", 0), _connector="OR"
                ),
                name="ledger_bank_statement_clean",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("booked_at__isnull", False), ("state", "booked")),
                    models.Q(models.Q(("state", "booked"), _negated=True), ("booked_at__isnull", True)),
                    _connector="OR",
                ),
                name="ledger_bank_statement_booked_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "booked")),
                fields=("bank_account", "file"),
                name="ledger_bank_statement_once",
            ),
        ),
        migrations.AddIndex(
            model_name="statementline",
            index=models.Index(fields=["bank_account", "day", "id"], name="ledger_bank_line_day"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(fields=("bank_account", "mark"), name="ledger_bank_line_once"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(("fen", 0), _negated=True), name="ledger_bank_line_moves"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("match", "correct")), ("line__isnull", False), ("transfer__isnull", False)),
                    models.Q(
                        ("counter__isnull", False),
                        ("kind", "book"),
                        ("line__isnull", False),
                        ("transfer__isnull", True),
                    ),
                    models.Q(("kind", "reverse"), ("line__isnull", True), ("transfer__isnull", False)),
                    _connector="OR",
                ),
                name="ledger_bank_resolution_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="ledger_bank_resolution_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("proposed", "approved", "rejected", "withdrawn"))),
                name="ledger_bank_resolution_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="ledger_bank_resolution_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "proposed")),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", True), ("state", "withdrawn")),
                    models.Q(
                        ("state__in", ("approved", "rejected")),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ledger_bank_resolution_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", ""), ("state", "rejected"), _negated=True),
                name="ledger_bank_resolution_rejected_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")), fields=("line",), name="ledger_bank_resolution_one_open_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("bank_account", "transfer"),
                name="ledger_bank_resolution_one_open_transfer",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(fields=("bank_account", "transfer"), name="ledger_bank_match_once"),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("line__isnull", False), ("pair", ""), ("transfer__isnull", False)),
                    models.Q(
                        models.Q(("pair", ""), _negated=True),
                        models.Q(("line__isnull", False), ("transfer__isnull", False), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="ledger_bank_match_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rule__in", ("opening", "reference", "name", "sum", "match", "book", "correct", "reverse"))
                ),
                name="ledger_bank_match_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="tranche",
            constraint=models.UniqueConstraint(fields=("commitment", "number"), name="ledger_tranche_once"),
        ),
        migrations.AddConstraint(
            model_name="tranche",
            constraint=models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="ledger_tranche_fen"),
        ),
        migrations.AddConstraint(
            model_name="tranche",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("due", "paid", "released", "carried"))), name="ledger_tranche_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="tranche",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("condition", "start"),
                    models.Q(("condition", "day"), ("day__isnull", False)),
                    models.Q(models.Q(("condition", "evidence")), models.Q(("words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ledger_tranche_condition",
            ),
        ),
        migrations.AddConstraint(
            model_name="tranche",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "paid"), _negated=True), ("paid_at__isnull", False), _connector="OR"
                ),
                name="ledger_tranche_paid_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="tranche",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    ("paid_by__isnull", True),
                    models.Q(("paid_by", models.F("confirmed_by")), _negated=True),
                    _connector="OR",
                ),
                name="ledger_tranche_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="tranche",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("condition", "evidence"), ("state", "paid"), _negated=True),
                    ("confirmed_at__isnull", False),
                    _connector="OR",
                ),
                name="ledger_tranche_paid_after_result",
            ),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(condition=models.Q(("state", "open")), fields=["due"], name="ledger_hold_due"),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="ledger_hold_amount"),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "posted", "voided", "expired"))), name="ledger_hold_state"
            ),
        ),
    ]
