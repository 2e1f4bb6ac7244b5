"""Reports about stamps are cases of a province: their turns belong to no project."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("projects", "0006_stamp_quota"),
        ("stamps", "0008_public_answer"),
        ("viewflow", "0015_task_scheduled"),
        ("workflows", "0005_onboarding"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StampReportProcess",
            fields=[
                (
                    "process_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="viewflow.process",
                    ),
                ),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stamps.stampalert"
                    ),
                ),
            ],
            options={
                "verbose_name": "stamp report process",
                "ordering": ("-created",),
                "permissions": [("look_into_report", "Can look into a report about a stamp")],
                "default_permissions": ("view", "manage"),
            },
            bases=("viewflow.process",),
        ),
        migrations.AlterField(
            model_name="turn",
            name="project",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.pilotproject",
            ),
        ),
        migrations.AddField(
            model_name="turn",
            name="province",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.adminunit",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(("project__isnull", False), ("province", None))
                | models.Q(("project", None), ("province__isnull", False)),
                name="turn_in_a_project_or_a_province",
            ),
        ),
    ]
