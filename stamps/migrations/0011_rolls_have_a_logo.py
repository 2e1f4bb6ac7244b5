"""A logo on the labels of a roll, kept with it: the file can be made again as it was printed.

On SQLite a new column that is never null makes the table anew, without its triggers.
"""

from importlib import import_module

from django.db import migrations, models

_REFUSE_AGAIN = import_module("stamps.migrations.0010_sheet_columns_go").refuse_again


class Migration(migrations.Migration):
    dependencies = [("stamps", "0010_sheet_columns_go")]

    operations = [
        migrations.AddField(
            model_name="roll",
            name="logo",
            field=models.FileField(
                blank=True, editable=False, upload_to="stamp-logos/", verbose_name="logo on the labels"
            ),
        ),
        migrations.RunPython(_REFUSE_AGAIN, migrations.RunPython.noop),
    ]
