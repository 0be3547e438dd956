import django.db.models.deletion
from django.db import migrations, models

import qilian.core.values.text.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Clause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cid", models.CharField(max_length=40)),
                ("order", models.PositiveIntegerField()),
                ("tier", models.CharField(blank=True, max_length=40)),
                ("open_list", models.BooleanField(default=False)),
                ("sha256", models.CharField(max_length=64)),
                ("summary_zh", models.CharField(blank=True, max_length=400)),
                ("summary_en", models.CharField(blank=True, max_length=600)),
            ],
            options={
                "db_table": "spine_plan_clause",
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="ClauseDeadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                ("text", models.CharField(max_length=200)),
                ("date", models.DateField(blank=True, null=True)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deadlines", to="spine.clause"
                    ),
                ),
            ],
            options={
                "db_table": "spine_plan_deadline",
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="ClauseTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("indicator", models.CharField(blank=True, max_length=200)),
                ("op", models.CharField(max_length=10)),
                ("value", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ("value_to", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("base", models.CharField(blank=True, max_length=200)),
                ("deadline", models.CharField(blank=True, max_length=200)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="spine.clause"
                    ),
                ),
            ],
            options={
                "db_table": "spine_plan_target",
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("slug", models.SlugField(max_length=24, unique=True)),
                ("title_zh", models.CharField(max_length=200)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("issuer", models.CharField(blank=True, max_length=120)),
                ("document_no", models.CharField(blank=True, max_length=80)),
                ("based_on", models.CharField(blank=True, max_length=120)),
                ("region", models.CharField(blank=True, max_length=6)),
                ("issued_on", models.DateField(blank=True, null=True)),
                ("names_on", models.DateField()),
                ("main", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "spine_plan",
                "ordering": ["-main", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("main", True)), fields=("main",), name="spine_plan_one_main"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title_zh", ""), _negated=True), name="spine_plan_titled"
                    ),
                ],
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
                ("kind", models.CharField(max_length=8)),
                ("title", models.CharField(max_length=200)),
                ("document_no", models.CharField(blank=True, max_length=80)),
                ("decided_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=80)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="spine.plan"
                    ),
                ),
            ],
            options={
                "db_table": "spine_plan_decision",
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("source_sha256", models.CharField(max_length=64)),
                ("facts_sha256", models.CharField(max_length=64)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=80)),
                ("publisher", models.CharField(blank=True, max_length=80)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="spine.plan"
                    ),
                ),
            ],
            options={
                "db_table": "spine_plan_version",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=4)),
                ("language", models.CharField(max_length=2)),
                ("stamp", models.CharField(max_length=64, unique=True)),
                ("state", models.CharField(default="queued", max_length=8)),
                ("file", models.CharField(blank=True, max_length=64)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("requested_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.unit",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exports", to="spine.planversion"
                    ),
                ),
            ],
            options={
                "db_table": "spine_plan_export",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("state", models.CharField(default="reading", max_length=12)),
                ("file", models.CharField(blank=True, max_length=64)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                ("compiled", models.JSONField(default=dict)),
                ("failure", models.JSONField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=80)),
                ("creator", models.CharField(blank=True, max_length=80)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="spine.plan"
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="spine.planversion",
                    ),
                ),
            ],
            options={
                "db_table": "spine_plan_draft",
                "ordering": ["-number"],
            },
        ),
        migrations.AddField(
            model_name="clause",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="clauses", to="spine.planversion"
            ),
        ),
        migrations.CreateModel(
            name="ReviewItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("order", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=160)),
                ("span_start", models.PositiveIntegerField()),
                ("span_end", models.PositiveIntegerField()),
                ("message", models.CharField(max_length=400)),
                ("state", models.CharField(default="open", max_length=8)),
                ("verdict", models.CharField(blank=True, max_length=12)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("word", models.CharField(blank=True, max_length=16)),
                ("means", models.CharField(blank=True, max_length=12)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_by", models.CharField(blank=True, max_length=80)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="spine.draft"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.unit",
                    ),
                ),
            ],
            options={
                "db_table": "spine_plan_review_item",
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sid", models.CharField(max_length=40)),
                ("order", models.PositiveIntegerField()),
                ("title_zh", models.CharField(max_length=200)),
                ("title_en", models.CharField(blank=True, max_length=200)),
                ("aim_zh", models.CharField(blank=True, max_length=400)),
                ("aim_en", models.CharField(blank=True, max_length=600)),
                ("tier", models.CharField(blank=True, max_length=40)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sections", to="spine.planversion"
                    ),
                ),
            ],
            options={
                "db_table": "spine_plan_section",
                "ordering": ["order"],
            },
        ),
        migrations.AddField(
            model_name="clause",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="clauses", to="spine.section"
            ),
        ),
        migrations.CreateModel(
            name="SourceText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("loaded_at", models.DateTimeField()),
                ("loaded_by", models.CharField(max_length=80)),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="source_text", to="spine.planversion"
                    ),
                ),
            ],
            options={
                "db_table": "spine_plan_source_text",
            },
        ),
        migrations.CreateModel(
            name="ClauseWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("span_start", models.PositiveIntegerField()),
                ("span_end", models.PositiveIntegerField()),
                ("marks", models.JSONField(default=list)),
                (
                    "clause",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="words", to="spine.clause"
                    ),
                ),
            ],
            options={
                "db_table": "spine_plan_clause_words",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("span_start__lt", models.F("span_end"))), name="spine_plan_words_span"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=12)),
                ("order", models.PositiveIntegerField()),
                ("origin", models.CharField(max_length=12)),
                ("raw", models.CharField(max_length=160)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="spine.clause"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="spine.decision",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="core.unit"
                    ),
                ),
            ],
            options={
                "db_table": "spine_plan_duty",
                "ordering": ["order", "id"],
                "indexes": [models.Index(fields=["unit", "role"], name="spine_plan__unit_id_b9d59d_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("clause", "unit", "role"), name="spine_plan_duty_once"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ("lead", "support", "responsible"))),
                        name="spine_plan_duty_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin__in", ("explicit", "positional", "default", "inherited", "reviewed", "decision"))
                        ),
                        name="spine_plan_duty_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision__isnull", False), ("origin", "decision")),
                            models.Q(models.Q(("origin", "decision"), _negated=True), ("decision__isnull", True)),
                            _connector="OR",
                        ),
                        name="spine_plan_duty_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedSystem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("level", models.CharField(default="named", max_length=10)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="systems", to="spine.clause"
                    ),
                ),
            ],
            options={
                "db_table": "spine_plan_named_system",
                "ordering": ["order"],
                "constraints": [models.UniqueConstraint(fields=("clause", "name"), name="spine_plan_system_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("meeting", "leader"))), name="spine_plan_decision_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="spine_plan_decision_titled"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="spine_plan_version_numbered"),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("pdf", "xlsx"))), name="spine_plan_export_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ready"), models.Q(("file", ""), _negated=True)),
                    models.Q(("file", ""), ("state__in", ("queued", "running", "failed"))),
                    _connector="OR",
                ),
                name="spine_plan_export_ready_with_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="spine_plan_draft_numbered"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("reading", "reviewing", "unreadable"))),
                fields=("plan",),
                name="spine_plan_one_open_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("reading", "reviewing", "unreadable", "published", "discarded"))),
                name="spine_plan_draft_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("reviewing", "published")), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="spine_plan_draft_has_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), ("version__isnull", False)),
                    models.Q(models.Q(("state", "published"), _negated=True), ("version__isnull", True)),
                    _connector="OR",
                ),
                name="spine_plan_draft_published_as_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.UniqueConstraint(fields=("draft", "key"), name="spine_plan_item_once"),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("span_start__lte", models.F("span_end"))), name="spine_plan_item_span"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("state", "open"), ("verdict", "")),
                    models.Q(
                        ("settled_at__isnull", False),
                        ("state", "settled"),
                        ("verdict__in", ("unit", "word", "edited", "dismissed")),
                    ),
                    _connector="OR",
                ),
                name="spine_plan_item_settled_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "unit"), _negated=True), ("unit__isnull", False), _connector="OR"
                ),
                name="spine_plan_item_unit_chosen",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "word"), _negated=True),
                    models.Q(("word", ""), ("means", ""), _connector="OR", _negated=True),
                    _connector="OR",
                ),
                name="spine_plan_item_word_has_meaning",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "dismissed"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="spine_plan_item_dismissed_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(fields=("version", "sid"), name="spine_plan_section_once"),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.UniqueConstraint(fields=("version", "cid"), name="spine_plan_clause_once"),
        ),
    ]
