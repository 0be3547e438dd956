# Appeals and repairs are addressed to their party, so that row-level security lets the party and officials read them.

from django.db import migrations, models

_FILL = """
UPDATE registry_grade_appeal AS appeal SET addressee = 'party:' || party.code
  FROM registry_grading AS grading JOIN registry_party AS party ON party.id = grading.party_id
 WHERE grading.id = appeal.grading_id;
UPDATE registry_credit_repair AS repair SET addressee = 'party:' || party.code
  FROM registry_credit_record AS record JOIN registry_party AS party ON party.id = record.party_id
 WHERE record.id = repair.record_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_ratings"),
    ]

    operations = [
        migrations.AddField("gradeappeal", "addressee", models.CharField(default="", max_length=120), False),
        migrations.AddField("creditrepair", "addressee", models.CharField(default="", max_length=120), False),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
