"""Give every step of a person that exists already its turn."""

from django.db import migrations

PATHS = (
    "process__deliverableprocess__deliverable__stage__project",
    "process__pilotmodelprocess__project",
    "process__stamporderprocess__order__enrolment__project",
)


def add_turns(apps, schema_editor):
    Task, Turn = apps.get_model("viewflow", "Task"), apps.get_model("workflows", "Turn")
    steps = Task.objects.filter(flow_task_type="HUMAN", turn=None).values_list("pk", *PATHS)
    Turn.objects.bulk_create(
        (Turn(task_id=pk, project_id=next(filter(None, projects))) for pk, *projects in steps.iterator() if any(projects)),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("workflows", "0003_turns")]

    operations = [migrations.RunPython(add_turns, migrations.RunPython.noop)]
