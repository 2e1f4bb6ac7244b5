"""The database itself refuses two batches, two activations or two rolls in force that hold the same stamp."""

from django.db import migrations

# table, condition under which a row counts
RANGES = (
    ("stamps_stampbatch", ""),
    ("stamps_activation", ""),
    ("stamps_roll", "cancelled_at IS NULL"),
)


def statements(vendor):
    """Return (what creates the refusal, what drops it) for a database."""
    create, drop = [], []
    for table, condition in RANGES:
        name = f"{table}_no_overlap"
        if vendor == "postgresql":
            # "start" and "end" are words of SQL.
            where = f" WHERE ({condition})" if condition else ""
            create.append(
                f'ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist (int8range("start", "end") WITH &&){where}'
            )
            drop.append(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
            continue
        other = f" AND other.{condition}" if condition else ""
        own = f"NEW.{condition} AND " if condition else ""
        # Ranges that do not overlap are ordered by their starts as by their ends, so one neighbour tells.
        neighbour = (
            f'SELECT other."end" FROM {table} other WHERE other."start" < NEW."end" AND other.id IS NOT NEW.id{other} '
            'ORDER BY other."start" DESC LIMIT 1'
        )
        for act in ("INSERT", "UPDATE"):
            create.append(
                f'CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {table} WHEN {own}({neighbour}) > NEW."start" '
                f"BEGIN SELECT RAISE(ABORT, 'ranges of {table} must not overlap'); END"
            )
            drop.append(f"DROP TRIGGER IF EXISTS {name}_{act.lower()}")
    return create, drop


def add_refusals(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor)[0]:
        schema_editor.execute(statement)


def drop_refusals(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor)[1]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("stamps", "0002_life_of_stamps")]

    operations = [migrations.RunPython(add_refusals, drop_refusals)]
