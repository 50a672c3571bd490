"""Forms of words with their readings.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; the words of all cases are read again, by the job that indexes new ones."""
    op.create_table(
        "word_form",
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("wholes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("inside", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("form"),
    )
    op.execute(sa.text("delete from feed_cursor where source = 'own:words'"))


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("word_form")
