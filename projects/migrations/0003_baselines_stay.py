"""Triggers that refuse to change or delete what a baseline promised."""

from django.db import migrations

TABLES = ("projects_baseline", "projects_baselinedate")
MESSAGE = "A baseline is never changed"


def statements(vendor):
    """Return (what creates the triggers, what drops them) for a database."""
    create, drop = [], []
    if vendor == "postgresql":
        create.append(
            "CREATE OR REPLACE FUNCTION projects_baseline_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
        for table in TABLES:
            create.append(
                f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION projects_baseline_refuse()"
            )
            drop.append(f"DROP TRIGGER IF EXISTS {table}_stays ON {table}")
    else:
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                name = f"{table}_no_{act.lower()}"
                create.append(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                )
                drop.append(f"DROP TRIGGER IF EXISTS {name}")
    return create, drop


def add_triggers(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor)[0]:
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor)[1]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_desk")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
