"""social accounts; an ID and a password are no longer needed by those who have one

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-24 13:20:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CREDENTIALS = {"login_id": 20, "login_id_key": 40, "password_hash": 200}


def upgrade() -> None:
    op.create_table(
        "social_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_social_account_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_account")),
        sa.UniqueConstraint("provider", "issuer", "subject", name=op.f("uq_social_account_provider")),
    )
    with op.batch_alter_table("social_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_social_account_user_id"), ["user_id"], unique=False)
    set_credentials(are_optional=True)


def downgrade() -> None:
    """Members without an ID get one that opens nothing, so that nobody is deleted."""
    user = sa.table("user", sa.column("id"), *(sa.column(name) for name in CREDENTIALS))
    nobody = sa.func.substr(sa.cast(user.c.id, sa.String), 1, 36)
    without = user.c.login_id.is_(None)
    filled = {"login_id": sa.func.substr(nobody, 1, 20), "login_id_key": nobody, "password_hash": ""}
    op.execute(sa.update(user).where(without).values(filled))
    set_credentials(are_optional=False)
    with op.batch_alter_table("social_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_social_account_user_id"))
    op.drop_table("social_account")


def set_credentials(*, are_optional: bool) -> None:
    with op.batch_alter_table("user", schema=None) as batch_op:
        for name, length in CREDENTIALS.items():
            batch_op.alter_column(name, existing_type=sa.String(length=length), nullable=are_optional)
