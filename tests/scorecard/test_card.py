"""Cards: written down, read back, and named by their content."""

import json
from dataclasses import replace

import pytest

from scorecard.card import OVERALL, Card, Criterion, Service, card_from_json, card_to_json

CARD = Card(
    Service.HEALTH_CENTRE,
    "2026-1",
    {"km": "មណ្ឌលសុខភាព", "en": "Health centre"},
    tuple(
        Criterion(f"k{n}", {"km": f"ប{n}", "en": f"b{n}"}, {"km": f'សំណួរ {n} "?"', "en": f"Question {n}?"})
        for n in range(8)
    ),
)
FIRST = CARD.criteria[0]


def with_first(**changes) -> Card:
    return replace(CARD, criteria=(replace(FIRST, **changes), *CARD.criteria[1:]))


def test_a_card_survives_being_written_down():
    """A card read back is the same in every language, and so is its hash."""
    again = card_from_json(card_to_json(CARD))
    assert again == CARD
    assert again.hash == CARD.hash
    assert isinstance(again.service, Service)


def test_a_card_is_one_line_of_readable_json():
    """The canonical form is one line of JSON that keeps Khmer readable."""
    text = card_to_json(CARD)
    assert "\n" not in text
    assert "មណ្ឌលសុខភាព" in text
    assert json.loads(text)["criteria"][1]["key"] == "k1"


def test_a_card_without_signs_is_the_card_that_it_was():
    """Cards kept before there were signs are read, and have the hash by which sessions name them."""
    assert "sign" not in card_to_json(CARD)
    assert CARD.hash == "a277167d08a5f90c8a3f789f5439d20a6ae5d9b97db5f4acc6db996409e37487"
    signed = with_first(sign="water")
    assert card_from_json(card_to_json(signed)) == signed


@pytest.mark.parametrize(
    "other",
    [
        replace(CARD, service=Service.PRIMARY_SCHOOL),
        replace(CARD, version="2026-2"),
        replace(CARD, title={**CARD.title, "km": "ផ្សេង"}),
        replace(CARD, title={"en": "Health centre"}),
        replace(CARD, criteria=CARD.criteria[:-1]),
        replace(CARD, criteria=CARD.criteria[::-1]),
        with_first(key="k9"),
        with_first(label={**FIRST.label, "en": "B0"}),
        with_first(question={**FIRST.question, "fr": "Question 0 ?"}),
        with_first(sign="water"),
    ],
)
def test_any_change_changes_the_hash(other):
    """Service, version, every text in every language, and which criteria in which order: all are in the hash."""
    assert other.hash != CARD.hash


def test_the_order_of_languages_does_not_matter():
    """The same texts with the languages listed the other way round are the same card."""
    assert replace(CARD, title=dict(reversed(CARD.title.items()))).hash == CARD.hash


def test_a_session_asks_the_first_five_and_the_overall_question():
    """A card may hold more criteria than a session asks, but all in all is always asked, last."""
    assert CARD.asked == CARD.criteria[:5]
    overall = Criterion(OVERALL, {"km": "ជារួម"}, {"km": "?"})
    with_overall = replace(CARD, criteria=(*CARD.criteria, overall))
    assert with_overall.asked == (*CARD.criteria[:5], overall)
    assert replace(CARD, criteria=(CARD.criteria[0], overall)).asked == (CARD.criteria[0], overall)
    assert CARD.key == "hc"
    assert len(CARD.hash) == 64
