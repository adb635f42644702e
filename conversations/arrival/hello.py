"""What people are told who come in: hello, help, how they are protected, which languages there are."""

from dataclasses import dataclass

from conversations.entries import HELLO, PRIVACY, Entry, EntryName
from conversations.notices import View
from conversations.refusals import Why
from scorecard.session import Session

HELP = EntryName("help")
LANGUAGE = EntryName("language")
PRIVACY_MORE = EntryName("privacy_more")
NOTHING_BEGUN = Why("nothing begun")


@dataclass(frozen=True, slots=True)
class Hello(View):
    """For a person who comes without a link, with the commands of their role."""

    commands: tuple[str, ...] = ()

    @property
    def entry(self) -> Entry:
        return HELLO()


@dataclass(frozen=True, slots=True)
class Help(View):
    """What can be done here: commands for everybody, and those of this person's role.

    under_way: sessions in their communes, two at most: whether there is one, or more.
    """

    everybody: tuple[str, ...]
    commands: tuple[str, ...] = ()
    under_way: tuple[Session, ...] = ()

    @property
    def entry(self) -> Entry:
        return HELP()


@dataclass(frozen=True, slots=True)
class HowProtected(View):
    """How people are protected."""

    @property
    def entry(self) -> Entry:
        return PRIVACY()


@dataclass(frozen=True, slots=True)
class MoreOnProtection(View):
    """What is kept and how long, and what people can't be protected from."""

    @property
    def entry(self) -> Entry:
        return PRIVACY_MORE()


@dataclass(frozen=True, slots=True)
class ChooseLanguage(View):
    """For a person who wants another language."""

    @property
    def entry(self) -> Entry:
        return LANGUAGE()
