"""the official codes of an address

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-24 20:00:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = ("user", "resume")
COLUMNS = {"legal_area_code": 10, "road_code": 12, "building_code": 26}


def upgrade() -> None:
    # not as a batch: that would make the tables anew, and what hangs on them would go with the old ones
    for table in TABLES:
        for name, length in COLUMNS.items():
            op.add_column(table, sa.Column(name, sa.String(length=length), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        for name in COLUMNS:
            op.drop_column(table, name)
