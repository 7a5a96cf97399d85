"""The triggers that keep the log and the tree over it append-only, for whoever comes with an SQL prompt or a mistake.

They stand in the database itself, so that they hold for every program. Each is written here word for word as the
migrations make it and as the database tells it again; `verify` compares, and a test does for a fresh database.
"""

from __future__ import annotations

from typing import Final

NEVER_CHANGED: Final = ("agreement_text", "deal", "event", "leaf", "node", "checkpoint", "tree")

# INSERT OR REPLACE deletes the older row without asking a delete trigger, unless recursive_triggers
# is on in that connection; so the insert trigger itself refuses an entry that is not the next one
# of its deal.
SQLITE: Final = {
    "event_is_the_next": """
CREATE TRIGGER event_is_the_next BEFORE INSERT ON event
WHEN NEW.version IS NOT 1 + (SELECT coalesce(max(version), 0) FROM event WHERE deal = NEW.deal)
  OR NEW.prev_hash IS NOT coalesce(
    (SELECT hash FROM event WHERE deal = NEW.deal AND version = NEW.version - 1),
    printf('%064d', 0))
  OR EXISTS (SELECT 1 FROM event WHERE deal = NEW.deal AND actor = NEW.actor AND "key" = NEW."key")
BEGIN SELECT RAISE(ABORT, 'an entry must be the next one of its deal, under a new key'); END
""".strip(),
    **{
        f"{table}_is_never_{done}": (
            f"CREATE TRIGGER {table}_is_never_{done} BEFORE {verb} ON {table}\n"
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        for table in NEVER_CHANGED
        for verb, done in (("UPDATE", "changed"), ("DELETE", "deleted"))
    },
}
"""The triggers of SQLite by name."""

FUNCTIONS: Final = {
    "clausula_next_entry": """
DECLARE
  last record;
BEGIN
  SELECT version, hash INTO last FROM event WHERE deal = NEW.deal ORDER BY version DESC LIMIT 1;
  IF NEW.version <> coalesce(last.version, 0) + 1 OR NEW.prev_hash <> coalesce(last.hash, repeat('0', 64)) THEN
    RAISE EXCEPTION 'an entry must be the next one of its deal, under a new key'
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'event_is_the_next';
  END IF;
  RETURN NEW;
END
""",
    "clausula_append_only": """
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
""",
}
"""What the triggers of PostgreSQL do, by the names of the functions; these raise what a broken constraint raises."""

POSTGRESQL: Final = {
    "event_is_the_next": (
        "CREATE TRIGGER event_is_the_next BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION clausula_next_entry()"
    ),
    **{
        f"{table}_is_never_{done}": (
            f"CREATE TRIGGER {table}_is_never_{done} BEFORE {verb} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION clausula_append_only()"
        )
        for table in NEVER_CHANGED
        for verb, done, each in (
            ("UPDATE", "changed", "ROW"),
            ("DELETE", "deleted", "ROW"),
            ("TRUNCATE", "emptied", "STATEMENT"),
        )
    },
}
"""The triggers of PostgreSQL by name; each is enabled ALWAYS, so that a session cannot leave them out."""

WRITES: Final = ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
"""What nobody but the owner of a table that is never changed may be given the right to."""

LOCKED: Final = ("tree", "UPDATE")
"""The one such right that a service needs: to lock the row there while it seals. The trigger lets nobody change it."""


def table_of(guard: str) -> str:
    """The table that a trigger stands before."""
    return guard.partition("_is_")[0]


def put_back_in_a_file(guard: str) -> str:
    """The statements that put a trigger back."""
    return f"DROP TRIGGER IF EXISTS {guard};\n{SQLITE[guard]};"


def put_back_on_a_server(guard: str) -> str:
    """The statements that put a trigger, or a function of triggers, back."""
    if guard in FUNCTIONS:
        return f"CREATE OR REPLACE FUNCTION {guard}() RETURNS trigger LANGUAGE plpgsql AS $${FUNCTIONS[guard]}$$;"
    table = table_of(guard)
    return (
        f"DROP TRIGGER IF EXISTS {guard} ON {table};\n{POSTGRESQL[guard]};\n"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {guard};"
    )
