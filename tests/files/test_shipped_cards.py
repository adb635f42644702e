"""The cards that come with the program."""

import re

import pytest
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform
from pyxform.xls2xform import convert

from files.cards import shipped_cards
from scorecard.card import OVERALL, Service, card_from_json, card_to_json
from scorecard.sign import Sign

SHIPPED = {card.key: card for card in shipped_cards()}


@pytest.mark.parametrize("service", Service)
def test_every_service_has_a_card(service):
    """Each kind of service is shipped with a card of six to twelve criteria in two languages, and the overall one."""
    card = SHIPPED[service]
    assert card.service is service
    assert 6 <= len(card.criteria) - 1 <= 12
    assert card.criteria[-1].key == card.asked[-1].key == OVERALL
    assert len(card.asked) == 6
    texts = [card.title, *(words for one in card.criteria for words in (one.label, one.question))]
    assert all(set(words) == {"km", "en"} for words in texts)


@pytest.mark.parametrize("card", SHIPPED.values(), ids=SHIPPED)
def test_shipped_texts_keep_to_their_script(card):
    """Khmer texts hold no Latin letter and no Latin figure, English ones no Khmer."""
    for criterion in card.criteria:
        for words in (card.title, criterion.label, criterion.question):
            assert re.fullmatch("[\u1780-\u17d3\u17e0-\u17e9 /?]+", words["km"])
        for words in (criterion.label, criterion.question):
            assert re.fullmatch("[A-Za-z ,?-]+", words["en"])


@pytest.mark.parametrize("card", SHIPPED.values(), ids=SHIPPED)
def test_shipped_criteria_are_short_and_ask_politely(card):
    """A criterion's name fits a button; its question asks politely how satisfied the person is."""
    for criterion in card.criteria:
        assert all(len(label) <= 30 for label in criterion.label.values())
        km, en = ("ជារួម ", "All in all, h") if criterion.key == OVERALL else ("", "H")
        assert criterion.question["km"].startswith(f"{km}តើលោកអ្នកពេញចិត្តកម្រិតណា ចំពោះ")
        assert criterion.question["en"].startswith(f"{en}ow satisfied are you with ")
        assert all(question.endswith("?") for question in criterion.question.values())


@pytest.mark.parametrize("card", SHIPPED.values(), ids=SHIPPED)
def test_shipped_criteria_have_signs(card):
    """Each criterion is told from the others of its card by its sign alone."""
    signs = [criterion.sign for criterion in card.criteria]
    assert len(set(signs)) == len(signs)
    assert set(signs) <= {*Sign}


def test_a_shipped_card_survives_being_stored():
    """A card read from its file is the same after it was written out as JSON and read back."""
    for card in SHIPPED.values():
        assert card_from_json(card_to_json(card)) == card


@pytest.mark.parametrize("key", SHIPPED)
def test_pyxform_reads_a_shipped_card_by_itself(key, pytestconfig):
    """Without our reader, pyxform finds the same questions in a shipped file, and nothing to warn about."""
    warnings = []
    by_itself = workbook_to_json(get_xlsform(str(pytestconfig.rootpath / "cards" / f"{key}.md")), warnings=warnings)
    questions = [child for child in by_itself["children"] if child["type"] == "select one"]
    assert [question["name"] for question in questions] == [one.key for one in SHIPPED[key].criteria]
    assert [question["hint"]["Khmer (km)"] for question in questions] == [
        one.question["km"] for one in SHIPPED[key].criteria
    ]
    assert warnings == []


@pytest.mark.parametrize("key", SHIPPED)
def test_odk_and_kobo_open_a_shipped_card(key, pytestconfig):
    """pyxform, which both convert forms with, makes an XForm of it, with its criteria, title and version."""
    card = SHIPPED[key]
    made = convert(pytestconfig.rootpath / "cards" / f"{key}.md")
    assert made.warnings == []
    assert f"<h:title>{card.title['km']}</h:title>" in made.xform
    assert f'version="{card.version}"' in made.xform
    assert all(f"/{one.key}" in made.xform for one in card.criteria)


FIRST_SIX = {
    "ca": ("service_time", "fees", "attitude", "working_hours", "information", "response"),
    "hc": ("attitude", "treatment", "medicines", "working_hours", "day_and_night", "water"),
    "ps": ("teaching_hours", "teachers_and_pupils", "classrooms", "materials", "toilets", "hand_washing"),
}


@pytest.mark.parametrize("key", SHIPPED)
def test_what_the_field_asks_most_stands_first(key):
    """A session asks the first five as a rule: what meetings score most, not what a workbook began with."""
    assert tuple(one.key for one in SHIPPED[key].single[:6]) == FIRST_SIX[key]
