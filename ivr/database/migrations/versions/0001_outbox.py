"""The outbox, held numbers, refusals and quotas.

A table `texts` of before the first release is dropped: it told only which texts a call under way
had asked for.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_UNDER_WAY = sa.text("state IN ('sending', 'unknown')")


def upgrade() -> None:
    """Makes the tables."""
    if op.get_bind().dialect.has_table(op.get_bind(), "texts"):
        op.drop_table("texts")
    op.create_table(
        "texts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("call", sa.String(64), nullable=False),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("recipient_key", sa.String(64), nullable=False),
        sa.Column("recipient", sa.String(20)),
        sa.Column("body", sa.Text()),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("error_code", sa.Integer()),
        sa.Column("message_sid", sa.String(64), unique=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("expires", sa.DateTime(), nullable=False),
        sa.Column("asked", sa.DateTime()),
        sa.Column("due", sa.DateTime(), index=True),
        sa.UniqueConstraint("call", "agency", "recipient_key", name="one_text_per_call"),
    )
    op.create_index(
        "one_under_way",
        "texts",
        ["recipient_key"],
        unique=True,
        sqlite_where=_UNDER_WAY,
        postgresql_where=_UNDER_WAY,
    )
    op.create_table(
        "held_numbers",
        sa.Column("call", sa.String(64), primary_key=True),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "refusals",
        sa.Column("recipient_key", sa.String(64), primary_key=True),
        sa.Column("created", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "quotas",
        sa.Column("whose", sa.String(80), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("used", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Takes the tables away."""
    for table in ("quotas", "refusals", "held_numbers", "texts"):
        op.drop_table(table)
