import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import qilian.core.rights.privacy.fields
import qilian.core.values.text.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("addressee", models.CharField(max_length=120)),
                ("role", models.CharField(blank=True, max_length=10)),
                ("until", models.DateField(blank=True, null=True)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("started_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=80)),
                ("decision", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "registry_claim",
            },
        ),
        migrations.CreateModel(
            name="GradeMethod",
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
                ("document", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("source", models.CharField(max_length=300)),
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
                "db_table": "registry_grade_method",
            },
        ),
        migrations.CreateModel(
            name="Grading",
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
                ("region", models.CharField(blank=True, max_length=6)),
                ("as_of", models.DateField()),
                ("figures", models.JSONField()),
                ("figures_digest", models.CharField(max_length=64)),
                ("result", models.JSONField()),
                ("result_digest", models.CharField(max_length=64)),
                ("score", models.DecimalField(decimal_places=6, max_digits=14)),
                ("grade", models.CharField(max_length=20)),
                ("evidence", models.CharField(max_length=300)),
                ("state", models.CharField(default="computed", max_length=10)),
                ("computed_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="registry.grading",
                    ),
                ),
                (
                    "method",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gradings", to="registry.grademethod"
                    ),
                ),
            ],
            options={
                "db_table": "registry_grading",
            },
        ),
        migrations.CreateModel(
            name="GradeAppeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("addressee", models.CharField(max_length=120)),
                ("indicator", models.CharField(blank=True, max_length=60)),
                ("words", models.CharField(max_length=1000)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("state", models.CharField(default="filed", max_length=10)),
                ("filed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=1000)),
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
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "grading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="registry.grading"
                    ),
                ),
            ],
            options={
                "db_table": "registry_grade_appeal",
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(default=qilian.core.values.text.codes.public_code, editable=False, max_length=26),
                ),
                ("kind", models.CharField(max_length=12)),
                ("uscc", models.CharField(blank=True, db_collation="C", max_length=18)),
                ("old_code", models.CharField(blank=True, db_collation="C", max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("name_since", models.DateField(blank=True, null=True)),
                ("short", models.CharField(blank=True, max_length=120)),
                ("name_key", models.CharField(db_collation="C", max_length=120)),
                ("names_key", models.TextField()),
                (
                    "grams",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), size=None),
                ),
                ("pinyin", models.CharField(blank=True, db_collation="C", max_length=240)),
                ("initials", models.CharField(blank=True, db_collation="C", max_length=120)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("address_key", models.CharField(blank=True, db_collation="C", max_length=200)),
                ("region", models.CharField(blank=True, db_collation="C", max_length=12)),
                ("industry", models.CharField(blank=True, max_length=4)),
                ("industry_edition", models.CharField(blank=True, max_length=4)),
                ("section", models.CharField(blank=True, max_length=1)),
                ("service", models.CharField(blank=True, max_length=12)),
                ("ownership", models.CharField(blank=True, max_length=10)),
                ("holding", models.CharField(blank=True, max_length=10)),
                (
                    "functions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                ("website", models.CharField(blank=True, max_length=200)),
                ("established", models.DateField(blank=True, null=True)),
                ("size", models.CharField(blank=True, max_length=6)),
                ("size_on", models.DateField(blank=True, null=True)),
                ("status", models.CharField(default="active", max_length=10)),
                ("status_on", models.DateField()),
                ("registered_at", models.DateTimeField()),
                ("origin", models.CharField(blank=True, max_length=160)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="registry.party",
                    ),
                ),
            ],
            options={
                "db_table": "registry_party",
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("role", models.CharField(max_length=10)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("revoked_on", models.DateField(blank=True, null=True)),
                ("revoked_by", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "claim",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandate",
                        to="registry.claim",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given",
                        to="registry.mandate",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mandates", to="registry.party"
                    ),
                ),
            ],
            options={
                "db_table": "registry_mandate",
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("login", models.CharField(max_length=64)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                ("note", models.CharField(blank=True, max_length=200)),
                ("state", models.CharField(default="open", max_length=10)),
                ("made_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="registry.mandate"
                    ),
                ),
                (
                    "mandate",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitation",
                        to="registry.mandate",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="registry.party"
                    ),
                ),
            ],
            options={
                "db_table": "registry_invitation",
            },
        ),
        migrations.AddField(
            model_name="grading",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="gradings", to="registry.party"
            ),
        ),
        migrations.CreateModel(
            name="Duplicate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("score", models.PositiveSmallIntegerField()),
                ("reasons", models.JSONField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("found_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=80)),
                ("decision", models.CharField(blank=True, max_length=300)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.party"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.party"
                    ),
                ),
            ],
            options={
                "db_table": "registry_duplicate",
            },
        ),
        migrations.CreateModel(
            name="DirectoryEntry",
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
                ("of_party", models.BooleanField()),
                ("name", models.CharField(max_length=200)),
                ("identifier", models.CharField(blank=True, max_length=120)),
                ("region", models.CharField(blank=True, max_length=6)),
                ("attributes", models.JSONField(default=dict)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("state", models.CharField(default="admitted", max_length=10)),
                ("grade", models.CharField(blank=True, max_length=20)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("published", models.BooleanField(default=False)),
                ("exit_kind", models.CharField(blank=True, max_length=10)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("admitted_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="directory_entries",
                        to="registry.party",
                    ),
                ),
            ],
            options={
                "db_table": "registry_directory_entry",
            },
        ),
        migrations.CreateModel(
            name="CreditRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("severity", models.CharField(max_length=8)),
                ("document", models.CharField(max_length=120)),
                ("authority", models.CharField(max_length=120)),
                ("conduct", models.CharField(max_length=300)),
                ("decided_on", models.DateField()),
                ("last_day", models.DateField()),
                ("needed", models.BooleanField(default=False)),
                ("repairable", models.BooleanField(default=True)),
                ("beyond", models.CharField(blank=True, max_length=200)),
                ("corrected_on", models.DateField(blank=True, null=True)),
                ("corrected_by", models.CharField(blank=True, max_length=300)),
                ("state", models.CharField(default="standing", max_length=8)),
                ("region", models.CharField(blank=True, max_length=6)),
                ("recorded_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="credit_records", to="registry.party"
                    ),
                ),
            ],
            options={
                "db_table": "registry_credit_record",
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("addressee", models.CharField(max_length=120)),
                ("role", models.CharField(max_length=10)),
                ("name", qilian.core.rights.privacy.fields.SealedField(kind="name")),
                ("identity", qilian.core.rights.privacy.fields.SealedField(blank=True, kind="id_number")),
                (
                    "identity_index",
                    qilian.core.rights.privacy.fields.BlindIndexField(
                        blank=True, db_index=True, default="", max_length=32, of="identity"
                    ),
                ),
                ("phone", qilian.core.rights.privacy.fields.SealedField(blank=True, kind="phone")),
                (
                    "phone_index",
                    qilian.core.rights.privacy.fields.BlindIndexField(
                        blank=True, db_index=True, default="", max_length=32, of="phone"
                    ),
                ),
                ("email", qilian.core.rights.privacy.fields.SealedField(blank=True, kind="email")),
                ("since", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="registry.party"
                    ),
                ),
            ],
            options={
                "db_table": "registry_contact",
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="registry.party"
            ),
        ),
        migrations.CreateModel(
            name="PartyFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("employees", models.PositiveIntegerField(blank=True, null=True)),
                ("revenue", models.BigIntegerField(blank=True, null=True)),
                ("assets", models.BigIntegerField(blank=True, null=True)),
                ("source", models.CharField(max_length=120)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="registry.party"
                    ),
                ),
            ],
            options={
                "db_table": "registry_party_figure",
            },
        ),
        migrations.CreateModel(
            name="PartyName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(default="former", max_length=8)),
                ("name", models.CharField(max_length=120)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="names", to="registry.party"
                    ),
                ),
            ],
            options={
                "db_table": "registry_party_name",
            },
        ),
        migrations.CreateModel(
            name="PartyRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("share", models.DecimalField(blank=True, decimal_places=8, max_digits=9, null=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("source", models.CharField(max_length=200)),
                (
                    "held",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holders", to="registry.party"
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="registry.party"
                    ),
                ),
            ],
            options={
                "db_table": "registry_party_relation",
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("category", models.CharField(max_length=40)),
                ("offer", models.CharField(blank=True, max_length=120)),
                ("clause", models.CharField(blank=True, max_length=40)),
                ("region", models.CharField(blank=True, max_length=6)),
                ("stars", models.PositiveSmallIntegerField()),
                ("words", models.CharField(blank=True, max_length=500)),
                ("given_at", models.DateTimeField()),
                ("state", models.CharField(default="standing", max_length=10)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "event",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.event"),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rated",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="registry.party"
                    ),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings_given", to="registry.party"
                    ),
                ),
            ],
            options={
                "db_table": "registry_rating",
            },
        ),
        migrations.CreateModel(
            name="RatingFlag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("figures", models.JSONField()),
                ("region", models.CharField(blank=True, max_length=6)),
                ("raised_at", models.DateTimeField()),
                ("renewed_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("finding", models.CharField(blank=True, max_length=300)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rating_flags", to="registry.party"
                    ),
                ),
                (
                    "settled_by",
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
                "db_table": "registry_rating_flag",
            },
        ),
        migrations.CreateModel(
            name="RatingTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category", models.CharField(max_length=40)),
                ("ones", models.PositiveIntegerField(default=0)),
                ("twos", models.PositiveIntegerField(default=0)),
                ("threes", models.PositiveIntegerField(default=0)),
                ("fours", models.PositiveIntegerField(default=0)),
                ("fives", models.PositiveIntegerField(default=0)),
                ("number", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tallies", to="registry.party"
                    ),
                ),
            ],
            options={
                "db_table": "registry_rating_tally",
            },
        ),
        migrations.CreateModel(
            name="Standard",
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
                ("number", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("title_en", models.CharField(blank=True, max_length=240)),
                ("issued", models.DateField(blank=True, null=True)),
                ("effective", models.DateField(blank=True, null=True)),
                ("ended", models.DateField(blank=True, null=True)),
                ("replaces", models.CharField(blank=True, max_length=200)),
                ("replaced_by", models.CharField(blank=True, max_length=200)),
                ("scope", models.CharField(blank=True, max_length=300)),
                ("link", models.CharField(blank=True, max_length=200)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("checked", models.BooleanField(default=False)),
                ("registered_at", models.DateTimeField()),
            ],
            options={
                "db_table": "registry_standard",
                "constraints": [
                    models.UniqueConstraint(fields=("offer", "number"), name="registry_standard_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True), models.Q(("title", ""), _negated=True)
                        ),
                        name="registry_standard_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended__isnull", True),
                            ("effective__isnull", True),
                            ("ended__gte", models.F("effective")),
                            _connector="OR",
                        ),
                        name="registry_standard_term",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("state", models.CharField(default="declared", max_length=10)),
                ("statement", models.CharField(max_length=300)),
                ("finding", models.CharField(blank=True, max_length=300)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("declared_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("declared_by", models.CharField(max_length=80)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adoptions", to="registry.party"
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adoptions", to="registry.standard"
                    ),
                ),
            ],
            options={
                "db_table": "registry_adoption",
            },
        ),
        migrations.CreateModel(
            name="CreditRepair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=qilian.core.values.text.codes.public_code, editable=False, max_length=26, unique=True
                    ),
                ),
                ("addressee", models.CharField(max_length=120)),
                ("pledge", models.CharField(max_length=1000)),
                ("evidence", models.CharField(max_length=300)),
                ("state", models.CharField(default="asked", max_length=8)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="repairs", to="registry.creditrecord"
                    ),
                ),
            ],
            options={
                "db_table": "registry_credit_repair",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("asked", "granted", "refused"))),
                        name="registry_credit_repair_state",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("record",),
                        name="registry_credit_repair_one_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="registry_credit_repair_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True),
                                ("decided_at__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="registry_credit_repair_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DirectoryTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("grade", models.CharField(blank=True, max_length=20)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("findings", models.JSONField(default=dict)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="registry.directoryentry"
                    ),
                ),
            ],
            options={
                "db_table": "registry_directory_term",
                "indexes": [models.Index(fields=["entry", "id"], name="registry_directory_term_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("admission", "listing", "re-evaluation"))),
                        name="registry_directory_term_kind",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="grademethod",
            constraint=models.UniqueConstraint(fields=("offer", "version"), name="registry_grade_method_version"),
        ),
        migrations.AddConstraint(
            model_name="grademethod",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("proposed", "approved", "rejected", "withdrawn"))),
                name="registry_grade_method_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="grademethod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="registry_grade_method_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="grademethod",
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
                name="registry_grade_method_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="grademethod",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", ""), ("state", "rejected"), _negated=True),
                name="registry_grade_method_rejected_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="grademethod",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="registry_grade_method_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="gradeappeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("filed", "upheld", "dismissed", "ended"))),
                name="registry_grade_appeal_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="gradeappeal",
            constraint=models.UniqueConstraint(fields=("grading",), name="registry_grade_appeal_once"),
        ),
        migrations.AddConstraint(
            model_name="gradeappeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("filed_by")), _negated=True),
                    _connector="OR",
                ),
                name="registry_grade_appeal_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="gradeappeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "filed")),
                    models.Q(
                        models.Q(("state", "filed"), _negated=True),
                        ("decided_at__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="registry_grade_appeal_answered",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=django.contrib.postgres.indexes.GinIndex(fields=["grams"], name="registry_party_by_grams"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["initials"], name="registry_party_by_initials"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["name_key"], name="registry_party_by_name"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["region"], name="registry_party_by_region"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["pinyin", "id"], name="registry_party_by_order"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("old_code", ""), _negated=True),
                fields=["old_code"],
                name="registry_party_by_old_code",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("address_key", ""), _negated=True),
                fields=["address_key"],
                name="registry_party_by_address",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="registry_party_absorbed",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(fields=("code",), name="registry_party_one_code"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                condition=models.Q(("uscc", ""), _negated=True), fields=("uscc",), name="registry_party_one_uscc"
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "enterprise",
                            "household",
                            "cooperative",
                            "collective",
                            "committee",
                            "organ",
                            "institution",
                            "association",
                            "practice",
                            "other",
                            "foreign",
                            "citizen",
                        ),
                    )
                ),
                name="registry_party_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ("active", "suspended", "closed", "merged"))),
                name="registry_party_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__in", ("", "large", "medium", "small", "micro"))), name="registry_party_size"
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("ownership__in", ("", "profit", "nonprofit"))), name="registry_party_ownership"
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("holding__in", ("", "state", "collective", "private", "hmt", "foreign", "other"))),
                name="registry_party_holding",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uscc", ""),
                    ("uscc__regex", "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"),
                    _connector="OR",
                ),
                name="registry_party_uscc",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("status", "merged")),
                    models.Q(models.Q(("status", "merged"), _negated=True), ("merged_into__isnull", True)),
                    _connector="OR",
                ),
                name="registry_party_merged_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                name="registry_party_not_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="registry_party_named"
            ),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(fields=["person", "valid_from"], name="registry_ma_person__858a69_idx"),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(fields=["party", "valid_from"], name="registry_ma_party_i_97bf56_idx"),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ("legal", "operator", "self"))), name="registry_mandate_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="registry_mandate_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_by", ""), ("revoked_on__isnull", True)),
                    models.Q(("revoked_on__isnull", False), models.Q(("revoked_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="registry_mandate_revoked_by",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(django.db.models.functions.text.Lower("login"), name="registry_invitation_login_low"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "accepted", "declined", "withdrawn"))),
                name="registry_invitation_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("login", ""), _negated=True), name="registry_invitation_login"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))), name="registry_invitation_term"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mandate__isnull", False), ("state", "accepted")),
                    models.Q(models.Q(("state", "accepted"), _negated=True), ("mandate__isnull", True)),
                    _connector="OR",
                ),
                name="registry_invitation_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="registry_invitation_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                models.F("party"),
                django.db.models.functions.text.Lower("login"),
                condition=models.Q(("state", "open")),
                name="registry_invitation_one_open",
            ),
        ),
        migrations.AddIndex(
            model_name="grading",
            index=models.Index(fields=["offer", "state", "-score"], name="registry_grading_list"),
        ),
        migrations.AddIndex(
            model_name="grading",
            index=models.Index(fields=["party", "state"], name="registry_grading_of_party"),
        ),
        migrations.AddIndex(
            model_name="grading",
            index=models.Index(
                condition=models.Q(("state", "published")), fields=["valid_to"], name="registry_grading_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="grading",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("computed", "published", "superseded", "expired", "withdrawn"))),
                name="registry_grading_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="grading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("computed", "superseded", "withdrawn")),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="registry_grading_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="grading",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence", ""), _negated=True), name="registry_grading_evidence"
            ),
        ),
        migrations.AddConstraint(
            model_name="grading",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published")),
                fields=("offer", "party"),
                name="registry_grading_one_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="grading",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "computed")),
                fields=("offer", "party"),
                name="registry_grading_one_computed",
            ),
        ),
        migrations.AddIndex(
            model_name="duplicate",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["-score", "id"], name="registry_duplicate_open"
            ),
        ),
        migrations.AddIndex(
            model_name="duplicate",
            index=models.Index(fields=["second"], name="registry_du_second__34714a_idx"),
        ),
        migrations.AddConstraint(
            model_name="duplicate",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="registry_duplicate_pair"),
        ),
        migrations.AddConstraint(
            model_name="duplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="registry_duplicate_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicate",
            constraint=models.CheckConstraint(condition=models.Q(("score__lte", 100)), name="registry_duplicate_score"),
        ),
        migrations.AddConstraint(
            model_name="duplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "open")),
                    models.Q(("decided_at__isnull", False), ("state__in", ("merged", "different"))),
                    _connector="OR",
                ),
                name="registry_duplicate_decided",
            ),
        ),
        migrations.AddIndex(
            model_name="directoryentry",
            index=models.Index(fields=["offer", "published", "number"], name="registry_directory_public"),
        ),
        migrations.AddIndex(
            model_name="directoryentry",
            index=models.Index(fields=["offer", "state", "id"], name="registry_directory_state"),
        ),
        migrations.AddIndex(
            model_name="directoryentry",
            index=models.Index(fields=["party"], name="registry_directory_party"),
        ),
        migrations.AddConstraint(
            model_name="directoryentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("admitted", "listed", "suspended", "exited"))),
                name="registry_directory_entry_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="directoryentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("exit_kind__in", ("expired", "request", "criteria", "conduct", "ended", "superseded")),
                        ("state", "exited"),
                    ),
                    models.Q(models.Q(("state", "exited"), _negated=True), ("exit_kind", "")),
                    _connector="OR",
                ),
                name="registry_directory_entry_exit",
            ),
        ),
        migrations.AddConstraint(
            model_name="directoryentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("admitted", "exited")),
                    models.Q(models.Q(("number", ""), _negated=True), ("valid_from__isnull", False)),
                    _connector="OR",
                ),
                name="registry_directory_entry_listed",
            ),
        ),
        migrations.AddConstraint(
            model_name="directoryentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="registry_directory_entry_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="directoryentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "admitted"), _negated=True), ("published", False), _connector="OR"
                ),
                name="registry_directory_entry_public",
            ),
        ),
        migrations.AddConstraint(
            model_name="directoryentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("offer", "number"),
                name="registry_directory_entry_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="directoryentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("of_party", True), ("party__isnull", False)),
                    models.Q(("of_party", False), models.Q(("identifier", ""), _negated=True)),
                    _connector="OR",
                ),
                name="registry_directory_entry_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="directoryentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("of_party", True), models.Q(("state", "exited"), _negated=True)),
                fields=("offer", "party"),
                name="registry_directory_entry_party_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="directoryentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("of_party", False), models.Q(("state", "exited"), _negated=True)),
                fields=("offer", "identifier"),
                name="registry_directory_entry_thing_once",
            ),
        ),
        migrations.AddIndex(
            model_name="creditrecord",
            index=models.Index(fields=["state", "last_day"], name="registry_credit_due"),
        ),
        migrations.AddIndex(
            model_name="creditrecord",
            index=models.Index(fields=["party", "state"], name="registry_credit_of_party"),
        ),
        migrations.AddConstraint(
            model_name="creditrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__in", ("minor", "ordinary", "serious"))),
                name="registry_credit_record_class",
            ),
        ),
        migrations.AddConstraint(
            model_name="creditrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("standing", "repaired", "lapsed", "annulled"))),
                name="registry_credit_record_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="creditrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gt", models.F("decided_on"))), name="registry_credit_record_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="creditrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("document", ""), _negated=True), name="registry_credit_record_document"
            ),
        ),
        migrations.AddConstraint(
            model_name="creditrecord",
            constraint=models.UniqueConstraint(fields=("party", "document"), name="registry_credit_record_once"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ("self", "legal", "contact"))), name="registry_contact_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "self")), fields=("party",), name="registry_contact_one_self"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("state", "submitted")), fields=["submitted_at"], name="registry_claim_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "submitted", "returned", "approved", "refused", "withdrawn"))
                ),
                name="registry_claim_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ("", "legal", "operator", "self"))), name="registry_claim_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "returned", "submitted"))),
                fields=("person", "party"),
                name="registry_claim_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "returned", "refused")), _negated=True),
                    ("decided_at__isnull", False),
                    _connector="OR",
                ),
                name="registry_claim_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="partyfigure",
            constraint=models.UniqueConstraint(fields=("party", "on"), name="registry_party_figure_of_day"),
        ),
        migrations.AddConstraint(
            model_name="partyfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("employees__isnull", False), ("revenue__isnull", False), ("assets__isnull", False), _connector="OR"
                ),
                name="registry_party_figure_says_something",
            ),
        ),
        migrations.AddIndex(
            model_name="partyname",
            index=models.Index(fields=["party", "id"], name="registry_party_name_of"),
        ),
        migrations.AddConstraint(
            model_name="partyname",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("former", "merged"))), name="registry_party_name_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="partyname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="registry_party_name_term",
            ),
        ),
        migrations.AddIndex(
            model_name="partyrelation",
            index=models.Index(fields=["held"], name="registry_pa_held_id_772e4b_idx"),
        ),
        migrations.AddIndex(
            model_name="partyrelation",
            index=models.Index(fields=["holder"], name="registry_pa_holder__df9fba_idx"),
        ),
        migrations.AddConstraint(
            model_name="partyrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("share", "control", "branch", "related"))),
                name="registry_relation_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="partyrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("holder", models.F("held")), _negated=True), name="registry_relation_not_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="partyrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "share"), ("share__gt", 0), ("share__lte", 1)),
                    models.Q(models.Q(("kind", "share"), _negated=True), ("share__isnull", True)),
                    _connector="OR",
                ),
                name="registry_relation_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="partyrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="registry_relation_term",
            ),
        ),
        migrations.AddIndex(
            model_name="rating",
            index=models.Index(fields=["rated", "-given_at"], name="registry_rating_of"),
        ),
        migrations.AddIndex(
            model_name="rating",
            index=models.Index(fields=["rater", "-given_at"], name="registry_rating_by"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("stars__gte", 1), ("stars__lte", 5)), name="registry_rating_stars"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("standing", "withdrawn", "aside"))), name="registry_rating_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("rated", models.F("rater")), _negated=True), name="registry_rating_two_parties"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("event", "rater"), name="registry_rating_once"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("event", "rated"), name="registry_rating_of_once"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "standing"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="registry_rating_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="registry_rating_answer",
            ),
        ),
        migrations.AddIndex(
            model_name="ratingflag",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)), fields=["raised_at"], name="registry_rating_flag_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingflag",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("burst", "dominant", "fresh"))), name="registry_rating_flag_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingflag",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at__isnull", True)),
                fields=("party", "kind"),
                name="registry_rating_flag_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingflag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finding", ""), ("settled_at__isnull", True)),
                    models.Q(("settled_at__isnull", False), models.Q(("finding", ""), _negated=True)),
                    _connector="OR",
                ),
                name="registry_rating_flag_settled",
            ),
        ),
        migrations.AddIndex(
            model_name="ratingtally",
            index=models.Index(fields=["category", "number"], name="registry_rating_tally_list"),
        ),
        migrations.AddConstraint(
            model_name="ratingtally",
            constraint=models.UniqueConstraint(fields=("party", "category"), name="registry_rating_tally_one"),
        ),
        migrations.AddConstraint(
            model_name="ratingtally",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "number",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("ones"), "+", models.F("twos")
                                    ),
                                    "+",
                                    models.F("threes"),
                                ),
                                "+",
                                models.F("fours"),
                            ),
                            "+",
                            models.F("fives"),
                        ),
                    )
                ),
                name="registry_rating_tally_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingtally",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("ones"),
                                        "+",
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(2), "*", models.F("twos")
                                        ),
                                    ),
                                    "+",
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(3), "*", models.F("threes")
                                    ),
                                ),
                                "+",
                                django.db.models.expressions.CombinedExpression(
                                    models.Value(4), "*", models.F("fours")
                                ),
                            ),
                            "+",
                            django.db.models.expressions.CombinedExpression(models.Value(5), "*", models.F("fives")),
                        ),
                    )
                ),
                name="registry_rating_tally_total",
            ),
        ),
        migrations.AddIndex(
            model_name="adoption",
            index=models.Index(fields=["party"], name="registry_adoption_party"),
        ),
        migrations.AddConstraint(
            model_name="adoption",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("declared", "conforming", "failing", "withdrawn"))),
                name="registry_adoption_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="adoption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("conforming", "failing")), _negated=True),
                    ("checked_at__isnull", False),
                    _connector="OR",
                ),
                name="registry_adoption_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="adoption",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("standard", "party"),
                name="registry_adoption_once",
            ),
        ),
    ]
