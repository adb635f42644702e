"""Who works with a coordinator or an administrator, what they can do about that, and what was done."""

from dataclasses import dataclass
from datetime import date, datetime

from conversations.commands import Command
from conversations.entries import Entry, EntryName
from conversations.notices import Notice, View
from conversations.refusals import Why
from scorecard.place import Location
from scorecard.role import Role

TEAM = EntryName("team")
MEMBER = EntryName("member")
INVITED = EntryName("invited")
TRAINED = EntryName("trained")
TAKE_BACK = EntryName("take_back")
TRAIL = EntryName("trail")

TAKEN_BACK = Why("taken back")
NOT_INVITED = Why("not invited")
NO_COLLEAGUE = Why("no colleague")

ON, OFF = "1", "0"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role, as whoever looks after them sees them: in the communes that both have.

    name: as whoever invited them wrote it; sessions: how many of theirs are planned or open there.
    """

    person: int
    name: str | None
    partner: str | None
    roles: tuple[tuple[Role, tuple[Location, ...]], ...]
    trained: bool
    sessions: int = 0


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who has not come yet, by the first signs of what their invitation is found by."""

    id: str
    name: str | None
    partner: str | None
    role: Role
    communes: tuple[Location, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Team(View):
    """A page of those with whom somebody works, and who has not come yet. `more`: there is another page."""

    members: tuple[Member, ...]
    invited: tuple[Invited, ...]
    page: int = 0
    more: bool = False

    @property
    def entry(self) -> Entry:
        return TEAM(self.page) if self.page else TEAM()


@dataclass(frozen=True, slots=True)
class AboutMember(View):
    """One of them."""

    member: Member

    @property
    def entry(self) -> Entry:
        return MEMBER(self.member.person)


@dataclass(frozen=True, slots=True)
class AboutInvited(View):
    """One who has not come yet."""

    invited: Invited

    @property
    def entry(self) -> Entry:
        return INVITED(self.invited.id)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done by a role: who (None: they have no role any more), what, where, on which day.

    detail: a code that says more of it, if anything; at: the minute, for opening and closing alone.
    """

    name: str | None
    act: str
    detail: str
    place: Location | None
    day: date
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Trail(View):
    """A page of what was done, newest first. `more`: there is another page."""

    done: tuple[Deed, ...]
    page: int = 0
    more: bool = False

    @property
    def entry(self) -> Entry:
        return TRAIL(self.page) if self.page else TRAIL()


@dataclass(frozen=True, slots=True)
class PassInvitation(Notice):
    """An invitation to pass on to whom it is for."""

    role: Role
    communes: tuple[Location, ...]
    payload: str


@dataclass(frozen=True, slots=True)
class RoleTaken(Notice):
    """For whom a role was taken from."""


@dataclass(frozen=True, slots=True)
class MarkTrained(Command):
    """Note that somebody was trained, or was not."""

    person: int
    trained: bool


@dataclass(frozen=True, slots=True)
class TakeBack(Command):
    """Take an invitation back that nobody has accepted."""

    invitation: str
