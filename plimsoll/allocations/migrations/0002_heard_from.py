"""From which proposal on the school hears: for cases begun before this was kept, from all."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def hear_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What a school could read until now, it can read from now on."""
    cycles = apps.get_model("allocations", "Cycle").objects.filter(pk=OuterRef("cycle"))
    heard = apps.get_model("allocations", "Allocation").objects.filter(heard_at__isnull=False)
    heard.update(heard_from=Subquery(cycles.values("opened_at")))


class Migration(migrations.Migration):
    dependencies = [("allocations", "0001_initial")]  # noqa: RUF012

    operations = [  # noqa: RUF012
        migrations.AddField(
            model_name="allocation",
            name="heard_from",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(hear_all, migrations.RunPython.noop),
    ]
