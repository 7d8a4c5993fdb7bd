"""What people type into the form for a ballot: shares, presets, and times with clocks that change."""

import contextlib
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from app.ballots.cards import about_card, card_from, columns_of, read_share
from app.ballots.counting import RuleCard, consensus_minus, simple_majority, two_thirds
from app.ballots.forms import BallotForm, plan_of
from app.ballots.local_times import NoSuchTime, read_local, write_local
from app.kit.forms import check


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("2/3", Fraction(2, 3)),
        (" 2 / 3 ", Fraction(2, 3)),
        ("51 %", Fraction(51, 100)),
        ("66,7%", Fraction(667, 1000)),
        ("0.6", Fraction(3, 5)),
        ("0", Fraction(0)),
        ("1", Fraction(1)),
        ("100%", Fraction(1)),
        ("2⁄3", Fraction(2, 3)),
    ],
)
def test_a_share_is_read_as_people_write_it(text: str, share: Fraction) -> None:
    assert read_share(text) == share


@pytest.mark.parametrize(
    "text",
    ["", "two thirds", "4/3", "-1/2", "1/0", "150%", "1e-3", "nan", "inf", "0x1", "٢/٣", "1/20001", "9" * 30],
)  # fmt: skip
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_share(text)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_shares(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert 0 <= read_share(text) <= 1


def test_a_preset_is_what_it_is_called() -> None:
    half = Fraction(1, 2)
    assert card_from("simple_majority", quorum=half) == simple_majority(half)
    assert card_from("two_thirds", quorum=half) == two_thirds(half)
    assert card_from("consensus_minus", quorum=half, noes_max=2) == consensus_minus(2, half)
    with pytest.raises(KeyError, match="noes_max"):
        card_from("consensus_minus", quorum=half)
    with pytest.raises(KeyError, match="threshold"):
        card_from("custom", quorum=half)


def test_columns_and_record_keep_exact_fractions() -> None:
    card = RuleCard(Fraction(2, 3), quorum=Fraction(51, 100), noes_max=3)
    columns = columns_of(card)
    assert (columns["threshold_numerator"], columns["threshold_denominator"]) == (2, 3)
    assert about_card(card)["quorum"] == "51/100"


@pytest.mark.parametrize(
    ("zone", "text", "moment"),
    [
        ("Europe/Berlin", "2024-03-30T18:00", datetime(2024, 3, 30, 17, tzinfo=UTC)),
        ("Europe/Berlin", "2024-03-31T18:00", datetime(2024, 3, 31, 16, tzinfo=UTC)),
        ("Europe/Berlin", "2024-03-31T01:59", datetime(2024, 3, 31, 0, 59, tzinfo=UTC)),
        ("Europe/Berlin", "2024-03-31T03:00", datetime(2024, 3, 31, 1, 0, tzinfo=UTC)),
        # 02:30 comes twice when clocks go back: the first of the two is meant.
        ("Europe/Berlin", "2024-10-27T02:30", datetime(2024, 10, 27, 0, 30, tzinfo=UTC)),
        ("Europe/Berlin", "2024-10-27T03:00", datetime(2024, 10, 27, 2, 0, tzinfo=UTC)),
        ("America/New_York", "2024-11-02T23:59", datetime(2024, 11, 3, 3, 59, tzinfo=UTC)),
        ("Pacific/Apia", "2024-06-03T00:30:00", datetime(2024, 6, 2, 11, 30, tzinfo=UTC)),
        ("Nowhere/At_All", "2024-06-03 12:00", datetime(2024, 6, 3, 12, tzinfo=UTC)),
    ],
)
def test_a_wall_clock_is_read_in_its_zone(zone: str, text: str, moment: datetime) -> None:
    assert read_local(text, zone) == moment


def test_a_time_that_clocks_skip_is_refused() -> None:
    with pytest.raises(NoSuchTime):
        read_local("2024-03-31T02:30", "Europe/Berlin")


@pytest.mark.parametrize("text", ["", "soon", "2024-02-30T10:00", "2024-06-03", "0001-01-01T00:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_local(text, "Europe/Berlin")


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2060, 1, 1)),  # noqa: DTZ001
    st.sampled_from(["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC"]),
)
def test_a_time_comes_back_as_it_was_written(moment: datetime, zone: str) -> None:
    moment = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    written = write_local(moment, zone)
    assert write_local(read_local(written, zone), zone) == written


def test_a_form_says_all_that_is_wrong_with_it() -> None:
    form = check(
        BallotForm,
        {"preset": "custom", "threshold": "most", "quorum": "5/4", "closes_at": "2024-03-31T02:30"},
    )
    assert plan_of(form, "Europe/Berlin") is None
    assert set(form.errors) == {"threshold", "quorum", "closes_at"}
    assert form.typed["threshold"] == "most"


def test_a_form_becomes_a_plan() -> None:
    form = check(
        BallotForm,
        {"preset": "consensus_minus", "noes_max": "2", "quorum": "51 %", "closes_at": "2024-06-10T18:00"},
    )  # fmt: skip
    plan = plan_of(form, "Europe/Berlin")
    assert plan is not None
    assert plan.card == consensus_minus(2, Fraction(51, 100))
    assert plan.opens_at is None
    assert plan.closes_at == datetime(2024, 6, 10, 16, tzinfo=UTC)
