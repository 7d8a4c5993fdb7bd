"""Which text proposals were held against: so that each change of the text is looked at once, and
those that it overtook are marked.

Runs beside the previous release, which does not know the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_texts",
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_held_texts_definition_id_definitions"
        ),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name="fk_held_texts_text_id_texts"),
        sa.PrimaryKeyConstraint("definition_id", name="pk_held_texts"),
    )


def downgrade() -> None:
    op.drop_table("held_texts")
