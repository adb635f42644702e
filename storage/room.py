"""What a room brings to the house, and the grammar that its entries and commands are written in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

from conversations.chat import Screen
from conversations.commands import About, Command
from conversations.engine import Flow
from conversations.entries import Entry, EntryName
from conversations.notices import Notice, View
from conversations.refusals import Why
from scorecard.role import Act
from storage.access import Openly
from storage.people import Dialogue, Person
from storage.session import Held
from storage.unit import Unit

T = TypeVar("T")
Who = Act | Openly
"""Who may: whoever may act so where it is about, anybody, or whoever bears a link."""


# Where an entry leads


@dataclass(frozen=True, slots=True)
class Show:
    """A notice. `note`: what a tap is answered besides; `apart`: it is a message of its own, to be passed on."""

    notice: View
    note: Why | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Begin:
    """A dialogue to begin. `resumes`: one in progress about the same session and things is what is meant."""

    flow: Callable[[Any], Flow]
    about: About = field(default_factory=dict)
    session: int | None = None
    resumes: bool = False


@dataclass(frozen=True, slots=True)
class Do:
    """A command to carry out; `then`: what is seen instead where that was done already."""

    command: Command
    then: Entry


Way = Show | Begin | Do | Entry | Why


@dataclass(frozen=True, slots=True)
class Leads:
    """Where an entry leads.

    to: takes the unit, the person, what `of` found, and what else the entry is about; who: may come this way; of:
    finds what the entry's first argument names; bare: it may also come without that; more: how many arguments
    follow; over: as what it lies over a dialogue in progress, "" for that dialogue itself; turned: its buttons carry
    the turn of what it is about, and do something once.
    """

    to: Callable[..., Way]
    who: Who = Openly.ANYBODY
    of: Callable[[Unit, Person, str], Any] | None = None
    bare: bool = False
    more: int = 0
    over: str | None = None
    turned: bool = False


# What is carried out


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does something, on which of their messages, and what it is done to."""

    person: Person
    screen: Screen | None
    subject: Any


@dataclass(frozen=True, slots=True)
class Done:
    """What is seen after a command was carried out: on a person's screen, where a dialogue led to it.

    note: said besides; extra: a message of its own to pass on; commands: those offered from now on are others.
    """

    shows: Notice
    note: Why | None = None
    extra: Notice | None = None
    commands: bool = False


@dataclass(frozen=True, slots=True)
class Carries:
    """How a command is carried out, by whom, and what it is done to. Returns Done, a flow to follow, or why not.

    noted: it stands in the audit trail though no role is asked for; what is done by a role always does.
    """

    carry: Callable[[Unit, Doing, Any], Any]
    who: Who
    of: Callable[[Unit, Person, Any], Any]
    noted: bool = False

    @property
    def audited(self) -> bool:
        """Whether it may stand in the audit trail."""
        return self.noted or self.who is Openly.HOLDER or not isinstance(self.who, Openly)


# What else a room brings


@dataclass(frozen=True, slots=True)
class Talk:
    """A flow with what loads its facts, or says why they can't be had.

    follows: it comes after another flow, so that something would be lost with it even where nothing is answered yet;
    practice: nothing of it counts, and each of its screens says so.
    """

    flow: Callable[[Any], Flow]
    load: Callable[[Unit, Dialogue], Any]
    follows: bool = False
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """A flow that lies over a dialogue in progress; `facts`: of the dialogue and the facts below, None if it can't.

    button: the dialogue's own buttons lead there.
    """

    flow: Callable[[Any], Flow]
    facts: Callable[[Dialogue, Any], Any]
    button: bool = True


@dataclass(frozen=True, slots=True)
class Takes(Generic[T]):
    """Something besides taps that is taken in; the first room that has an answer to it gives it."""

    what: type[T]
    take: Callable[[Unit, Person, T], Any]


@dataclass(frozen=True, slots=True)
class Due:
    """Something that comes due: found, and done one by one. `done`: how the log calls it.

    reads: what takes long and is read beforehand, where nobody waits for it; `do` is given what came of that.
    """

    find: Callable[[Unit, int], Sequence[int]]
    do: Callable[..., bool]
    done: str
    reads: Callable[[Unit, int], object] | None = None


@dataclass(frozen=True, slots=True)
class AtClosing:
    """What is done in the transaction that closes a session; `by`: the facilitator who closed it, if one did."""

    do: Callable[[Unit, Held, int | None], None]


@dataclass(frozen=True, slots=True)
class Erases:
    """What is kept for a time only, and is erased then.

    erase: some of it, MOST_AT_ONCE at the most, and how many that were: it is called again until those are none, so
    that nobody waits for all of it; what: how the log calls it, where it tells of it.
    """

    erase: Callable[[Unit], int]
    what: str = ""


@dataclass(frozen=True, slots=True)
class Forgets:
    """What a room lets go of when a person, of a bot, is to be forgotten; `unless`: why something has to come first."""

    do: Callable[[Unit, int, int], None]
    unless: Callable[[Unit, int, int], Why | None] | None = None


@dataclass(frozen=True, slots=True)
class ChatCommand:
    """A command that people can send: in private where `entry` says where it leads, in groups where `take` takes it.

    offered: whether Telegram's menu shows it, to whoever may come where it leads; rarely: a group that asks again and
    again is not answered each time.
    """

    name: str
    entry: EntryName | None = None
    take: Callable[[Unit, Any], Notice | None] | None = None
    offered: bool = True
    rarely: bool = False


class Kind(str):
    """A kind of post."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """What a post says where that is more than a notice: in this language, in this topic of a group, or in place of
    these messages.

    Without a notice the messages it replaces are taken away; pinned: where posts of its kind are.
    """

    notice: Notice | None
    language: str | None = None
    topic: int | None = None
    replaces: tuple[int, ...] = ()
    pinned: bool = True


@dataclass(frozen=True, slots=True)
class Says:
    """What a kind of post says, and its manners.

    content: what it says now, None where there is nothing to say any more; group: it is for groups; passing:
    forgotten once it is done, for it may be asked for again, but no sooner than `again_after`; wiping: it only
    rewrites or removes a screen; pinned: where there is the right to; delivered: what is done once it got through;
    undelivered, unpinned: what is done where it can't be sent, or pinned.
    """

    content: Callable[[Unit, Any], Notice | Saying | None]
    group: bool = False
    passing: bool = True
    wiping: bool = False
    pinned: bool = False
    again_after: timedelta | None = None
    delivered: Callable[[Unit, Any], None] | None = None
    undelivered: Callable[[Unit, Any], None] | None = None
    unpinned: Callable[[Unit, Any], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a room brings.

    folders: the packages and modules that are its own, below and on this floor; in_groups: entries of buttons in
    groups, each with the command that a tap there means, None if it means none.
    """

    name: str
    folders: tuple[str, ...]
    flows: tuple[Talk, ...] = ()
    asides: tuple[Aside, ...] = ()
    entries: Mapping[EntryName, Leads] = field(default_factory=dict)
    in_groups: Mapping[EntryName, Callable[[Unit, Any], Command | None]] = field(default_factory=dict)
    commands: Mapping[type[Command], Carries] = field(default_factory=dict)
    takes: tuple[Takes[Any], ...] = ()
    due: tuple[Due, ...] = ()
    posts: Mapping[Kind, Says] = field(default_factory=dict)
    chat: tuple[ChatCommand, ...] = ()
    at_closing: tuple[AtClosing, ...] = ()
    erases: tuple[Erases, ...] = ()
    forgets: tuple[Forgets, ...] = ()
