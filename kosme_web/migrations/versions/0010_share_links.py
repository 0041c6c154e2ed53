"""links to a published résumé; the reason of a visa that is over, what a gap was for, texts in two languages

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-24 19:48:12.204518

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("resume", "education_entry", "work_entry")


def upgrade() -> None:
    op.create_table(
        "share_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("shows_contact", sa.Boolean(), nullable=False),
        sa.Column("shows_street", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_share_link_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name=op.f("fk_share_link_owner_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_share_link_token_hash")),
    )
    op.create_index("ix_share_link_draft_id", "share_link", ["draft_id"])
    op.create_index("ix_share_link_owner_id", "share_link", ["owner_id"])
    # not as a batch: that would make the table anew, and dropping the old one takes its entries along
    op.add_column("resume", sa.Column("visa_past_reason", sa.String(length=20), nullable=True))
    op.add_column("resume", sa.Column("gap_reason", sa.String(length=300), nullable=True))
    for table in TABLES:
        op.add_column(table, sa.Column("second_texts", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "second_texts")
    op.drop_column("resume", "gap_reason")
    op.drop_column("resume", "visa_past_reason")
    op.drop_table("share_link")
