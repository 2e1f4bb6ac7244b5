"""What the database itself does for the documents room, beyond what models can say.

- It refuses to change or delete a version or a register entry: only a version's state moves on, from issued
  to superseded or revoked. A draft that nothing stands on may be deleted, its content may not be changed.
- It keeps the index of the full text: FTS5 on SQLite, GIN on PostgreSQL.

Both are made anew after every `migrate`, because SQLite drops the triggers of a table that a migration changes.
"""

from __future__ import annotations

from typing import Any

from django.db import connections, models

from documents.models import DocumentVersion, RegisterEntry

INDEX = "documents_words"
_TEXT = "documents_versiontext"
_ADD = "INSERT INTO documents_words(rowid, folded) VALUES (NEW.version_id, NEW.folded)"
_REMOVE = "INSERT INTO documents_words(documents_words, rowid, folded) VALUES ('delete', OLD.version_id, OLD.folded)"
_VERSION, _ENTRY = DocumentVersion._meta.db_table, RegisterEntry._meta.db_table
VERSION_STAYS = "A version of a document is never changed"
NUMBER_STAYS = "A number that was given out is never changed"


def prepare(*, using: str, **kwargs: Any) -> None:
    """Make the guards and the index of a database; called by Django after `migrate`, harmless to repeat."""
    connection = connections[using]
    create, drop = statements(connection.vendor)
    with connection.cursor() as cursor:
        if _TEXT not in connection.introspection.table_names(cursor):
            return  # a migration that goes back has just removed it
        for statement in (*drop, *create, *_index(connection.vendor)):
            cursor.execute(statement)


def statements(vendor: str) -> tuple[list[str], list[str]]:
    """Return (what creates the guards, what drops them) for a database."""
    return _postgresql() if vendor == "postgresql" else _sqlite()


def _postgresql() -> tuple[list[str], list[str]]:
    create = [
        "CREATE OR REPLACE FUNCTION documents_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN IF OLD.state = 'draft' THEN RETURN OLD; END IF; "
        "ELSIF (to_jsonb(NEW) - 'state') = (to_jsonb(OLD) - 'state') AND (NEW.state = OLD.state "
        "OR (OLD.state = 'issued' AND NEW.state IN ('superseded', 'revoked'))) THEN RETURN NEW; END IF; "
        f"RAISE EXCEPTION '{VERSION_STAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE OR REPLACE FUNCTION documents_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{NUMBER_STAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    ]
    drop = []
    for table, function in ((_VERSION, "documents_version_refuse"), (_ENTRY, "documents_entry_refuse")):
        create.append(
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
        drop.append(f"DROP TRIGGER IF EXISTS {table}_stays ON {table}")
    return create, drop


def _sqlite() -> tuple[list[str], list[str]]:
    others = [name for name in _columns(DocumentVersion) if name != "state"]
    same = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in others)
    moved = "(NEW.state = OLD.state OR (OLD.state = 'issued' AND NEW.state IN ('superseded', 'revoked')))"
    guards = {
        f"{_VERSION}_no_update": (f"UPDATE ON {_VERSION} WHEN NOT ({same} AND {moved})", VERSION_STAYS),
        f"{_VERSION}_no_delete": (f"DELETE ON {_VERSION} WHEN OLD.state <> 'draft'", VERSION_STAYS),
        f"{_ENTRY}_no_update": (f"UPDATE ON {_ENTRY}", NUMBER_STAYS),
        f"{_ENTRY}_no_delete": (f"DELETE ON {_ENTRY}", NUMBER_STAYS),
    }
    create = [
        f"CREATE TRIGGER {name} BEFORE {act} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for name, (act, message) in guards.items()
    ]
    return create, [f"DROP TRIGGER IF EXISTS {name}" for name in guards]


def _columns(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields]


def _index(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [f"CREATE INDEX IF NOT EXISTS {INDEX} ON {_TEXT} USING gin (to_tsvector('simple', folded))"]
    # The words only: the text stays in its own table, to whose rows the index points ("external content").
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5("
        f"folded, content='{_TEXT}', content_rowid='version_id', tokenize=\"unicode61 remove_diacritics 0\")",
        f"CREATE TRIGGER IF NOT EXISTS {INDEX}_added AFTER INSERT ON {_TEXT} BEGIN {_ADD}; END",
        f"CREATE TRIGGER IF NOT EXISTS {INDEX}_removed AFTER DELETE ON {_TEXT} BEGIN {_REMOVE}; END",
    ]
