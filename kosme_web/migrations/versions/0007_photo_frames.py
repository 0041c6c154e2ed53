"""where a photo is cut out of its whole picture

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-24 19:50:12.310482

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # not as a batch: that would make the table anew, and dropping the old one takes what points to it along
    op.add_column("photo", sa.Column("whole_id", sa.Uuid(), nullable=True))
    op.add_column("photo", sa.Column("frame", sa.JSON(none_as_null=True), nullable=True))
    op.create_index("ix_photo_whole_id", "photo", ["whole_id"])
    # whoever deletes a photo has to look for what points to it
    op.create_index("ix_draft_photo_id", "draft", ["photo_id"])
    op.create_index("ix_draft_earlier_photo_id", "draft", ["earlier_photo_id"])
    op.create_index("ix_resume_photo_id", "resume", ["photo_id"])


def downgrade() -> None:
    op.drop_index("ix_resume_photo_id", table_name="resume")
    op.drop_index("ix_draft_earlier_photo_id", table_name="draft")
    op.drop_index("ix_draft_photo_id", table_name="draft")
    op.drop_index("ix_photo_whole_id", table_name="photo")
    op.drop_column("photo", "frame")
    op.drop_column("photo", "whole_id")
