"""What scoring brings to the house."""

from typing import Any

from conversations.entries import CALLED_OFF
from conversations.refusals import OLD_BUTTON, SESSION_OVER, Why
from conversations.results.read_digest import READ
from conversations.scoring.about_you import AboutYouFacts, NoteGroups, about_you
from conversations.scoring.correct import CORRECT, CorrectFacts, correct
from conversations.scoring.join import ANOTHER, JOIN, PHONE_FULL, JoinFacts, join
from conversations.scoring.look import LookFacts, look
from conversations.scoring.none_used import NONE_USED, NoneUsed, SayNoneUsed
from conversations.scoring.not_yet import NotYetOpen
from conversations.scoring.practise import PRACTICE, EndPractice, PractiseFacts, point_practised, practise
from conversations.scoring.remind_me import WILL_REMIND, RemindMe
from conversations.scoring.score import CastBallot, ScoreFacts, compared_key, repair_key, score, score_key
from conversations.scoring.thanks import THANKS, Thanks
from conversations.sessions.close_session import CancelSession
from conversations.sessions.put_right import SERVICE_GONE
from scorecard.ballot import Compared
from scorecard.role import Act
from scorecard.session import MAX_SEATS, State, nudge_time
from storage.access import Openly
from storage.people import Dialogue, Person
from storage.room import Aside, Begin, Carries, ChatCommand, Leads, Room, Says, Show, Talk, Way
from storage.scoring.ballots import goes_on, scored_by
from storage.scoring.cancel_session import (
    CANCELLED,
    NOT_AFTER_ALL,
    carry_cancel,
    say_cancelled,
    say_not_after_all,
)
from storage.scoring.cast_ballot import carry_cast, carry_none_used, carry_note_groups
from storage.scoring.count_ballots import COUNTED, TURNOUTS
from storage.scoring.forget_voter import VOTER
from storage.scoring.nudges import (
    NO_NUDGES,
    NUDGED,
    NUDGES,
    WHO_ASKED,
    carry_remind_me,
    say_nudge,
    will_remind,
)
from storage.scoring.practise import carry_practice, load_practise
from storage.scoring.typed_code import CODE, WRONG_CODES
from storage.session import Held, by_id, of_command, of_payload
from storage.unit import Unit

SEATS = frozenset(map(str, range(1, MAX_SEATS + 1)))


def _join(unit: Unit, person: Person, held: Held) -> Way:
    """A link leads into its session while that goes on, and afterwards to what came out."""
    if held.session.state is State.PLANNED:
        return Show(NotYetOpen(held.session, held.payload))
    if not goes_on(unit, held):
        over = held.session.goes_on(unit.sure_now) or held.session.state is State.CANCELLED
        return _over(held) if over else READ(held.payload)
    going = person.dialogue
    if going is not None and going.session == held.session.id:
        return _begin(held, going.about.get("seat", 1))
    scored = scored_by(unit, held, person.id)
    return Show(Thanks(held.session, held.payload, min(scored), again=True)) if scored else _begin(held, 1)


def _another(unit: Unit, person: Person, held: Held) -> Way:
    if not goes_on(unit, held):
        return _over(held)
    scored = scored_by(unit, held, person.id)
    free = [seat for seat in range(1, MAX_SEATS + 1) if seat not in scored]
    return _begin(held, free[0]) if free else PHONE_FULL


def _correct(unit: Unit, person: Person, held: Held) -> Way:
    if not goes_on(unit, held):
        return _over(held)
    return Begin(correct, session=held.session.id) if scored_by(unit, held, person.id) else _begin(held, 1)


def _thanks(unit: Unit, _: Person, held: Held, seat: str) -> Way:
    if not goes_on(unit, held):
        return _over(held)
    return Show(Thanks(held.session, held.payload, int(seat) if seat in SEATS else 1))


def _practice(_: Unit, __: Person) -> Way:
    return Begin(practise)


def _nobodys(_: Unit, __: Person, ___: EndPractice) -> None:
    """Nothing is done to anything."""


def _none_used(unit: Unit, _: Person, held: Held) -> Way:
    return Show(NoneUsed(held.payload)) if goes_on(unit, held) else _over(held)


def _over(held: Held) -> Way:
    """What is told of a session that takes no ballots."""
    return CALLED_OFF() if held.session.state is State.CANCELLED else SESSION_OVER


def _begin(held: Held, seat: int) -> Begin:
    return Begin(join, {"seat": seat}, held.session.id, resumes=True)


def _open_session(unit: Unit, dialogue: Dialogue) -> Held | Why:
    """The session that a citizen's dialogue is about, while it goes on."""
    held = by_id(unit, dialogue.session) if dialogue.session is not None else None
    if held is None or held.bot != dialogue.bot or not goes_on(unit, held):
        return SESSION_OVER
    return held


def _load_join(unit: Unit, dialogue: Dialogue) -> JoinFacts | Why:
    held = _open_session(unit, dialogue)
    if isinstance(held, Why):
        return held
    seat = dialogue.about.get("seat", 1)
    remind = seat == 1 and nudge_time(unit.now, held.session.closes_at) is not None
    return JoinFacts(held.session, seat, remind)


def _will_remind(unit: Unit, person: Person, held: Held) -> Way:
    return Show(will_remind(unit, person, held)) if goes_on(unit, held) else _over(held)


def _load_score(unit: Unit, dialogue: Dialogue) -> ScoreFacts | Why:
    held = _open_session(unit, dialogue)
    if isinstance(held, Why):
        return held
    about = dialogue.about
    point, *rest = about["points"]
    here = held.session.point(point)
    if here is None:
        return SERVICE_GONE
    seat, correcting = about.get("seat", 1), about.get("correcting", False)
    of, before = about.get("of", len(rest) + 1), correct if correcting else join
    return ScoreFacts(held.session, here, tuple(rest), seat, correcting, of, before)


def _load_about_you(unit: Unit, dialogue: Dialogue) -> AboutYouFacts | Why:
    held = _open_session(unit, dialogue)
    return held if isinstance(held, Why) else AboutYouFacts(held.session, dialogue.about.get("seat", 1))


def _load_correct(unit: Unit, dialogue: Dialogue) -> CorrectFacts | Why:
    held = _open_session(unit, dialogue)
    if isinstance(held, Why):
        return held
    scored = scored_by(unit, held, dialogue.person)
    return CorrectFacts(held.session, scored) if scored else OLD_BUTTON


def _load_look(dialogue: Dialogue, below: Any) -> LookFacts | None:
    """What was answered so far, where a service is scored below."""
    answers = dialogue.answers
    point = below.point if isinstance(below, ScoreFacts) else None
    if isinstance(below, PractiseFacts):
        point = point_practised(below, answers)
    if point is None:
        return None
    answered = ((criterion, answers.get(score_key(point, criterion))) for criterion in point.criteria)
    scores = tuple((criterion, str(given)) for criterion, given in answered if given is not None)
    wish, compared = answers.get(repair_key(point)), answers.get(compared_key(point))
    return LookFacts(
        point,
        scores,
        repair=next((criterion for criterion in point.criteria if criterion.key == wish), None),
        wished=wish is not None,
        compared=next((one for one in Compared if one == compared), None),
        asked=compared is not None,
    )


PRACTICE_COMMAND = ChatCommand("practice", PRACTICE)

ROOM = Room(
    name="scoring",
    folders=("conversations.scoring", "storage.scoring"),
    flows=(
        Talk(join, _load_join),
        Talk(score, _load_score, follows=True),
        Talk(about_you, _load_about_you, follows=True),
        Talk(correct, _load_correct),
        Talk(practise, load_practise, practice=True),
    ),
    asides=(Aside(look, _load_look),),
    entries={
        JOIN: Leads(_join, Openly.BEARER, of_payload),
        ANOTHER: Leads(_another, Openly.BEARER, of_payload),
        CORRECT: Leads(_correct, Openly.BEARER, of_payload),
        THANKS: Leads(_thanks, Openly.BEARER, of_payload, more=1),
        WILL_REMIND: Leads(_will_remind, Openly.BEARER, of_payload),
        PRACTICE: Leads(_practice, Act.OPEN),
        NONE_USED: Leads(_none_used, Openly.BEARER, of_payload),
    },
    commands={
        CastBallot: Carries(carry_cast, Openly.BEARER, of_command),
        NoteGroups: Carries(carry_note_groups, Openly.BEARER, of_command),
        RemindMe: Carries(carry_remind_me, Openly.BEARER, of_command),
        EndPractice: Carries(carry_practice, Openly.ANYBODY, _nobodys),
        SayNoneUsed: Carries(carry_none_used, Openly.BEARER, of_command),
        CancelSession: Carries(carry_cancel, Act.CLOSE, of_command),
    },
    takes=(CODE,),
    chat=(PRACTICE_COMMAND,),
    due=(TURNOUTS, NUDGES),
    posts={
        NUDGED: Says(say_nudge),
        CANCELLED: Says(say_cancelled),
        NOT_AFTER_ALL: Says(say_not_after_all, group=True, passing=False),
    },
    at_closing=(COUNTED, NO_NUDGES),
    erases=(WRONG_CODES,),
    forgets=(WHO_ASKED, VOTER),
)
