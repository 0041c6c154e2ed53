"""the log of accesses to registration numbers; a mask beside each number; a key for each member's part of a backup

Revision ID: 0013
Revises: 0011
Create Date: 2026-11-29 19:58:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

START = "0" * 64


def upgrade() -> None:
    op.create_table(
        "identifier_access",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_identifier_access")),
    )
    op.create_index("ix_identifier_access_at", "identifier_access", ["at"])
    ends = op.create_table(
        "identifier_access_ends",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_sequence", sa.BigInteger(), nullable=False),
        sa.Column("first_previous", sa.String(length=64), nullable=False),
        sa.Column("last_sequence", sa.BigInteger(), nullable=False),
        sa.Column("last_digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identifier_access_ends")),
    )
    empty = {"id": 1, "first_sequence": 1, "first_previous": START, "last_sequence": 0, "last_digest": START}
    op.bulk_insert(ends, [empty])
    op.create_table(
        "member_key",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_member_key_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_member_key")),
    )
    op.add_column("draft_number", sa.Column("sealed_mask", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("draft_number", "sealed_mask")
    op.drop_table("member_key")
    op.drop_table("identifier_access_ends")
    op.drop_table("identifier_access")
