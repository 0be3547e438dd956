import datetime

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import qilian.core.log.events.models
import qilian.core.rights.privacy.fields
import qilian.core.values.text.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("login", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("name_pinyin", models.CharField(blank=True, max_length=160)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", qilian.core.rights.privacy.fields.SealedField(blank=True, kind="phone")),
                (
                    "phone_index",
                    qilian.core.rights.privacy.fields.BlindIndexField(
                        blank=True, db_index=True, default="", max_length=32, of="phone"
                    ),
                ),
                ("language", models.CharField(default="zh", max_length=8)),
                ("is_active", models.BooleanField(default=True)),
                ("first_password_until", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "core_person",
                "ordering": ["name_pinyin", "id"],
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.BigIntegerField(unique=True)),
                ("root", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                ("algorithm", models.CharField(blank=True, max_length=8)),
                ("key", models.CharField(max_length=64)),
                ("signature", models.BinaryField(max_length=128)),
            ],
            options={
                "db_table": "core_checkpoint",
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region", models.CharField(blank=True, max_length=6)),
                ("day", models.DateField()),
                ("is_workday", models.BooleanField()),
                ("name", models.CharField(blank=True, max_length=60)),
                ("name_en", models.CharField(blank=True, max_length=80)),
                ("source", models.CharField(max_length=200)),
                ("provisional", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "core_calendar_day",
                "ordering": ["day"],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "day"), name="core_calendar_day_once"),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="core_calendar_day_has_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("mark", models.CharField(default=qilian.core.values.text.codes.public_code, max_length=26)),
            ],
            options={
                "db_table": "core_calendar_version",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="core_calendar_version_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region", models.CharField(blank=True, max_length=6)),
                ("year", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=200)),
                ("provisional", models.BooleanField()),
            ],
            options={
                "db_table": "core_calendar_year",
                "ordering": ["year"],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "year"), name="core_calendar_year_once"),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="core_calendar_year_has_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("agency", models.CharField(blank=True, max_length=20)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("serial", models.PositiveIntegerField(blank=True, null=True)),
                ("title", models.CharField(max_length=200)),
                ("subject", models.CharField(blank=True, max_length=160)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("data", models.JSONField()),
                ("public", models.BooleanField(default=True)),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.CharField(max_length=80)),
                ("file", models.CharField(blank=True, max_length=64)),
                ("signed_by", models.CharField(blank=True, max_length=200)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_why", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "db_table": "core_document",
                "indexes": [
                    models.Index(fields=["subject"], name="core_docume_subject_0a514f_idx"),
                    models.Index(fields=["unit", "-issued_at"], name="core_docume_unit_d93790_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "year", "serial"), name="core_document_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency", ""), ("serial__isnull", True), ("year__isnull", True)),
                            models.Q(
                                models.Q(("agency", ""), _negated=True), ("serial__gte", 1), ("year__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="core_document_number_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at__isnull", True), models.Q(("revoked_why", ""), _negated=True), _connector="OR"
                        ),
                        name="core_document_revoked_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("type", models.CharField(max_length=80)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("on_behalf", models.CharField(blank=True, max_length=80)),
                ("clause", models.CharField(blank=True, max_length=40)),
                ("offer", models.CharField(blank=True, max_length=120)),
                ("subject", models.CharField(max_length=160)),
                ("party", models.CharField(blank=True, max_length=80)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("region", models.CharField(blank=True, max_length=6)),
                ("quantity", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ("quantity_unit", models.CharField(blank=True, max_length=20)),
                ("money", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("data", models.JSONField(default=dict)),
                ("digest", models.BinaryField(max_length=32)),
                ("transaction", models.BigIntegerField(db_default=qilian.core.log.events.models.CurrentTransaction())),
            ],
            options={
                "db_table": "core_event",
                "indexes": [
                    models.Index(fields=["subject", "id"], name="core_event_subject_a144a8_idx"),
                    models.Index(fields=["type", "id"], name="core_event_type_fda98a_idx"),
                    models.Index(fields=["clause", "id"], name="core_event_clause_00725c_idx"),
                    models.Index(fields=["unit", "id"], name="core_event_unit_8027fe_idx"),
                    models.Index(
                        condition=models.Q(("party", ""), _negated=True),
                        fields=["party", "id"],
                        name="core_event_party",
                    ),
                    models.Index(fields=["transaction", "id"], name="core_event_sealing"),
                ],
            },
        ),
        migrations.CreateModel(
            name="InboxItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("subject", models.CharField(max_length=160)),
                ("kind", models.CharField(max_length=80)),
                ("title_zh", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=300)),
                ("url", models.CharField(max_length=300)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("region", models.CharField(blank=True, max_length=6)),
                ("offer", models.CharField(blank=True, max_length=120)),
                ("clause", models.CharField(blank=True, max_length=40)),
                ("addressee", models.CharField(max_length=120)),
                ("rights", models.JSONField(default=list)),
                ("barred", models.BigIntegerField(blank=True, null=True)),
                ("pool", models.CharField(blank=True, max_length=120)),
                ("due", models.DateTimeField(blank=True, null=True)),
                ("light", models.CharField(blank=True, max_length=8)),
                ("source", models.BigIntegerField(blank=True, null=True)),
                ("opened_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_by", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "db_table": "core_inbox_item",
                "indexes": [
                    models.Index(
                        models.F("addressee"),
                        models.OrderBy(models.F("due"), nulls_last=True),
                        condition=models.Q(("done_at", None)),
                        name="core_inbox_waiting",
                    ),
                    models.Index(fields=["subject"], name="core_inbox_subject"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("done_at", None)), fields=["rights"], name="core_inbox_rights"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JobFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job", models.BigIntegerField()),
                ("name", models.CharField(max_length=128)),
                ("attempt", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("error", models.CharField(max_length=600)),
            ],
            options={
                "db_table": "core_job_failure",
                "indexes": [models.Index(fields=["job", "id"], name="core_job_fa_job_1a51d5_idx")],
            },
        ),
        migrations.CreateModel(
            name="LegalClock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("subject", models.CharField(max_length=160)),
                ("rule", models.CharField(max_length=40)),
                ("title_zh", models.CharField(max_length=120)),
                ("title_en", models.CharField(blank=True, max_length=200)),
                ("basis", models.CharField(blank=True, max_length=200)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("region", models.CharField(blank=True, max_length=6)),
                ("offer", models.CharField(blank=True, max_length=120)),
                ("clause", models.CharField(blank=True, max_length=40)),
                ("value", models.PositiveIntegerField()),
                ("measure", models.CharField(max_length=12)),
                ("longest_extension", models.PositiveIntegerField(blank=True, null=True)),
                ("amber_at", models.PositiveIntegerField(blank=True, null=True)),
                ("started_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("state", models.CharField(default="running", max_length=8)),
                ("due_day", models.DateField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("provisional", models.BooleanField(default=False)),
                ("calendar_version", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "core_clock",
                "ordering": ["due_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "running")), fields=["unit", "due_at"], name="core_clock_unit_due"
                    ),
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["region", "due_at"],
                        name="core_clock_region_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["offer", "due_at"],
                        name="core_clock_offer_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["clause", "due_at"],
                        name="core_clock_clause_due",
                    ),
                    models.Index(condition=models.Q(("state", "running")), fields=["due_at"], name="core_clock_due"),
                    models.Index(
                        condition=models.Q(("state", "stopped"), _negated=True),
                        fields=["calendar_version"],
                        name="core_clock_version",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("value__gte", 1)), name="core_clock_value_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("measure__in", ("workday", "natural_day", "month", "hour", "minute"))),
                        name="core_clock_measure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("running", "paused")), ("stopped_at__isnull", True)),
                            models.Q(
                                ("state", "stopped"),
                                ("stopped_at__gte", models.F("started_at")),
                                ("stopped_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="core_clock_stopped_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at__isnull", True), ("due_day__isnull", True), ("state", "paused")),
                            models.Q(
                                models.Q(("state", "paused"), _negated=True),
                                ("due_at__isnull", False),
                                ("due_day__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="core_clock_due_unless_paused",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "stopped"), _negated=True),
                        fields=("subject", "rule"),
                        name="core_clock_one_open_by_rule",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("title_zh", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=300)),
                ("body_zh", models.TextField(blank=True)),
                ("body_en", models.TextField(blank=True)),
                ("url", models.CharField(blank=True, max_length=300)),
                ("urgency", models.CharField(default="normal", max_length=8)),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "core_notice",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=8)),
                ("state", models.CharField(default="waiting", max_length=8)),
                ("bundled", models.BooleanField(default=False)),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="core.notice"
                    ),
                ),
            ],
            options={
                "db_table": "core_delivery",
            },
        ),
        migrations.CreateModel(
            name="OpenOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=120, unique=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "db_table": "core_offer",
                "ordering": ["path"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                        ),
                        name="core_offer_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("reason", "")),
                            models.Q(("closed_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="core_offer_closed_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Parameter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True)),
                ("title_zh", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=8)),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("clause", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "db_table": "core_parameter",
                "ordering": ["key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("integer", "decimal", "money", "text", "date", "table", "decision"))
                        ),
                        name="core_parameter_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[a-z0-9_]+([.-][a-z0-9_]+)*$")), name="core_parameter_key"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("inputs", models.JSONField(default=dict)),
                ("expected", models.CharField(blank=True, max_length=300)),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="core.parameter"
                    ),
                ),
            ],
            options={
                "db_table": "core_decision_case",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ParameterValue",
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
                ("valid_from", models.DateField()),
                ("value", models.JSONField()),
                ("source", models.CharField(max_length=300)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
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
                    "parameter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="values", to="core.parameter"
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
                "db_table": "core_parameter_value",
                "ordering": ["-valid_from", "-id"],
            },
        ),
        migrations.CreateModel(
            name="PastPassword",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "core_past_password",
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=80)),
                ("role", models.CharField(max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "succeeded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="core.post",
                    ),
                ),
            ],
            options={
                "db_table": "core_post",
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("actions", models.JSONField()),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("region", models.CharField(blank=True, max_length=6)),
                ("offer", models.CharField(blank=True, max_length=120)),
                ("clause", models.CharField(blank=True, max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="granted",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="core.post",
                    ),
                ),
            ],
            options={
                "db_table": "core_grant",
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputising",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deputies", to="core.post"
                    ),
                ),
            ],
            options={
                "db_table": "core_deputy",
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mail", models.CharField(default="each", max_length=8)),
                ("quiet_from", models.TimeField(default=datetime.time(21, 0))),
                ("quiet_to", models.TimeField(default=datetime.time(8, 0))),
                ("digest_at", models.TimeField(default=datetime.time(8, 30))),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_preference",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "core_notice_preference",
            },
        ),
        migrations.CreateModel(
            name="Recovery",
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
                ("subject", models.CharField(blank=True, max_length=255)),
                ("reason", models.CharField(max_length=200)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
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
                "db_table": "core_recovery",
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "core_recovery_code",
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12, unique=True)),
                ("level", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=60)),
                ("short", models.CharField(max_length=30)),
                ("en", models.CharField(blank=True, max_length=120)),
                ("pinyin", models.CharField(blank=True, max_length=120)),
                ("order", models.PositiveIntegerField(default=0)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("tile", models.CharField(blank=True, max_length=5)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="core.region",
                    ),
                ),
            ],
            options={
                "db_table": "core_region",
                "ordering": ["order", "code"],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("leaf", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField()),
                (
                    "event",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal",
                        to="core.event",
                    ),
                ),
            ],
            options={
                "db_table": "core_seal",
            },
        ),
        migrations.CreateModel(
            name="SealBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.BigIntegerField()),
                ("frontier", models.BinaryField()),
                ("root", models.BinaryField(max_length=32)),
                ("transaction", models.BigIntegerField()),
                ("event", models.BigIntegerField()),
                ("algorithm", models.CharField(default="sha256", max_length=8)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "core_seal_batch",
                "indexes": [models.Index(fields=["size"], name="core_seal_b_size_7005e1_idx")],
            },
        ),
        migrations.CreateModel(
            name="SealNode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("place", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "core_seal_node",
                "constraints": [models.UniqueConstraint(fields=("level", "place"), name="core_seal_node_once")],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=140)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "core_series",
                "constraints": [models.UniqueConstraint(fields=("name", "year"), name="core_series_once")],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("method", models.CharField(max_length=16)),
                ("device", models.CharField(max_length=60)),
                ("network", models.CharField(max_length=50)),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_why", models.CharField(blank=True, max_length=16)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "core_session",
            },
        ),
        migrations.CreateModel(
            name="SignInTries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("key", models.CharField(max_length=80, unique=True)),
                ("door", models.CharField(max_length=10)),
                ("network", models.CharField(blank=True, max_length=45)),
                ("count", models.PositiveIntegerField(default=0)),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("locks", models.PositiveIntegerField(default=0)),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "core_sign_in_tries",
            },
        ),
        migrations.CreateModel(
            name="Stored",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.BigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                ("stored_at", models.DateTimeField()),
                ("quarantined_at", models.DateTimeField(blank=True, null=True)),
                ("quarantine_reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "db_table": "core_stored_file",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="core_stored_file_not_empty")
                ],
            },
        ),
        migrations.CreateModel(
            name="FileUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("subject", models.CharField(max_length=160)),
                ("name", models.CharField(max_length=120)),
                ("declared", models.CharField(blank=True, max_length=100)),
                ("public", models.BooleanField(default=False)),
                ("action", models.CharField(max_length=80)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("region", models.CharField(blank=True, max_length=6)),
                ("offer", models.CharField(blank=True, max_length=120)),
                ("clause", models.CharField(blank=True, max_length=40)),
                ("attached_by", models.CharField(max_length=80)),
                ("attached_at", models.DateTimeField()),
                ("detached_at", models.DateTimeField(blank=True, null=True)),
                (
                    "stored",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="core.stored"
                    ),
                ),
            ],
            options={
                "db_table": "core_file_use",
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("region", models.CharField(blank=True, max_length=6)),
                ("order", models.PositiveIntegerField(default=0)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("members_known", models.BooleanField(default=True)),
                ("resolver", models.CharField(blank=True, max_length=10)),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collectives",
                        to="core.unit",
                    ),
                ),
            ],
            options={
                "db_table": "core_unit",
                "ordering": ["order", "id"],
            },
        ),
        migrations.AddField(
            model_name="post",
            name="unit",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="core.unit"),
        ),
        migrations.CreateModel(
            name="UnitMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                (
                    "collective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="core.unit"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="core.unit"
                    ),
                ),
            ],
            options={
                "db_table": "core_unit_member",
            },
        ),
        migrations.CreateModel(
            name="UnitName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("zh", models.CharField(max_length=120)),
                ("en", models.CharField(blank=True, max_length=200)),
                ("pinyin", models.CharField(blank=True, max_length=300)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("verified", models.BooleanField(default=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="core.unit"
                    ),
                ),
            ],
            options={
                "db_table": "core_unit_name",
            },
        ),
        migrations.CreateModel(
            name="UnitSuccession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("precision", models.CharField(default="day", max_length=5)),
                ("scope", models.CharField(blank=True, max_length=200)),
                ("source", models.CharField(max_length=300)),
                ("verified", models.BooleanField(default=False)),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="successions", to="core.unit"
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="origins", to="core.unit"
                    ),
                ),
            ],
            options={
                "db_table": "core_unit_succession",
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=160)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="watches", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "core_watch",
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("url", models.CharField(max_length=300)),
                ("secret", models.CharField(max_length=64)),
                ("active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="webhook", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "core_webhook",
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("prefix", models.CharField(max_length=10, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("actions", models.JSONField()),
                ("writes", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "core_api_token",
                "indexes": [models.Index(fields=["person", "-made_at"], name="core_api_token_of")],
            },
        ),
        migrations.CreateModel(
            name="Factor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=60)),
                ("secret", qilian.core.rights.privacy.fields.SealedField(kind="text")),
                ("credential", models.CharField(blank=True, max_length=1400)),
                ("counter", models.BigIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "core_factor",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("credential", ""), _negated=True),
                        fields=("credential",),
                        name="core_factor_credential",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "totp")), fields=("person",), name="core_factor_one_app"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Emergency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("finding", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "grant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.grant"
                    ),
                ),
            ],
            options={
                "db_table": "core_emergency",
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["person", "-at"], name="core_emergency_of")],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("sheet", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("file", models.CharField(max_length=64)),
                ("state", models.CharField(default="queued", max_length=10)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("problems", models.JSONField(default=list)),
                ("problem_count", models.PositiveIntegerField(default=0)),
                ("values", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "core_import_run",
                "indexes": [models.Index(fields=["sheet", "-at"], name="core_import_sheet_25e473_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("queued", "checked", "refused", "applying", "applied"))),
                        name="core_import_run_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applied_at__isnull", False), ("state", "applied")),
                            models.Q(models.Q(("state", "applied"), _negated=True), ("applied_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="core_import_run_applied_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("checked", "applying", "applied")), _negated=True),
                            ("problem_count", 0),
                            _connector="OR",
                        ),
                        name="core_import_run_clean",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockPause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("reason_zh", models.CharField(max_length=120)),
                ("reason_en", models.CharField(blank=True, max_length=200)),
                ("document", models.CharField(blank=True, max_length=160)),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="core.legalclock"
                    ),
                ),
            ],
            options={
                "db_table": "core_clock_pause",
                "ordering": ["started_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="core_clock_pause_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason_zh", ""), _negated=True), name="core_clock_pause_has_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("clock",),
                        name="core_clock_pause_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.PositiveIntegerField()),
                ("requester", models.CharField(max_length=80)),
                ("approver", models.CharField(max_length=80)),
                ("reason", models.CharField(max_length=300)),
                ("document", models.CharField(blank=True, max_length=160)),
                ("at", models.DateTimeField()),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="extensions", to="core.legalclock"
                    ),
                ),
            ],
            options={
                "db_table": "core_clock_extension",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("value__gte", 1)), name="core_clock_extension_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="core_clock_extension_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("requester", models.F("approver")), _negated=True),
                        name="core_clock_extension_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkedIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("issuer", models.CharField(max_length=255)),
                ("subject", models.CharField(max_length=255)),
                ("linked_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "core_linked_identity",
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "subject"), name="core_linked_identity_once"),
                    models.UniqueConstraint(fields=("issuer", "person"), name="core_linked_identity_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailedLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=8)),
                ("email", models.CharField(max_length=254)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("password", models.CharField(blank=True, max_length=128)),
                ("language", models.CharField(default="zh", max_length=8)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "core_mailed_link",
                "indexes": [
                    models.Index(fields=["email", "purpose"], name="core_mailed_link_to"),
                    models.Index(fields=["expires_at"], name="core_mailed_link_until"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("digest", ""), _negated=True),
                        fields=("digest",),
                        name="core_mailed_link_digest",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["person", "-id"], name="core_notice_person__24c333_idx"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("read_at", None)), fields=["person"], name="core_notice_unread"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "sent"), _negated=True), fields=["state", "-id"], name="core_delivery_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("notice", "channel"), name="core_delivery_once"),
        ),
        migrations.AddConstraint(
            model_name="decisioncase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at__isnull", True)),
                fields=("decision", "title"),
                name="core_decision_case_title",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisioncase",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="core_decision_case_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="parametervalue",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("proposed", "approved", "rejected", "withdrawn"))),
                name="core_parameter_value_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="parametervalue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="core_parameter_value_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="parametervalue",
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
                name="core_parameter_value_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="parametervalue",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", ""), ("state", "rejected"), _negated=True),
                name="core_parameter_value_rejected_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="parametervalue",
            constraint=models.CheckConstraint(
                condition=models.Q(("superseded_at__isnull", True), ("state", "approved"), _connector="OR"),
                name="core_parameter_value_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="parametervalue",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="core_parameter_value_has_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="parametervalue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "approved"), ("superseded_at__isnull", True)),
                fields=("parameter", "valid_from"),
                name="core_parameter_value_one_published",
            ),
        ),
        migrations.AddIndex(
            model_name="pastpassword",
            index=models.Index(fields=["person", "-at"], name="core_past_password_of"),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["person"], name="core_grant_person__f73f12_idx"),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["post"], name="core_grant_post_id_bf7f72_idx"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("post__isnull", True)),
                    models.Q(("person__isnull", True), ("post__isnull", False)),
                    _connector="OR",
                ),
                name="core_grant_one_principal",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="core_grant_term_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))), name="core_deputy_term_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("proposed", "approved", "rejected", "withdrawn"))),
                name="core_recovery_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="core_recovery_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
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
                name="core_recovery_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", ""), ("state", "rejected"), _negated=True),
                name="core_recovery_rejected_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person", models.F("proposed_by")), _negated=True),
                    models.Q(
                        ("decided_by", None),
                        models.Q(("person", models.F("decided_by")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="core_recovery_not_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("password", "factors")), ("subject", "")),
                    models.Q(("kind", "identity"), models.Q(("subject", ""), _negated=True)),
                    _connector="OR",
                ),
                name="core_recovery_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("issued_at", None), models.Q(("kind", "password"), ("state", "approved")), _connector="OR"
                ),
                name="core_recovery_issued",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")), fields=("person", "kind"), name="core_recovery_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverycode",
            constraint=models.UniqueConstraint(fields=("person", "digest"), name="core_recovery_code_once"),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ("province", "prefecture", "county", "township", "village"))),
                name="core_region_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[1-9][0-9]{5}([0-9]{3}([0-9]{3})?)?$")), name="core_region_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="core_region_term_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["person", "-seen_at"], name="core_session_of"),
        ),
        migrations.AddIndex(
            model_name="signintries",
            index=models.Index(fields=["until"], name="core_sign_in_until"),
        ),
        migrations.AddIndex(
            model_name="fileuse",
            index=models.Index(fields=["subject", "id"], name="core_file_u_subject_873911_idx"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="core_unit_term_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["person", "valid_from"], name="core_post_person__2ec4fd_idx"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["unit", "role"], name="core_post_unit_id_62f802_idx"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="core_post_term_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitmember",
            constraint=models.UniqueConstraint(
                fields=("collective", "unit", "valid_from"), name="core_unit_member_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="unitmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="core_unit_member_term_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="unitname",
            index=models.Index(fields=["zh"], name="core_unit_n_zh_8b078f_idx"),
        ),
        migrations.AddConstraint(
            model_name="unitname",
            constraint=models.UniqueConstraint(
                fields=("unit", "kind", "zh", "valid_from"), name="core_unit_name_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="unitname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="core_unit_name_term_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitsuccession",
            constraint=models.UniqueConstraint(
                fields=("predecessor", "successor", "on"), name="core_unit_succession_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitsuccession",
            constraint=models.CheckConstraint(
                condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                name="core_unit_succession_not_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.UniqueConstraint(fields=("person", "subject"), name="core_watch_once"),
        ),
    ]
