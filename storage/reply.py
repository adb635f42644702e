"""What comes in, and what a unit of work answers."""

from dataclasses import dataclass

from conversations.chat import Chat, Screen
from conversations.engine import Asking
from conversations.entries import Entry
from conversations.notices import Notice
from conversations.refusals import Why


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on a button of a dialogue, on the screen it stands on. `turn` is the one the button was drawn in."""

    bot: int
    person: int
    dialogue: str
    turn: int
    value: str
    screen: Screen


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person comes by a link, a command or a button outside a dialogue.

    update_id: so that a redelivery only shows; screen: the message whose button was tapped; language: chosen with
    the same tap.
    """

    bot: int
    person: int
    entry: Entry
    update_id: int
    screen: Screen | None = None
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

    person: 0 where nobody is named, as where an administrator writes as the group; command: without its slash, empty
    for anything else.
    """

    bot: int
    chat: Chat
    person: int
    update_id: int
    command: str = ""


@dataclass(frozen=True, slots=True)
class GroupTap:
    """A tap on a button in a group; `administers`: the person is known to be an administrator of it."""

    bot: int
    chat: Chat
    person: int
    entry: Entry
    screen: Screen
    administers: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was added to a chat, blocked or removed: whether it could write there before, and can now."""

    bot: int
    chat: Chat
    person: int
    update_id: int
    was_here: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Migrated:
    """A group has grown into a supergroup: it has another id."""

    bot: int
    chat: int
    to: int


Event = Tap | Arrival | Heard | InGroup | GroupTap | Membership | Migrated


@dataclass(frozen=True, slots=True)
class Question:
    """The prompt that a dialogue waits at; `practice`: nothing of it counts."""

    dialogue: str
    turn: int
    asking: Asking
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person shall see, in their language.

    screen: the message to rewrite, None for a new one; gone: an earlier screen to remove; note: said above a
    new screen, or as the answer to a tap; extra: a message of its own to pass on; commands: those to offer from now
    on, None where they stay as they are.
    """

    language: str
    shows: Question | Notice
    screen: Screen | None = None
    gone: Screen | None = None
    note: Why | None = None
    extra: Notice | None = None
    commands: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class GroupReply:
    """What a group is told; `screen`: the message to rewrite; refused: what the person who tapped is answered."""

    chat: Chat
    notice: Notice | None = None
    screen: Screen | None = None
    refused: Why | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Leaving:
    """The bot leaves a chat where it has nothing to do; `tells`: what who brought it there hears in private."""

    chat: int
    tells: Reply | None
