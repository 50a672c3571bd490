"""People are found by their telephone numbers.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the digits, as dialled in Finland, to what a search looks into."""
    op.execute(
        sa.text(r"""
            update person
            set search_text = search_text || ' ' || regexp_replace(
                regexp_replace(regexp_replace(phone, '[^+0-9]', '', 'g'), '^(\+|00)358', '0'), '\D', '', 'g'
            )
            where phone ~ '^[-+() 0-9]{6,30}$'
        """)
    )


def downgrade() -> None:
    """Leave the digits: the old code finds by them too."""
