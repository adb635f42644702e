"""The engine: whatever people tap, a dialogue stays valid, and replaying twice gives the same."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from effort import examples
from hypothesis import given
from hypothesis import strategies as st

from conversations.commands import Follow
from conversations.engine import (
    BACK,
    Accepted,
    Answers,
    Asking,
    Finished,
    Refused,
    accept,
    accept_line,
    replay,
    without,
)
from conversations.prompts import DONE, YES, Line, OneOf, SomeOf, Value
from conversations.scoring.correct import correct
from conversations.scoring.join import NONE, JoinFacts, UsedServices, join
from conversations.scoring.none_used import SayNoneUsed
from conversations.scoring.score import CastBallot, Faces, ScoreFacts, score
from conversations.sessions.open_session import (
    CommuneFacts,
    OpenFacts,
    OpenSession,
    PointChoice,
    SeeFirst,
    open_session,
)
from conversations.sessions.settings import Settings
from scorecard.card import Card, Criterion, Service
from scorecard.place import Location, Place, ServicePoint
from scorecard.session import Closing, Session, State

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)
PLACE = Location(Place("02", "ក", "A"), Place("0210", "ខ", "B"), Place("021001", "គ", "C"))
CRITERIA = tuple(Criterion(key, {"km": key}, {"km": key}) for key in ("toilets", "water", "hours"))
OFFICE = ServicePoint(1, Service.COMMUNE_OFFICE, "", "", PLACE, CRITERIA)
SCHOOLS = tuple(ServicePoint(n, Service.PRIMARY_SCHOOL, f"ស{n}", "", PLACE, CRITERIA) for n in (2, 3))
SESSION = Session(1, PLACE, (OFFICE, *SCHOOLS), "2026", State.OPEN, "30715248", NOON)
COMMUNE = CommuneFacts(PLACE, (Place("02100101", "ឃ", "D"),), (PointChoice("1", Service.COMMUNE_OFFICE, "", ""),))

CARD = Card(Service.COMMUNE_OFFICE, "1", {}, tuple(Criterion(key, {}, {}) for key in ("a", "ok", "ca", "d", "e", "f")))
OPEN_ALREADY = replace(COMMUNE, villages=(), open=(SESSION,))

FLOWS = (
    (join, JoinFacts(SESSION, 1)),
    (score, ScoreFacts(SESSION, SCHOOLS[0], (3,), 1, correcting=False, of=2, before=join)),
    (open_session, OpenFacts((COMMUNE, COMMUNE), {Closing.ONE_HOUR: NOON, Closing.SEVEN_DAYS: NOON})),
    (
        open_session,
        OpenFacts((OPEN_ALREADY,), {Closing.ONE_HOUR: NOON}, {CARD.service: CARD}, Settings(compares=False)),
    ),
)

flows = st.sampled_from(FLOWS)
chances = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 50), st.text(max_size=70)), max_size=40)


def tap(asking: Asking, kind: int, pick: int, text: str) -> tuple[str, bool]:
    """A tap on one of the prompt's own buttons mostly; else Back, a code of nobody's, or a line (True)."""
    prompt = asking.prompt
    if kind == 0:
        return BACK, False
    if kind == 1:
        return text, False
    if isinstance(prompt, Line) or kind == 2:
        return text or "ស្រុក", True
    codes = prompt.options if isinstance(prompt, OneOf) else (*prompt.options, *prompt.at_once, DONE)
    return codes[pick % len(codes)], False


def read_back(answers: Answers) -> dict[str, Value]:
    """The answers as they come back from the database."""
    stored = json.loads(json.dumps(answers))
    return {key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()}


@given(flows, chances)
@examples(300)
def test_any_taps_lead_to_a_valid_state(flow_and_facts, taps) -> None:
    """Whatever is tapped or typed, the flow asks something that fits, or has ended; a refusal changes nothing."""
    flow, facts = flow_and_facts
    answers: dict[str, Value] = {}
    for kind, pick, text in taps:
        here = replay(flow, facts, answers)
        assert here == replay(flow, facts, read_back(answers))
        if isinstance(here, Finished):
            assert isinstance(here.command, CastBallot | Follow | OpenSession | SayNoneUsed | SeeFirst)
            break
        given_, typed = tap(here, kind, pick, text)
        outcome = accept_line(flow, facts, answers, given_) if typed else accept(flow, facts, answers, given_)
        if isinstance(outcome, Refused):
            assert outcome.asking == here
            continue
        assert outcome.here == replay(flow, facts, outcome.answers)
        answers = read_back(outcome.answers)
        if isinstance(outcome.here, Asking) and isinstance(outcome.here.prompt, SomeOf):
            assert set(outcome.here.draft) <= set(outcome.here.prompt.options)


@given(st.lists(st.sampled_from([*"12345", "dk"]), min_size=3, max_size=3), st.integers(1, 5))
@examples(100)
def test_back_and_the_same_again_leads_to_the_same_place(faces, steps) -> None:
    """Going back and answering as before is as if nothing had been."""
    facts = ScoreFacts(SESSION, OFFICE, (), 1, correcting=False)
    answers: dict[str, Value] = {}
    given_ = [*faces, "water", "worse", "yes"]
    for value in given_[:steps]:
        before = answers
        answers = accepted(accept(score, facts, answers, value)).answers
        undone = accepted(accept(score, facts, answers, BACK)) if steps < len(given_) else None
        if undone is not None:
            assert undone.here == replay(score, facts, before)
            assert accepted(accept(score, facts, undone.answers, value)).answers == answers


def test_back_at_the_first_question_leads_to_the_choice_of_services() -> None:
    """To the services where there are several, to a single one’s welcome, to what is corrected where that is done."""
    facts = ScoreFacts(SESSION, SCHOOLS[0], (3,), 1, correcting=False, before=join)
    assert accepted(accept(score, facts, {}, BACK)).here == Finished(Follow(join, {"seat": 1}, {"start": YES}))
    here = replay(join, JoinFacts(SESSION, 1), {"start": YES})
    assert isinstance(here, Asking)
    assert isinstance(here.prompt, UsedServices)
    alone = replace(facts, session=replace(SESSION, points=(SCHOOLS[0],)))
    assert accepted(accept(score, alone, {}, BACK)).here == Finished(Follow(join, {"seat": 1}))
    correcting = replace(facts, correcting=True, before=correct)
    assert accepted(accept(score, correcting, {}, BACK)).here == Finished(Follow(correct, {"seat": 1}))


def test_back_after_the_first_question_takes_an_answer_back() -> None:
    """Only where nothing lies behind does back lead out."""
    facts = ScoreFacts(SESSION, OFFICE, (), 1, correcting=False, before=join)
    answered = accepted(accept(score, facts, {}, "4")).answers
    assert accepted(accept(score, facts, answered, BACK)).answers == {}


def test_who_used_none_of_the_services_says_so() -> None:
    """Among several kinds, whatever was turned on before, and where there is only one."""
    said = Finished(SayNoneUsed(SESSION.id))
    started: dict[str, Value] = {"start": YES}
    assert accepted(accept(join, JoinFacts(SESSION, 1), started, NONE)).here == said
    kind = SESSION.kinds[0].value
    toggled = accepted(accept(join, JoinFacts(SESSION, 1), started, kind)).answers
    assert accepted(accept(join, JoinFacts(SESSION, 1), toggled, NONE)).here == said
    alone = JoinFacts(replace(SESSION, points=(OFFICE,)), 1)
    assert accepted(accept(join, alone, {}, NONE)).here == said


@given(st.permutations(range(3)))
@examples(100)
def test_swapped_questions_never_swap_their_answers(order) -> None:
    """A card whose criteria stand in another order takes each answer under its own name."""
    facts = ScoreFacts(SESSION, OFFICE, (), 1, correcting=False)
    answers: dict[str, Value] = {}
    for value in ("1", "3", "5", "skip", "same", "yes"):
        answers = accepted(accept(score, facts, answers, value)).answers
    swapped = ServicePoint(1, Service.COMMUNE_OFFICE, "", "", PLACE, tuple(CRITERIA[n] for n in order))
    ended = replay(score, ScoreFacts(SESSION, swapped, (), 1, correcting=False), answers)
    assert isinstance(ended, Finished)
    assert isinstance(ended.command, CastBallot)
    assert ended.command.scores == {"toilets": 1, "water": 3, "hours": 5}


def test_a_criterion_that_is_new_is_asked_and_the_rest_is_kept() -> None:
    """A changed card breaks no dialogue under way: what is missing is asked, what was answered stands."""
    answers = {"ca1.toilets": "4", "ca1.hours": "2"}
    here = replay(score, ScoreFacts(SESSION, OFFICE, (), 1, correcting=False), answers)
    assert isinstance(here, Asking)
    assert isinstance(here.prompt, Faces)
    assert here.prompt.criterion.key == "water"
    outcome = accepted(accept(score, ScoreFacts(SESSION, OFFICE, (), 1, correcting=False), answers, "5"))
    assert isinstance(outcome.here, Asking)
    assert outcome.here.prompt.key == "ca1!repair"


def test_an_answer_that_no_longer_fits_is_asked_anew() -> None:
    """A repair wish for a criterion that is gone is not taken for another."""
    answers: dict[str, Value] = {"ca1.toilets": "4", "ca1.water": "2", "ca1.hours": "3", "ca1!repair": "roof"}
    here = replay(score, ScoreFacts(SESSION, OFFICE, (), 1, correcting=False), answers)
    assert isinstance(here, Asking)
    assert here.prompt.key == "ca1!repair"


def test_changing_one_answer_keeps_the_others() -> None:
    """Change(key) asks that question alone."""
    answers: dict[str, Value] = {"ca1.toilets": "4", "ca1.water": "2", "ca1.hours": "3"}
    here = replay(score, ScoreFacts(SESSION, OFFICE, (), 1, correcting=False), without(answers, "ca1.water"))
    assert isinstance(here, Asking)
    assert here.prompt.key == "ca1.water"
    assert here.behind == ("ca1.toilets",)


def accepted(outcome: Accepted | Refused) -> Accepted:
    assert isinstance(outcome, Accepted)
    return outcome
