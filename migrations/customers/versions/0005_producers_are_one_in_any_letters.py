"""A producer's name is taken in whatever letters it is written, also by two who add it at once."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step; two producers of one name already are for a person to tell apart."""
    op.execute(
        """
        do $$
        declare twice text;
        begin
            select string_agg(distinct name, ', ') into twice
            from producer
            where lower(name) in (select lower(name) from producer group by lower(name) having count(*) > 1);
            if twice is not null then
                raise unique_violation using message =
                    'Producers differ only in the case of their letters: ' || twice
                    || '. Give one of them another name, then migrate again.';
            end if;
        end $$
        """
    )
    with op.get_context().autocommit_block():
        # What an attempt that was broken off has left holds nothing.
        op.drop_index("producer_name", table_name="producer", if_exists=True, postgresql_concurrently=True)
        op.create_index(
            "producer_name",
            "producer",
            [sa.literal_column("lower(name)")],
            unique=True,
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    """Take it back."""
    with op.get_context().autocommit_block():
        op.drop_index("producer_name", table_name="producer", if_exists=True, postgresql_concurrently=True)
