"""until which version a replaced text stood there

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-24 20:10:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("draft_past", schema=None) as batch_op:
        batch_op.add_column(sa.Column("until", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("draft_past", schema=None) as batch_op:
        batch_op.drop_column("until")
