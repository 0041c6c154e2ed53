"""the past of a draft

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-24 16:30:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_past",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_past_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_past")),
    )
    with op.batch_alter_table("draft_past", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_past_draft_id"), ["draft_id"], unique=False)

    op.create_table(
        "draft_save",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_save_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", "key", name=op.f("pk_draft_save")),
    )


def downgrade() -> None:
    op.drop_table("draft_save")
    with op.batch_alter_table("draft_past", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_past_draft_id"))

    op.drop_table("draft_past")
