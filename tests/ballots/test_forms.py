"""The form for a vote: what it begins with, and which vote of one's own it names."""

from datetime import UTC, datetime

import pytest

from app.ballots.forms import VoteForm, vote_form
from app.ballots.models import Vote
from app.kit.forms import check
from app.kit.refusals import Refusal

AT = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)
MINE = Vote(choice="yes", reason="Clearer.", nonce="e" * 32, at=AT)
ELSEWHERE = Refusal("vote_changed_elsewhere", choice="yes", at=AT)
SENT = {"choice": "no", "reason": "Who is skilled?", "words": "ab" * 32, "replaces": "d" * 32}


def test_it_begins_from_the_vote_that_there_is() -> None:
    assert vote_form(None, None, None).typed == {"": "", "replaces": ""}
    typed = vote_form(MINE, None, None).typed
    assert (typed["choice"], typed["reason"], typed["replaces"]) == ("yes", "Clearer.", "e" * 32)


@pytest.mark.parametrize(
    ("refusal", "named"),
    [
        (None, "d" * 32),
        (Refusal("words_changed"), "d" * 32),
        (ELSEWHERE, "e" * 32),
    ],
)
def test_it_keeps_what_was_typed_and_names_another_vote_only_once_that_was_told(
    refusal: Refusal | None, named: str
) -> None:
    form = vote_form(MINE, check(VoteForm, dict(SENT)), refusal)
    assert form.typed == SENT | {"replaces": named}
