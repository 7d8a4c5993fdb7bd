"""The verbs of discussion on the real database."""

import pytest
from sqlalchemy import select

import app.ballots.models  # noqa: F401  (a comment's row refers to ballots)
from app.definitions import tree
from app.definitions.models import Clause, Definition, Text, TextNode, Wording, WorkingText
from app.discussions.actions import edit_comment, post_comment, retract_comment
from app.discussions.models import Comment, CommentText
from app.kit.refusals import NotFound, Refused, Stale
from app.record.actions import open_log
from app.record.models import Entry, EntryWords

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def clause(db, cast):
    return db.scalars(select(Clause).where(Clause.number == 4)).one()


def entries(db, verb):
    return db.scalars(select(Entry).where(Entry.verb == verb).order_by(Entry.sequence)).all()


def reword(db, cast, clause, words):
    """The clause says something else from now on, in a new working text."""
    working = db.scalars(select(WorkingText)).one()
    wording = Wording(hash=tree.wording_hash(words), markdown=words, html=f"<p>{words}</p>")
    text = Text(definition_id=cast.definition.id, hash=tree.wording_hash(words))
    db.add_all([wording, text])
    db.flush()
    for node in db.scalars(select(TextNode).where(TextNode.text_id == working.text_id)).all():
        new = wording.hash if node.clause_id == clause.id else node.wording_hash
        db.add(
            TextNode(
                text_id=text.id, position=node.position, clause_id=node.clause_id,
                wording_hash=new, kind=node.kind, depth=node.depth, level=node.level,
            )
        )  # fmt: skip
    working.text_id = text.id
    db.flush()
    return wording


@pytest.mark.parametrize("other", ["by", "body", "kind", "quote", "subject", "parent", "gone"])
def test_only_the_same_of_the_same_person_in_the_same_place_was_sent_twice(db, cast, clause, other):
    said = {"by": cast.eli, "body": "Whose law?", "kind": "general", "quote": "", "clause": clause}
    first = post_comment(db, cast.definition, **said)
    with pytest.raises(Refused) as refused:
        post_comment(db, cast.definition, **said)
    assert refused.value.refusal.facts == {"comment": 1}
    if other == "gone":
        retract_comment(db, cast.definition, first, by=cast.eli)
    elif other in ("subject", "parent"):
        elsewhere = db.scalars(select(Clause).where(Clause.number == 5)).one()
        said |= {"clause": elsewhere} if other == "subject" else {"clause": None, "parent": first}
    else:
        others = {"by": cast.dara, "body": "Which law?", "kind": "question", "quote": "law"}
        said[other] = others[other]
    assert post_comment(db, cast.definition, **said).number == 2


def test_a_comment_is_numbered_rendered_and_recorded(db, cast, clause):
    comment = post_comment(
        db, cast.definition, by=cast.eli, kind="question", body=" Whose *law*? ", clause=clause
    )
    assert (comment.number, comment.body) == (1, "Whose *law*?")
    assert comment.html == "<p>Whose <em>law</em>?</p>\n"
    [entry] = entries(db, "comment.posted")
    assert entry.person_id == cast.eli.id
    assert entry.about == {
        "clause": 4, "comment": 1, "kind": "question", "wording": comment.wording_hash
    }  # fmt: skip
    assert db.scalars(select(EntryWords.text)).all() == ["Whose *law*?"]


def test_numbers_run_through_all_subjects_of_a_definition(db, cast, clause):
    first = post_comment(db, cast.definition, by=cast.ana, body="One.", clause=clause)
    answer = post_comment(db, cast.definition, by=cast.eli, body="Two.", parent=first)
    assert (first.number, answer.number) == (1, 2)


def test_an_answer_has_the_subject_and_the_thread_of_its_parent(db, cast, clause):
    first = post_comment(db, cast.definition, by=cast.ana, body="One.", clause=clause)
    second = post_comment(db, cast.definition, by=cast.eli, body="Two.", parent=first)
    third = post_comment(db, cast.definition, by=cast.ana, body="Three.", parent=second)
    assert [(c.clause_id, c.thread_id, c.parent_id) for c in (first, second, third)] == [
        (clause.id, None, None),
        (clause.id, first.id, first.id),
        (clause.id, first.id, second.id),
    ]


def test_a_comment_says_which_wording_it_was_made_on(db, cast, clause):
    before = post_comment(db, cast.definition, by=cast.ana, body="Before.", clause=clause)
    new = reword(db, cast, clause, "Other words.")
    after = post_comment(db, cast.definition, by=cast.ana, body="After.", clause=clause)
    assert before.wording_hash != after.wording_hash == new.hash


def test_it_keeps_to_the_wording_that_the_person_had_before_them(db, cast, clause):
    old = db.scalars(select(TextNode).where(TextNode.clause_id == clause.id)).one().wording_hash
    reword(db, cast, clause, "Other words.")
    comment = post_comment(
        db, cast.definition, by=cast.ana, body="Slow.", clause=clause, wording=old
    )
    assert comment.wording_hash == old


def test_a_wording_that_the_clause_never_had_is_not_believed(db, cast, clause):
    other = db.scalars(select(TextNode).where(TextNode.clause_id != clause.id).limit(1)).one()
    comment = post_comment(
        db, cast.definition, by=cast.ana, body="Odd.", clause=clause, wording=other.wording_hash
    )
    assert comment.wording_hash != other.wording_hash


@pytest.mark.parametrize("who", ["sam"])
def test_strangers_may_not_comment(db, cast, clause, who):
    with pytest.raises(Refused) as refused:
        post_comment(db, cast.definition, by=getattr(cast, who), body="Hello.", clause=clause)
    assert refused.value.refusal.code == "not_in_group"
    assert db.scalars(select(Comment)).all() == []


@pytest.mark.parametrize("body", ["", "  \n\t "])
def test_a_comment_needs_words(db, cast, clause, body):
    with pytest.raises(Refused) as refused:
        post_comment(db, cast.definition, by=cast.ana, body=body, clause=clause)
    assert refused.value.refusal.code == "comment_empty"


def test_a_comment_needs_one_subject(db, cast, clause):
    with pytest.raises(Refused) as refused:
        post_comment(db, cast.definition, by=cast.ana, body="On what?")
    assert refused.value.refusal.code == "comment_needs_one_subject"


def test_a_clause_of_another_definition_is_not_found(db, cast, clause):
    other = Definition(
        group_id=cast.group.id, slug="other", name="Other",
        log_id=open_log(db, "d/other").id, since=cast.definition.since,
    )  # fmt: skip
    db.add(other)
    db.flush()
    with pytest.raises(NotFound):
        post_comment(db, other, by=cast.ana, body="Here?", clause=clause)


class TestEditing:
    @pytest.fixture
    def comment(self, db, cast, clause):
        return post_comment(db, cast.definition, by=cast.dara, body="First.", clause=clause)

    def test_it_keeps_the_earlier_text(self, db, cast, comment, clock):
        clock.forward(minutes=9, seconds=59)
        edit_comment(db, cast.definition, comment, by=cast.dara, body="Second.")
        texts = db.scalars(select(CommentText).order_by(CommentText.number)).all()
        assert [(t.number, t.body) for t in texts] == [(1, "First."), (2, "Second.")]
        assert (comment.body, comment.edited_at) == ("Second.", clock.now)
        assert [e.about for e in entries(db, "comment.edited")] == [{"comment": 1, "text": 2}]

    def test_at_ten_minutes_it_is_over(self, db, cast, comment, clock):
        clock.forward(minutes=10)
        with pytest.raises(Refused) as refused:
            edit_comment(db, cast.definition, comment, by=cast.dara, body="Late.")
        assert refused.value.refusal.code == "comment_edit_over"
        assert comment.body == "First."

    @pytest.mark.parametrize("who", ["ana", "eli", "sam"])
    def test_nobody_else_may_not_even_the_chair(self, db, cast, comment, who):
        with pytest.raises(Refused) as refused:
            edit_comment(db, cast.definition, comment, by=getattr(cast, who), body="Mine.")
        assert refused.value.refusal.code == "comment_of_somebody_else"

    def test_two_edits_at_once_lose_nothing(self, db, cast, comment):
        edit_comment(db, cast.definition, comment, by=cast.dara, body="Second.", seen=1)
        with pytest.raises(Stale) as stale:
            edit_comment(db, cast.definition, comment, by=cast.dara, body="Third.", seen=1)
        held = (stale.value.base, stale.value.current, stale.value.yours)
        assert held == ("First.", "Second.", "Third.")

    def test_the_same_words_are_no_edit(self, db, cast, comment):
        with pytest.raises(Refused) as refused:
            edit_comment(db, cast.definition, comment, by=cast.dara, body="First.")
        assert refused.value.refusal.code == "comment_unchanged"
        assert comment.edited_at is None


class TestRetracting:
    @pytest.fixture
    def comment(self, db, cast, clause):
        return post_comment(db, cast.definition, by=cast.dara, body="Sorry.", clause=clause)

    def test_the_place_stays_and_the_record_says_so(self, db, cast, comment, clock):
        clock.forward(days=40)
        retract_comment(db, cast.definition, comment, by=cast.dara, reason="I misread it.")
        assert comment.retraction is not None
        assert comment.retraction.at == clock.now
        assert [e.about for e in entries(db, "comment.retracted")] == [{"comment": 1}]

    def test_once(self, db, cast, comment):
        retract_comment(db, cast.definition, comment, by=cast.dara)
        with pytest.raises(Refused) as refused:
            retract_comment(db, cast.definition, comment, by=cast.dara)
        assert refused.value.refusal.code == "comment_retracted"

    def test_nobody_else(self, db, cast, comment):
        with pytest.raises(Refused) as refused:
            retract_comment(db, cast.definition, comment, by=cast.ana)
        assert refused.value.refusal.code == "comment_of_somebody_else"

    def test_a_retracted_comment_can_not_be_edited(self, db, cast, comment):
        retract_comment(db, cast.definition, comment, by=cast.dara)
        with pytest.raises(Refused) as refused:
            edit_comment(db, cast.definition, comment, by=cast.dara, body="Again.")
        assert refused.value.refusal.code == "comment_retracted"
