"""What arrival brings to the house."""

from typing import Any

from conversations.arrival.forget_me import FORGET, FORGET_ME, FORGOTTEN, AskForget, ForgetMe
from conversations.arrival.go_on import GoOnFacts, go_on
from conversations.arrival.guide import GUIDE, SendGuide
from conversations.arrival.hello import (
    HELP,
    LANGUAGE,
    NOTHING_BEGUN,
    PRIVACY_MORE,
    ChooseLanguage,
    Hello,
    HowProtected,
    MoreOnProtection,
)
from conversations.arrival.leave import LeaveFacts, leave
from conversations.arrival.over import CalledOff, Ended, Left
from conversations.arrival.privacy import privacy
from conversations.entries import (
    CALLED_OFF,
    ENDED,
    HELLO,
    HERE,
    LEAVE,
    LEFT,
    OVER,
    PRIVACY,
    REFUSED,
    STOPPED,
    EntryName,
    from_text,
)
from conversations.notices import Refusal, View
from conversations.refusals import TROUBLE
from storage.access import Openly, acts_of
from storage.arrival.forget_me import PERSON, carry_forget, still_forgotten
from storage.arrival.guide import GUIDE_SENT, SAYS_GUIDE, carry_guide, help_for
from storage.enter import is_scoring
from storage.outbox import REMOVE, Post
from storage.people import Dialogue, Person
from storage.room import Aside, Carries, ChatCommand, Do, Leads, Room, Saying, Says, Show, Way
from storage.session import Held, of_payload
from storage.unit import Unit
from storage.updates import NOTED
from storage.wipe import IDLE, WIPE

_OVER: dict[EntryName, Ended | Left | CalledOff] = {
    ENDED: Ended(),
    OVER: Ended(closed=True),
    LEFT: Left(),
    STOPPED: Left(scoring=False),
    CALLED_OFF: CalledOff(),
}
"""What is told when something is over, by its entry."""


def _telling(shown: View, over: str | None = None) -> Leads:
    """An entry that always shows the same."""
    return Leads(lambda _, __: Show(shown), over=over)


def _hello(unit: Unit, person: Person) -> Way:
    return Show(Hello(_commands(unit, person)))


def _help(unit: Unit, person: Person) -> Way:
    return Show(help_for(unit, person, HELP))


def _guide(_: Unit, __: Person) -> Way:
    return Do(SendGuide(), then=HELP())


def _ask_forget(unit: Unit, person: Person) -> Way:
    return Show(AskForget(facilitator=bool(acts_of(unit, person.bot, person.id))))


def _forget_me(_: Unit, __: Person) -> Way:
    return Do(ForgetMe(), then=FORGOTTEN())


def _forgotten(unit: Unit, person: Person) -> Way:
    return Show(still_forgotten(unit, person.bot, person.id))


def _nobodys(_: Unit, __: Person, ___: ForgetMe | SendGuide) -> None:
    """Whoever says so is meant."""


def _leave(_: Unit, __: Person) -> Way:
    return NOTHING_BEGUN


def _refused(unit: Unit, _: Person, why: str) -> Way:
    return Show(Refusal(unit.house.whys.get(why.lower(), TROUBLE)))


def _left(_: Unit, __: Person, held: Held | None) -> Way:
    return Show(Left(payload="" if held is None else held.payload))


def _commands(unit: Unit, person: Person) -> tuple[str, ...]:
    """The commands of a person's role."""
    return unit.house.offered_besides(acts_of(unit, person.bot, person.id))


def _say_over(_: Unit, post: Post) -> Ended | Left | CalledOff | None:
    shown = from_text(post.detail)
    return None if shown is None else _OVER.get(EntryName(shown.name))


def _say_nothing(_: Unit, __: Post) -> Saying:
    return Saying(None)


def _facts_of_going_on(dialogue: Dialogue, _: Any) -> GoOnFacts:
    return GoOnFacts(elsewhere=dialogue.aside is not None and bool(dialogue.aside.about))


def _facts_of_leaving(dialogue: Dialogue, _: Any) -> LeaveFacts:
    return LeaveFacts(scoring=is_scoring(dialogue))


def _facts_of_privacy(_: Dialogue, __: Any) -> tuple[()]:
    return ()


START_COMMAND = ChatCommand("start", HELLO)
LANGUAGE_COMMAND = ChatCommand("language", LANGUAGE)
PRIVACY_COMMAND = ChatCommand("privacy", PRIVACY)
HELP_COMMAND = ChatCommand("help", HELP)
CANCEL_COMMAND = ChatCommand("cancel", LEAVE)

ROOM = Room(
    name="arrival",
    folders=(
        "conversations.arrival",
        "conversations.entries",
        "conversations.notices",
        "conversations.refusals",
        "storage.arrival",
        "storage.outbox",
        "storage.updates",
        "storage.wipe",
    ),
    asides=(
        Aside(go_on, _facts_of_going_on, button=False),
        Aside(privacy, _facts_of_privacy),
        Aside(leave, _facts_of_leaving),
    ),
    entries={
        HELLO: Leads(_hello, over="go_on"),
        HERE: Leads(_hello, over=""),
        HELP: Leads(_help),
        GUIDE: Leads(_guide),
        PRIVACY: _telling(HowProtected(), over="privacy"),
        PRIVACY_MORE: _telling(MoreOnProtection()),
        LANGUAGE: _telling(ChooseLanguage()),
        FORGET: Leads(_ask_forget),
        FORGET_ME: Leads(_forget_me),
        FORGOTTEN: Leads(_forgotten),
        LEAVE: Leads(_leave, over="leave"),
        **{name: _telling(shown) for name, shown in _OVER.items()},
        LEFT: Leads(_left, of=of_payload, bare=True),
        REFUSED: Leads(_refused, more=1),
    },
    commands={
        ForgetMe: Carries(carry_forget, Openly.ANYBODY, _nobodys),
        SendGuide: Carries(carry_guide, Openly.ANYBODY, _nobodys),
    },
    posts={
        GUIDE_SENT: SAYS_GUIDE,
        WIPE: Says(_say_over, wiping=True),
        REMOVE: Says(_say_nothing, wiping=True),
    },
    chat=(START_COMMAND, LANGUAGE_COMMAND, PRIVACY_COMMAND, HELP_COMMAND, CANCEL_COMMAND),
    erases=(NOTED, IDLE),
    forgets=(PERSON,),
)
