"""What comes in from people and groups, and what a unit of work answers."""

from dataclasses import dataclass

from conversations.engine import Asking
from conversations.notices import Notice, Why


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on a button of a dialogue, on the screen it stands on. `turn` is the one the button was drawn in."""

    bot: int
    person: int
    dialogue: str
    turn: int
    value: str
    screen: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person comes by a link, a command or a button outside a dialogue.

    entry: `name` or `name:detail`; update_id: of what is not a tap, so that a redelivery only redraws;
    screen: the message whose button was tapped; language: chosen with the same tap.
    """

    bot: int
    person: int
    entry: str
    update_id: int | None = None
    screen: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A person wrote something; `text` is None for pictures, stickers and the like."""

    bot: int
    person: int
    text: str | None
    update_id: int


@dataclass(frozen=True, slots=True)
class InGroup:
    """Somebody speaks to the bot in a group.

    person: 0 where nobody is named; command: without its slash, empty for anything else; title: the group's.
    """

    bot: int
    chat: int
    person: int
    update_id: int
    command: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class GroupTap:
    """A tap on a language in a group, on the message it stands on."""

    bot: int
    chat: int
    person: int
    language: str
    screen: int


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was added to a chat, blocked or removed. was_here, here: whether it could write there, and now can."""

    bot: int
    chat: int
    person: int
    update_id: int
    private: bool
    was_here: bool
    here: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class Migrated:
    """A group has grown into a supergroup, which has another id."""

    bot: int
    chat: int
    to: int


Event = Tap | Arrival | Heard | InGroup | GroupTap | Membership | Migrated


@dataclass(frozen=True, slots=True)
class Question:
    """The prompt that a dialogue waits at."""

    dialogue: str
    turn: int
    asking: Asking


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person shall see, in their language.

    screen: the message to rewrite, None for a new one; gone: an earlier screen to remove; note: said above a
    new screen, or as the answer to a tap; extra: a message of its own to pass on.
    """

    language: str
    shows: Question | Notice
    screen: int | None = None
    gone: int | None = None
    note: Why | None = None
    extra: Notice | None = None
