"""Screens for people who read little: few words, counted as ICU parts Khmer; the rest is signs."""

from datetime import UTC, date, datetime
from itertools import combinations

import pytest
from icu import khmer_words
from transcripts.screen_checks import plain

from bot.drawing.drawer import Drawer
from bot.drawing.rooms import DRAWS
from bot.drawing.signs import CRITERIA
from conversations.arrival.hello import HowProtected
from conversations.engine import Asking
from conversations.prompts import Prompt
from conversations.scoring.join import JoinFacts, Welcome, join
from conversations.scoring.score import Faces
from files.cards import shipped_cards
from scorecard.card import Card, Service
from scorecard.place import Location, Place, ServicePoint
from scorecard.session import Session, State
from storage.reply import Question

MOST_ON_WELCOME, MOST_IN_A_QUESTION, MOST_ON_PRIVACY = 45, 14, 125
CLOSES = datetime(2026, 11, 24, 11, tzinfo=UTC)
HERE = Location(Place("02", "បាត់ដំបង", "Battambang"), Place("0208", "សង្កែ", "Sangkae"), Place("020803", "នរា", "Norea"))
DRAWER = Drawer("samleng_bot", "1288", DRAWS)
CARDS = {card.service: card for card in shipped_cards()}
SOME_SERVICES = [kinds for number in (1, 2, 3) for kinds in combinations(Service, number)]


def session(kinds: tuple[Service, ...], shown_on: date | None) -> Session:
    points = tuple(ServicePoint(i, kind, "នរា", "Norea", HERE, CARDS[kind].asked) for i, kind in enumerate(kinds, 1))
    return Session(1, HERE, points, "2026", State.OPEN, "30715248", CLOSES, shown_on=shown_on)


def screen(prompt: Prompt, language: str = "km") -> str:
    return plain(DRAWER.private(Question("d", 1, Asking(prompt)), language).text)


def first_prompt(flow, facts) -> Prompt:
    return next(flow(facts))


@pytest.mark.parametrize("shown_on", [None, date(2026, 12, 30)])
@pytest.mark.parametrize("kinds", SOME_SERVICES)
def test_the_welcome_is_short(kinds: tuple[Service, ...], shown_on: date | None) -> None:
    """The whole of it, with the place, whatever is scored, and on whatever day its result comes."""
    prompt = first_prompt(join, JoinFacts(session(kinds, shown_on), 1))
    assert isinstance(prompt, Welcome)
    (words,) = khmer_words([screen(prompt)])
    assert len(words) <= MOST_ON_WELCOME, words


def test_the_welcome_says_what_people_need_to_know() -> None:
    """From what age, how long, what comes of it, whom to turn to; a sign begins each line."""
    text = screen(first_prompt(join, JoinFacts(session(tuple(Service), None), 1)), "en")
    lines = [line for line in text.splitlines() if line]
    assert lines[2:5] == ["🏛 Office of the commune", "🏥 Health centre", "🏫 Primary school"]
    assert "🧑 From 15 years on" in lines
    assert "⏱ About 4 minutes" in lines
    assert "☎ Something grave: 1288" in lines
    assert "📊 The commune sees the joint result soon." in lines


@pytest.mark.parametrize(("kinds", "minutes"), [(1, 2), (2, 3), (3, 4)])
def test_the_time_fits_the_services(kinds: int, minutes: int) -> None:
    """A minute for each kind of service, of which people score one, and one for all the rest."""
    assert session(tuple(Service)[:kinds], None).minutes == minutes


def test_a_question_is_short() -> None:
    """Of every card every criterion: its sign, its label, and what is meant. What is asked of all is said once."""
    asked = [(one.sign, _questions(card, number=2)[one.key]) for card in CARDS.values() for one in card.criteria]
    assert all(text.startswith(CRITERIA[sign]) for sign, text in asked)
    for words in khmer_words([text for _, text in asked]):
        assert len(words) <= MOST_IN_A_QUESTION, words


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_frame_is_said_once(language: str) -> None:
    """At the first question of a service, with what the first and last face mean; at no other."""
    frame = {"km": "តើលោកអ្នកពេញចិត្តកម្រិតណា?", "en": "How satisfied are you?"}[language]
    for card in CARDS.values():
        assert all(text.count(frame) == 1 for text in _questions(card, number=1, language=language).values())
        for text in _questions(card, number=2, language=language).values():
            assert frame.rstrip("?").casefold() not in text.casefold()
            assert "😡" not in text


def test_privacy_is_short() -> None:
    """The whole notice."""
    (words,) = khmer_words([plain(DRAWER.private(HowProtected(), "km").text)])
    assert len(words) <= MOST_ON_PRIVACY, len(words)


def _questions(card: Card, *, number: int, language: str = "km") -> dict[str, str]:
    """By criterion, what is asked below the line with the service's name."""
    at = session((card.service,), None)
    (point,) = at.points
    texts = {
        one.key: screen(Faces(key=one.key, session=at, point=point, criterion=one, number=number), language)
        for one in card.criteria
    }
    return {key: text.split("\n\n", 1)[1] for key, text in texts.items()}
