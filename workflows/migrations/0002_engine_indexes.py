"""Indexes that the inbox and the history need on the engine's own tables (no model state touched)."""

from django.db import migrations

INDEXES = {
    "txng_task_inbox": "viewflow_task (owner_id, created DESC) WHERE status = 'ASSIGNED'",
    "txng_task_queue": "viewflow_task (owner_permission, created DESC) WHERE status = 'NEW'",
    "txng_task_open_node": "viewflow_task (flow_task) WHERE finished IS NULL",
    "txng_process_flow": "viewflow_process (flow_class, status)",
}


class Migration(migrations.Migration):
    dependencies = [("workflows", "0001_initial"), ("viewflow", "0015_task_scheduled")]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {name} ON {definition}", f"DROP INDEX {name}")
        for name, definition in INDEXES.items()
    ]
