"""The tree over all entries with its signed checkpoints, the keys of persons, and what can be erased."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables of evidence, and their guards."""
    _tree()
    _keys_and_values()
    guards = SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARDS
    for guard in guards:
        op.execute(guard)


def _tree() -> None:
    op.create_table(
        "tree",
        sa.Column("id", WHOLE, nullable=False, autoincrement=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tree"),
        sa.CheckConstraint("id = 1", name=op.f("ck_tree_one")),
        sqlite_strict=True,
    )
    op.create_table(
        "leaf",
        sa.Column("number", WHOLE, nullable=False, autoincrement=False),
        sa.Column("deal", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_leaf"),
        sa.UniqueConstraint("deal", "version", name="uq_leaf_deal_version"),
        sa.CheckConstraint("number >= 0", name=op.f("ck_leaf_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "node",
        sa.Column("level", WHOLE, nullable=False, autoincrement=False),
        sa.Column("number", WHOLE, nullable=False, autoincrement=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name="pk_node"),
        sa.CheckConstraint("level > 0", name=op.f("ck_node_level")),
        sqlite_strict=True,
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", WHOLE, nullable=False, autoincrement=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("size", name="pk_checkpoint"),
        sqlite_strict=True,
    )


def _keys_and_values() -> None:
    op.create_table(
        "person_key",
        sa.Column("person", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("public_key", WORDS, nullable=False),
        sa.Column("registered_at_us", WHOLE, nullable=False),
        sa.Column("revoked_at_us", WHOLE),
        sa.PrimaryKeyConstraint("person", "id", name="pk_person_key"),
        sqlite_strict=True,
    )
    op.create_table(
        "personal",
        sa.Column("reference", WORDS, nullable=False),
        sa.Column("deal", WORDS, nullable=False),
        sa.Column("person", WORDS, nullable=False),
        sa.Column("kept_at_us", WHOLE, nullable=False),
        sa.Column("salt", WORDS),
        sa.Column("value", WORDS),
        sa.Column("erased_at_us", WHOLE),
        sa.PrimaryKeyConstraint("reference", name="pk_personal"),
        sa.CheckConstraint("(salt IS NULL) = (erased_at_us IS NOT NULL)", name=op.f("ck_personal_salt")),
        sa.CheckConstraint("(value IS NULL) = (erased_at_us IS NOT NULL)", name=op.f("ck_personal_value")),
        sqlite_strict=True,
    )
    op.create_index("ix_personal_person", "personal", ["person"])
    op.create_index("ix_personal_deal", "personal", ["deal"])


TABLES = ("leaf", "node", "checkpoint", "tree")

SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER {table}_is_never_{done} BEFORE {verb} ON {table}\n"
    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in TABLES
    for verb, done in (("UPDATE", "changed"), ("DELETE", "deleted"))
)

POSTGRESQL_GUARDS = tuple(
    statement
    for table in TABLES
    for name, when in (
        (f"{table}_is_never_changed", f"BEFORE UPDATE ON {table} FOR EACH ROW"),
        (f"{table}_is_never_deleted", f"BEFORE DELETE ON {table} FOR EACH ROW"),
        (f"{table}_is_never_emptied", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
    )
    for statement in (
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION clausula_append_only()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    )
)
