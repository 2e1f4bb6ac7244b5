"""The inbox stays cheap with many cases in the database."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from viewflow.workflow.models import Process, Task

from projects.models import Deliverable
from workflows.flows import DeliverableFlow
from workflows.models import DeliverableProcess, Turn

CASES = 10_000


def many_cases(deliverable: Deliverable, office) -> None:
    """Put 10,000 cases in the database, each at one step: a tenth the manager's, the rest free for the clerks."""
    start = timezone.now() - timedelta(days=400)
    processes = Process.objects.bulk_create(
        (Process(flow_class=DeliverableFlow, created=start) for _ in range(CASES)), batch_size=2000
    )
    table = connection.ops.quote_name(DeliverableProcess._meta.db_table)
    with connection.cursor() as cursor:  # bulk_create cannot make the rows of a child table
        cursor.executemany(
            f"INSERT INTO {table} (process_ptr_id, deliverable_id) VALUES (%s, %s)",  # noqa: S608  our own name
            [(process.pk, deliverable.pk) for process in processes],
        )
    project_type = ContentType.objects.get_for_model(deliverable.stage.project)
    tasks = Task.objects.bulk_create(
        (
            Task(
                process=process,
                flow_task=DeliverableFlow.instance.node("prepare" if number % 10 == 0 else "check_format"),
                flow_task_type="HUMAN",
                status="ASSIGNED" if number % 10 == 0 else "NEW",
                owner=office.manager if number % 10 == 0 else None,
                owner_permission="workflows.prepare_deliverable" if number % 10 == 0 else "workflows.check_format",
                owner_permission_content_type=project_type,
                owner_permission_obj_pk=str(deliverable.stage.project_id),
                created=start + timedelta(minutes=number),
            )
            for number, process in enumerate(processes)
        ),
        batch_size=1000,
    )
    project = deliverable.stage.project
    Turn.objects.bulk_create((Turn(task=task, project=project) for task in tasks), batch_size=1000)


def test_the_inbox_asks_at_most_eight_questions_of_ten_thousand_cases(
    as_user, gia_lai, deliverable, django_assert_max_num_queries
):
    many_cases(deliverable, gia_lai)
    clerk, manager = as_user(gia_lai.clerk), as_user(gia_lai.manager)

    with django_assert_max_num_queries(8):
        response = clerk.get("/inbox/")
    assert response.context["table"].paginator.count == 9_000
    with django_assert_max_num_queries(8):
        response = manager.get("/inbox/")
    assert response.context["table"].paginator.count == 1_001
    with django_assert_max_num_queries(8):
        response = manager.get("/inbox/", {"tab": "sent", "q": "khảo sát", "page": 7})
    assert len(response.context["table"].page.object_list) == 25


def test_a_step_asks_as_much_beside_ten_thousand_cases_as_beside_a_few(
    as_user, gia_lai, deliverable, django_assert_max_num_queries
):
    many_cases(deliverable, gia_lai)
    clerk = as_user(gia_lai.clerk)
    task = clerk.get("/inbox/?page=200").context["table"].page.object_list.data[0]

    with django_assert_max_num_queries(28):
        response = clerk.get(f"/tasks/{task.pk}/")

    pane = response.context["pane"]
    assert pane.place.total == 9_000
    assert pane.place.number > 4_000
    assert len(pane.steps) == 20
