"""leaving: when a member is erased, what stays of it, and drafts whose end was told

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-29 20:00:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "departure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure")),
    )
    # not as a batch: that would make the tables anew, and what hangs on them would go with the old ones
    op.add_column("user", sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_user_leaves_at", "user", ["leaves_at"])
    op.add_column("draft", sa.Column("end_told_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("draft", "end_told_at")
    op.drop_index("ix_user_leaves_at", "user")
    op.drop_column("user", "leaves_at")
    op.drop_table("departure")
