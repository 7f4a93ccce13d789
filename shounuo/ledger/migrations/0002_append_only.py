from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from shounuo.ledger import triggers


def install(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """From here on facts are neither changed nor removed."""
    triggers.install(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_tables")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop, elidable=False)]
