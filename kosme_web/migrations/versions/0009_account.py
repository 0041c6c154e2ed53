"""confirmed e-mail addresses, and messages to people who are no members

Revision ID: 0009
Revises: 0007
Create Date: 2026-11-24 19:40:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "email_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("try_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_email_change_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_change")),
    )
    op.create_index("ix_email_change_user_id", "email_change", ["user_id"])
    # not as a batch: that would make the table anew, and dropping the old one takes along what hangs on it
    op.add_column("user", sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True))
    set_owner(is_optional=True)


def downgrade() -> None:
    """Messages to people who are no members have no place in the older table."""
    message = sa.table("outbox_message", sa.column("user_id"))
    op.execute(sa.delete(message).where(message.c.user_id.is_(None)))
    set_owner(is_optional=False)
    op.drop_column("user", "email_confirmed_at")
    op.drop_table("email_change")


def set_owner(*, is_optional: bool) -> None:
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.alter_column("user_id", existing_type=sa.Uuid(), nullable=is_optional)
