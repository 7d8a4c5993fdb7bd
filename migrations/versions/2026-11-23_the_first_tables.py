"""The first tables: every room of the house.


Runs beside the previous release: add, fill, tighten in separate steps; one reason a file.
"""

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column(
            "fingerprint", sa.String(length=64), nullable=False, comment="of method, path and body"
        ),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(length=500), nullable=False),
        sa.Column("etag", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name="pk_answers"),
    )
    op.create_table(
        "logs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.String(length=120),
            nullable=False,
            comment="what it is the record of: instance, g/…, d/…",
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_logs"),
        sa.UniqueConstraint("subject", name="uq_logs_subject"),
    )
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("to", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column(
            "text", sa.Text(), nullable=False, comment="emptied when sent: it may hold a secret"
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mails"),
    )
    op.create_index(
        "ix_mails_waiting",
        "mails",
        ["next_try_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "persons",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True, comment="lower case"),
        sa.Column("time_zone", sa.String(length=64), nullable=False, comment="IANA name"),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("theme", sa.String(length=8), nullable=False, comment="auto, light or dark"),
        sa.Column(
            "invented",
            sa.Boolean(),
            nullable=False,
            comment="a seeded person whom demo mode offers on the sign-in page",
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_persons"),
        sa.UniqueConstraint("email", name="uq_persons_email"),
    )
    op.create_table(
        "sign_in_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("next_path", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sign_in_links"),
    )
    op.create_index("ix_sign_in_links_email", "sign_in_links", ["email"], unique=False)
    op.create_table(
        "wordings",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("markdown", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False, comment="rendered and sanitised when written"),
        sa.Column("requirement", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("hash", name="pk_wordings"),
    )
    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["log_id"], ["logs.id"], name="fk_groups_log_id_logs"),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("log_id", name="uq_groups_log_id"),
        sa.UniqueConstraint("slug", name="uq_groups_slug"),
    )
    op.create_table(
        "record_entries",
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False, comment="subject.past_participle"),
        sa.Column(
            "person_id", sa.String(length=32), nullable=True, comment="opaque; none: the clock"
        ),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False, comment="field: salted hash of the words"),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["log_id"], ["logs.id"], name="fk_record_entries_log_id_logs"),
        sa.PrimaryKeyConstraint("log_id", "sequence", name="pk_record_entries"),
    )
    op.create_index(
        "ix_record_entries_log_person",
        "record_entries",
        ["log_id", "person_id", "sequence"],
        unique=False,
    )
    op.create_index(
        "ix_record_entries_log_verb", "record_entries", ["log_id", "verb", "sequence"], unique=False
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_sign_ins_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
        sa.UniqueConstraint("token_hash", name="uq_sign_ins_token_hash"),
    )
    op.create_index("ix_sign_ins_person_id", "sign_ins", ["person_id"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "ending",
            sa.String(length=4),
            nullable=False,
            comment="last characters, to tell tokens apart",
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_tokens_person_id_persons"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_tokens_token_hash"),
    )
    op.create_index("ix_tokens_person", "tokens", ["person_id"], unique=False)
    op.create_table(
        "categories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_categories_group_id_groups"),
        sa.PrimaryKeyConstraint("id", name="pk_categories"),
        sa.UniqueConstraint("group_id", "name", name="uq_categories_group_id_name"),
    )
    op.create_table(
        "definitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("visibility", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False, comment="of the text; BCP 47"),
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "visibility IN ('public', 'group')", name=op.f("ck_definitions_visibility")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_definitions_group_id_groups"),
        sa.ForeignKeyConstraint(["log_id"], ["logs.id"], name="fk_definitions_log_id_logs"),
        sa.PrimaryKeyConstraint("id", name="pk_definitions"),
        sa.UniqueConstraint("log_id", name="uq_definitions_log_id"),
        sa.UniqueConstraint("slug", name="uq_definitions_slug"),
    )
    op.create_index("ix_definitions_group_id", "definitions", ["group_id"], unique=False)
    op.create_table(
        "record_words",
        sa.Column("log_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["log_id", "sequence"],
            ["record_entries.log_id", "record_entries.sequence"],
            name="fk_record_words_log_id_sequence_record_entries",
        ),
        sa.PrimaryKeyConstraint("log_id", "sequence", "field", name="pk_record_words"),
    )
    op.create_table(
        "clauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_clauses_definition_id_definitions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clauses"),
        sa.UniqueConstraint("definition_id", "number", name="uq_clauses_definition_id_number"),
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("affiliation", sa.String(length=160), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('chair', 'editor', 'member', 'observer')", name=op.f("ck_memberships_role")
        ),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_memberships_period")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name="fk_memberships_category_id_categories"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_memberships_group_id_groups"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_memberships_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
    )
    op.create_index("ix_memberships_group_id", "memberships", ["group_id"], unique=False)
    op.create_index("ix_memberships_person", "memberships", ["person_id"], unique=False)
    op.create_index(
        "uq_memberships_current",
        "memberships",
        ["group_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_proposals_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_proposals_definition_id_definitions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        sa.UniqueConstraint("definition_id", "number", name="uq_proposals_definition_id_number"),
    )
    op.create_index("ix_proposals_by_id", "proposals", ["by_id"], unique=False)
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_texts_definition_id_definitions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_texts"),
        sa.UniqueConstraint("definition_id", "hash", name="uq_texts_definition_id_hash"),
    )
    op.create_index("ix_texts_hash", "texts", ["hash"], unique=False)
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("from_text_id", sa.Integer(), nullable=False),
        sa.Column("to_text_id", sa.Integer(), nullable=False),
        sa.Column("from_wording_hash", sa.String(length=64), nullable=True),
        sa.Column("to_wording_hash", sa.String(length=64), nullable=True),
        sa.Column(
            "split_from_id",
            sa.Integer(),
            nullable=True,
            comment="of an added clause: the one it was split off",
        ),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("proposal_number", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(source = 'proposal') = (proposal_number IS NOT NULL)",
            name=op.f("ck_changes_proposal_number"),
        ),
        sa.CheckConstraint(
            "kind IN ('reword', 'add', 'strike', 'move')", name=op.f("ck_changes_kind")
        ),
        sa.CheckConstraint(
            "source IN ('import', 'editorial', 'proposal')", name=op.f("ck_changes_source")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_changes_by_id_persons"),
        sa.ForeignKeyConstraint(["clause_id"], ["clauses.id"], name="fk_changes_clause_id_clauses"),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_changes_definition_id_definitions"
        ),
        sa.ForeignKeyConstraint(
            ["from_text_id"], ["texts.id"], name="fk_changes_from_text_id_texts"
        ),
        sa.ForeignKeyConstraint(
            ["from_wording_hash"], ["wordings.hash"], name="fk_changes_from_wording_hash_wordings"
        ),
        sa.ForeignKeyConstraint(
            ["split_from_id"], ["clauses.id"], name="fk_changes_split_from_id_clauses"
        ),
        sa.ForeignKeyConstraint(["to_text_id"], ["texts.id"], name="fk_changes_to_text_id_texts"),
        sa.ForeignKeyConstraint(
            ["to_wording_hash"], ["wordings.hash"], name="fk_changes_to_wording_hash_wordings"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sa.UniqueConstraint(
            "definition_id", "step", "position", name="uq_changes_definition_id_step_position"
        ),
    )
    op.create_index("ix_changes_clause", "changes", ["clause_id"], unique=False)
    op.create_table(
        "rejections",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="the outcome in a sentence"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name="fk_rejections_proposal_id_proposals"
        ),
        sa.PrimaryKeyConstraint("proposal_id", name="pk_rejections"),
    )
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False, comment="Markdown"),
        sa.Column("rationale_html", sa.Text(), nullable=False),
        sa.Column("base_text_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["base_text_id"], ["texts.id"], name="fk_revisions_base_text_id_texts"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name="fk_revisions_proposal_id_proposals"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint("proposal_id", "number", name="uq_revisions_proposal_id_number"),
    )
    op.create_table(
        "seconds",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_seconds_person_id_persons"),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name="fk_seconds_proposal_id_proposals"
        ),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name="pk_seconds"),
    )
    op.create_table(
        "text_nodes",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("wording_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True, comment="of a heading: 1 to 6"),
        sa.Column("ordinal", sa.Integer(), nullable=True, comment="of an ordered item: its number"),
        sa.CheckConstraint(
            "kind IN ('heading', 'paragraph', 'item', 'row', 'note')",
            name=op.f("ck_text_nodes_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clauses.id"], name="fk_text_nodes_clause_id_clauses"
        ),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name="fk_text_nodes_text_id_texts"),
        sa.ForeignKeyConstraint(
            ["wording_hash"], ["wordings.hash"], name="fk_text_nodes_wording_hash_wordings"
        ),
        sa.PrimaryKeyConstraint("text_id", "position", name="pk_text_nodes"),
        sa.UniqueConstraint("text_id", "clause_id", name="uq_text_nodes_text_id_clause_id"),
    )
    op.create_index("ix_text_nodes_clause", "text_nodes", ["clause_id"], unique=False)
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_versions_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_versions_definition_id_definitions"
        ),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name="fk_versions_text_id_texts"),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sa.UniqueConstraint("definition_id", "label", name="uq_versions_definition_id_label"),
    )
    op.create_table(
        "withdrawals",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name="fk_withdrawals_proposal_id_proposals"
        ),
        sa.PrimaryKeyConstraint("proposal_id", name="pk_withdrawals"),
    )
    op.create_table(
        "working_texts",
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_working_texts_definition_id_definitions"
        ),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name="fk_working_texts_text_id_texts"),
        sa.PrimaryKeyConstraint("definition_id", name="pk_working_texts"),
    )
    op.create_table(
        "adoptions",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False, comment="the text it led to"),
        sa.Column("step", sa.Integer(), nullable=False, comment="of the definition's changes"),
        sa.Column(
            "merged",
            sa.Boolean(),
            nullable=False,
            comment="the clause had changed since; a clean merge",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name="fk_adoptions_proposal_id_proposals"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_adoptions_revision_id_revisions"
        ),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name="fk_adoptions_text_id_texts"),
        sa.PrimaryKeyConstraint("proposal_id", name="pk_adoptions"),
    )
    op.create_table(
        "ballots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("words_hash", sa.String(length=64), nullable=False),
        sa.Column("preset", sa.String(length=30), nullable=False),
        sa.Column("threshold_numerator", sa.Integer(), nullable=False),
        sa.Column("threshold_denominator", sa.Integer(), nullable=False),
        sa.Column("threshold_strict", sa.Boolean(), nullable=False),
        sa.Column("threshold_base", sa.String(length=6), nullable=False),
        sa.Column("quorum_numerator", sa.Integer(), nullable=False),
        sa.Column("quorum_denominator", sa.Integer(), nullable=False),
        sa.Column("noes_max", sa.Integer(), nullable=True),
        sa.Column("names_shown", sa.String(length=6), nullable=False),
        sa.Column("counts_shown", sa.String(length=6), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "counts_shown IN ('open', 'closed')", name=op.f("ck_ballots_counts_shown")
        ),
        sa.CheckConstraint(
            "names_shown IN ('open', 'closed', 'never')", name=op.f("ck_ballots_names_shown")
        ),
        sa.CheckConstraint(
            "threshold_base IN ('yes_no', 'cast', 'roll')", name=op.f("ck_ballots_threshold_base")
        ),
        sa.CheckConstraint(
            "(proposal_id IS NULL) <> (version_id IS NULL)", name=op.f("ck_ballots_one_subject")
        ),
        sa.CheckConstraint(
            "(proposal_id IS NULL) = (revision_id IS NULL)", name=op.f("ck_ballots_revision")
        ),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_ballots_window")),
        sa.CheckConstraint("noes_max IS NULL OR noes_max >= 0", name=op.f("ck_ballots_noes_max")),
        sa.CheckConstraint(
            "quorum_denominator > 0 AND quorum_numerator BETWEEN 0 AND quorum_denominator",
            name=op.f("ck_ballots_quorum"),
        ),
        sa.CheckConstraint(
            "threshold_denominator > 0 AND threshold_numerator BETWEEN 0 AND threshold_denominator",
            name=op.f("ck_ballots_threshold"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_ballots_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_ballots_definition_id_definitions"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name="fk_ballots_proposal_id_proposals"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_ballots_revision_id_revisions"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name="fk_ballots_version_id_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ballots"),
        sa.UniqueConstraint("definition_id", "number", name="uq_ballots_definition_id_number"),
    )
    op.create_index("ix_ballots_closes_at", "ballots", ["closes_at"], unique=False)
    op.create_index("ix_ballots_proposal", "ballots", ["proposal_id"], unique=False)
    op.create_index("ix_ballots_version", "ballots", ["version_id"], unique=False)
    op.create_table(
        "conflicts",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False, comment="it conflicts with this"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clauses.id"], name="fk_conflicts_clause_id_clauses"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name="fk_conflicts_proposal_id_proposals"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_conflicts_revision_id_revisions"
        ),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name="fk_conflicts_text_id_texts"),
        sa.PrimaryKeyConstraint("revision_id", "clause_id", name="pk_conflicts"),
    )
    op.create_index("ix_conflicts_proposal_id", "conflicts", ["proposal_id"], unique=False)
    op.create_table(
        "proposed_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=8), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("from_hash", sa.String(length=64), nullable=True),
        sa.Column("to_hash", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("depth", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(verb = 'add') = (clause_id IS NULL)", name=op.f("ck_proposed_changes_clause")
        ),
        sa.CheckConstraint(
            "(verb IN ('reword', 'add')) = (to_hash IS NOT NULL)",
            name=op.f("ck_proposed_changes_to_hash"),
        ),
        sa.CheckConstraint(
            "kind IS NULL OR kind IN ('heading', 'paragraph', 'item', 'row', 'note')",
            name=op.f("ck_proposed_changes_kind"),
        ),
        sa.CheckConstraint(
            "verb IN ('reword', 'add', 'strike', 'move')", name=op.f("ck_proposed_changes_verb")
        ),
        sa.ForeignKeyConstraint(
            ["after_id"], ["clauses.id"], name="fk_proposed_changes_after_id_clauses"
        ),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clauses.id"], name="fk_proposed_changes_clause_id_clauses"
        ),
        sa.ForeignKeyConstraint(
            ["from_hash"], ["wordings.hash"], name="fk_proposed_changes_from_hash_wordings"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_proposed_changes_revision_id_revisions"
        ),
        sa.ForeignKeyConstraint(
            ["to_hash"], ["wordings.hash"], name="fk_proposed_changes_to_hash_wordings"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proposed_changes"),
        sa.UniqueConstraint(
            "revision_id", "position", name="uq_proposed_changes_revision_id_position"
        ),
    )
    op.create_index("ix_proposed_changes_after", "proposed_changes", ["after_id"], unique=False)
    op.create_index("ix_proposed_changes_clause", "proposed_changes", ["clause_id"], unique=False)
    op.create_table(
        "stakes",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("ballot_number", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name="fk_stakes_proposal_id_proposals"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_stakes_revision_id_revisions"
        ),
        sa.PrimaryKeyConstraint("proposal_id", name="pk_stakes"),
    )
    op.create_table(
        "version_stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "by_id",
            sa.String(length=32),
            nullable=True,
            comment="none: a ballot's close brought it",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "stage IN ('draft', 'candidate', 'ratified', 'superseded', 'withdrawn')",
            name=op.f("ck_version_stages_stage"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_version_stages_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name="fk_version_stages_version_id_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_version_stages"),
    )
    op.create_index("ix_version_stages_version_id", "version_stages", ["version_id"], unique=False)
    op.create_table(
        "version_stakes",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("ballot_number", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name="fk_version_stakes_version_id_versions"
        ),
        sa.PrimaryKeyConstraint("version_id", name="pk_version_stakes"),
    )
    op.create_table(
        "closings",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.Column("roll_size", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=7), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False, comment="the outcome with its arithmetic"),
        sa.Column(
            "votes_root", sa.String(length=64), nullable=False, comment="Merkle root over all votes"
        ),
        sa.Column(
            "by_id", sa.String(length=32), nullable=True, comment="none: the clock closed it"
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome IN ('carried', 'lost')", name=op.f("ck_closings_outcome")),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballots.id"], name="fk_closings_ballot_id_ballots"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_closings_by_id_persons"),
        sa.PrimaryKeyConstraint("ballot_id", name="pk_closings"),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("wording_hash", sa.String(length=64), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("ballot_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "thread_id", sa.Integer(), nullable=True, comment="none: this comment begins a thread"
        ),
        sa.Column("quote", sa.Text(), nullable=False, comment="the words it points at"),
        sa.Column("body", sa.Text(), nullable=False, comment="Markdown"),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('question', 'editorial', 'technical', 'general', 'support', 'objection')",
            name=op.f("ck_comments_kind"),
        ),
        sa.CheckConstraint(
            "(CASE WHEN clause_id IS NULL THEN 0 ELSE 1 END + CASE WHEN proposal_id IS NULL THEN 0 ELSE 1 END + CASE WHEN version_id IS NULL THEN 0 ELSE 1 END + CASE WHEN ballot_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_comments_one_subject"),
        ),
        sa.CheckConstraint(
            "(clause_id IS NULL) = (wording_hash IS NULL)", name=op.f("ck_comments_wording")
        ),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballots.id"], name="fk_comments_ballot_id_ballots"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_comments_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clauses.id"], name="fk_comments_clause_id_clauses"
        ),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_comments_definition_id_definitions"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["comments.id"], name="fk_comments_parent_id_comments"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name="fk_comments_proposal_id_proposals"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["comments.id"], name="fk_comments_thread_id_comments"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name="fk_comments_version_id_versions"
        ),
        sa.ForeignKeyConstraint(
            ["wording_hash"], ["wordings.hash"], name="fk_comments_wording_hash_wordings"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        sa.UniqueConstraint("definition_id", "number", name="uq_comments_definition_id_number"),
    )
    op.create_index("ix_comments_ballot", "comments", ["ballot_id"], unique=False)
    op.create_index("ix_comments_by", "comments", ["by_id"], unique=False)
    op.create_index("ix_comments_clause", "comments", ["clause_id"], unique=False)
    op.create_index("ix_comments_definition_at", "comments", ["definition_id", "at"], unique=False)
    op.create_index("ix_comments_parent_id", "comments", ["parent_id"], unique=False)
    op.create_index("ix_comments_proposal", "comments", ["proposal_id"], unique=False)
    op.create_index("ix_comments_thread", "comments", ["thread_id"], unique=False)
    op.create_index("ix_comments_version", "comments", ["version_id"], unique=False)
    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("from_time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballots.id"], name="fk_extensions_ballot_id_ballots"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_extensions_by_id_persons"),
        sa.PrimaryKeyConstraint("id", name="pk_extensions"),
    )
    op.create_index("ix_extensions_ballot_id", "extensions", ["ballot_id"], unique=False)
    op.create_table(
        "roll_entries",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("affiliation", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballots.id"], name="fk_roll_entries_ballot_id_ballots"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_roll_entries_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("ballot_id", "person_id", name="pk_roll_entries"),
    )
    op.create_table(
        "comment_texts",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_comment_texts_comment_id_comments"
        ),
        sa.PrimaryKeyConstraint("comment_id", "number", name="pk_comment_texts"),
    )
    op.create_table(
        "ratifications",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["closings.ballot_id"], name="fk_ratifications_ballot_id_closings"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name="fk_ratifications_version_id_versions"
        ),
        sa.PrimaryKeyConstraint("version_id", name="pk_ratifications"),
        sa.UniqueConstraint("ballot_id", name="uq_ratifications_ballot_id"),
    )
    op.create_table(
        "retractions",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_retractions_comment_id_comments"
        ),
        sa.PrimaryKeyConstraint("comment_id", name="pk_retractions"),
    )
    op.create_table(
        "votes",
        sa.Column("ballot_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("choice", sa.String(length=7), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words_hash", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("choice IN ('yes', 'no', 'abstain')", name=op.f("ck_votes_choice")),
        sa.ForeignKeyConstraint(
            ["ballot_id", "person_id"],
            ["roll_entries.ballot_id", "roll_entries.person_id"],
            name="fk_votes_ballot_id_person_id_roll_entries",
        ),
        sa.PrimaryKeyConstraint("ballot_id", "person_id", name="pk_votes"),
    )
    op.create_index("ix_votes_person", "votes", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_votes_person", table_name="votes")
    op.drop_table("votes")
    op.drop_table("retractions")
    op.drop_table("ratifications")
    op.drop_table("comment_texts")
    op.drop_table("roll_entries")
    op.drop_index("ix_extensions_ballot_id", table_name="extensions")
    op.drop_table("extensions")
    op.drop_index("ix_comments_version", table_name="comments")
    op.drop_index("ix_comments_thread", table_name="comments")
    op.drop_index("ix_comments_proposal", table_name="comments")
    op.drop_index("ix_comments_parent_id", table_name="comments")
    op.drop_index("ix_comments_definition_at", table_name="comments")
    op.drop_index("ix_comments_clause", table_name="comments")
    op.drop_index("ix_comments_by", table_name="comments")
    op.drop_index("ix_comments_ballot", table_name="comments")
    op.drop_table("comments")
    op.drop_table("closings")
    op.drop_table("version_stakes")
    op.drop_index("ix_version_stages_version_id", table_name="version_stages")
    op.drop_table("version_stages")
    op.drop_table("stakes")
    op.drop_index("ix_proposed_changes_clause", table_name="proposed_changes")
    op.drop_index("ix_proposed_changes_after", table_name="proposed_changes")
    op.drop_table("proposed_changes")
    op.drop_index("ix_conflicts_proposal_id", table_name="conflicts")
    op.drop_table("conflicts")
    op.drop_index("ix_ballots_version", table_name="ballots")
    op.drop_index("ix_ballots_proposal", table_name="ballots")
    op.drop_index("ix_ballots_closes_at", table_name="ballots")
    op.drop_table("ballots")
    op.drop_table("adoptions")
    op.drop_table("working_texts")
    op.drop_table("withdrawals")
    op.drop_table("versions")
    op.drop_index("ix_text_nodes_clause", table_name="text_nodes")
    op.drop_table("text_nodes")
    op.drop_table("seconds")
    op.drop_table("revisions")
    op.drop_table("rejections")
    op.drop_index("ix_changes_clause", table_name="changes")
    op.drop_table("changes")
    op.drop_index("ix_texts_hash", table_name="texts")
    op.drop_table("texts")
    op.drop_index("ix_proposals_by_id", table_name="proposals")
    op.drop_table("proposals")
    op.drop_index(
        "uq_memberships_current",
        table_name="memberships",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_index("ix_memberships_person", table_name="memberships")
    op.drop_index("ix_memberships_group_id", table_name="memberships")
    op.drop_table("memberships")
    op.drop_table("clauses")
    op.drop_table("record_words")
    op.drop_index("ix_definitions_group_id", table_name="definitions")
    op.drop_table("definitions")
    op.drop_table("categories")
    op.drop_index("ix_tokens_person", table_name="tokens")
    op.drop_table("tokens")
    op.drop_index("ix_sign_ins_person_id", table_name="sign_ins")
    op.drop_table("sign_ins")
    op.drop_index("ix_record_entries_log_verb", table_name="record_entries")
    op.drop_index("ix_record_entries_log_person", table_name="record_entries")
    op.drop_table("record_entries")
    op.drop_table("groups")
    op.drop_table("wordings")
    op.drop_index("ix_sign_in_links_email", table_name="sign_in_links")
    op.drop_table("sign_in_links")
    op.drop_table("persons")
    op.drop_index(
        "ix_mails_waiting",
        table_name="mails",
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.drop_table("mails")
    op.drop_table("logs")
    op.drop_table("answers")
