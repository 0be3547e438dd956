"""Phones are sealed: the plain column is moved into the sealed one and dropped, in one transaction."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import qilian.core.rights.privacy.fields


def seal(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Seal every phone that is there; its blind index follows."""
    for person in apps.get_model("core", "Person").objects.exclude(phone_plain="").iterator():
        person.phone = person.phone_plain
        person.save(update_fields=["phone", "phone_index"])


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RenameField("person", "phone", "phone_plain"),
        migrations.AddField(
            "person",
            "phone",
            qilian.core.rights.privacy.fields.SealedField(blank=True, kind="phone"),
            preserve_default=True,
        ),
        migrations.AddField("person", "phone_index", qilian.core.rights.privacy.fields.BlindIndexField(of="phone")),
        migrations.RunPython(seal),
        migrations.RemoveField("person", "phone_plain"),
    ]
