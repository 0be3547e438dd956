import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import qilian.core.values.text.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemVersion",
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
                ("offer", models.CharField(max_length=120)),
                ("clause", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("valid_from", models.DateField()),
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
                "db_table": "casework_item_version",
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("offer", models.CharField(max_length=120)),
                ("clause", models.CharField(max_length=40)),
                ("number", models.CharField(max_length=60, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("addressee", models.CharField(blank=True, max_length=120)),
                ("unit", models.CharField(max_length=40)),
                ("region", models.CharField(blank=True, max_length=6)),
                ("data", models.JSONField(default=dict)),
                ("state", models.CharField(default="open", max_length=12)),
                ("end", models.CharField(blank=True, max_length=120)),
                ("granted", models.BooleanField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("called_by", models.PositiveIntegerField(default=0)),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="called",
                        to="casework.case",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="registry.party",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="casework.itemversion"
                    ),
                ),
            ],
            options={
                "db_table": "casework_case",
            },
        ),
        migrations.CreateModel(
            name="CaseExtension",
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
                ("addressee", models.CharField(blank=True, max_length=120)),
                ("value", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=300)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="casework.case"
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
            ],
            options={
                "db_table": "casework_extension",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("proposed", "approved", "rejected", "withdrawn"))),
                        name="casework_extension_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="casework_extension_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "proposed")),
                            models.Q(
                                ("decided_at__isnull", False), ("decided_by__isnull", True), ("state", "withdrawn")
                            ),
                            models.Q(
                                ("state__in", ("approved", "rejected")),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="casework_extension_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer", ""), ("state", "rejected"), _negated=True),
                        name="casework_extension_rejected_why",
                    ),
                    models.CheckConstraint(condition=models.Q(("value__gte", 1)), name="casework_extension_value"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="casework_extension_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")), fields=("case",), name="casework_extension_one_open"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("addressee", models.CharField(blank=True, max_length=120)),
                ("number", models.PositiveIntegerField()),
                ("node", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=8)),
                ("parent", models.PositiveIntegerField(default=0)),
                ("source", models.PositiveIntegerField(default=0)),
                ("performer", models.CharField(blank=True, max_length=120)),
                ("state", models.CharField(max_length=10)),
                ("outcome", models.CharField(blank=True, max_length=60)),
                ("opinion", models.CharField(blank=True, max_length=1000)),
                ("weight", models.PositiveIntegerField(default=1)),
                ("place", models.PositiveIntegerField(default=0)),
                ("lender", models.CharField(blank=True, max_length=120)),
                ("holds", models.PositiveIntegerField(default=0)),
                ("follows", models.PositiveIntegerField(default=0)),
                ("straight", models.CharField(blank=True, max_length=60)),
                ("turn", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="casework.case"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "holder",
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
                "db_table": "casework_step",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["holder", "id"], name="casework_step_of_person"
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["performer", "id"], name="casework_step_of_pool"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="casework_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("open", "waiting", "done", "cancelled"))),
                        name="casework_step_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("task", "wait", "call", "fork", "sign"))),
                        name="casework_step_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("state__in", ("open", "waiting"))),
                            models.Q(("done_at__isnull", False), ("state__in", ("done", "cancelled"))),
                            _connector="OR",
                        ),
                        name="casework_step_done_has_moment",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="itemversion",
            constraint=models.UniqueConstraint(fields=("offer", "version"), name="casework_item_version_once"),
        ),
        migrations.AddConstraint(
            model_name="itemversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("proposed", "approved", "rejected", "withdrawn"))),
                name="casework_item_version_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="casework_item_version_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemversion",
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
                name="casework_item_version_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", ""), ("state", "rejected"), _negated=True),
                name="casework_item_version_rejected_why",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["offer", "state", "-id"], name="casework_case_list"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["party", "-id"], name="casework_case_of_party"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["unit", "state", "-id"], name="casework_case_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "suspended", "ended", "withdrawn", "terminated"))),
                name="casework_case_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("state__in", ("ended", "withdrawn", "terminated"))),
                    models.Q(
                        models.Q(("state__in", ("ended", "withdrawn", "terminated")), _negated=True),
                        ("closed_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="casework_case_closed_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ended"), _negated=True), models.Q(("end", ""), _negated=True), _connector="OR"
                ),
                name="casework_case_ended_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("open", "suspended", "ended")),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="casework_case_over_why",
            ),
        ),
    ]
