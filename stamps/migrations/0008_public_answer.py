"""What whoever reported a stamp is told under the reference number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stamps", "0004_books_of_old_stamps")]

    operations = [
        migrations.AddField(
            model_name="stampalert",
            name="answer",
            field=models.TextField(
                blank=True, default="", editable=False, max_length=1000, verbose_name="public answer"
            ),
            preserve_default=False,
        ),
    ]
