"""Triggers that refuse to change, delete or truncate what the audit log says."""

from django.db import migrations

TABLES = ("people_auditevent", "people_auditlink")
MESSAGE = "The audit log is append-only"


def statements(vendor):
    """Return (what creates the triggers, what drops them) for a database."""
    create, drop = [], []
    if vendor == "postgresql":
        create.append(
            "CREATE OR REPLACE FUNCTION people_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
        for table in TABLES:
            for acts, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
                name = f"{table}_no_{acts.split()[-1].lower()}"
                create.append(
                    f"CREATE TRIGGER {name} BEFORE {acts} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION people_audit_refuse()"
                )
                drop.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
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
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
