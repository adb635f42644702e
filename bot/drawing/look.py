"""How a room looks: a line in its DRAWS for whatever it can ask, tell, refuse and be told to do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.drawing.layout import Button, Drawn
from conversations.commands import Command
from conversations.engine import Asking
from conversations.entries import Entry, to_start
from conversations.notices import Notice
from conversations.prompts import Prompt
from conversations.refusals import Why
from storage.house import House, classes, constants, each_stands
from wording.catalogue import Wording

Languages = tuple[str, ...]
"""The languages of a group: what it is told stands there in each, one beneath the other."""


@dataclass(frozen=True, slots=True)
class Described:
    """A chat command: as Telegram's menu has it, and as a line of /help."""

    menu: Callable[[Wording], str]
    line: Callable[[Wording], str] | None = None


@dataclass(frozen=True, slots=True)
class Bot:
    """Whose messages are drawn.

    referral: whom to call for something grave; whys, commands, acts: how all rooms say theirs.
    """

    name: str
    referral: str
    whys: Mapping[str, Callable[[Wording], str]]
    commands: Mapping[str, Described]
    acts: Mapping[str, Callable[[Wording], str]] = field(default_factory=dict)

    def link(self, entry: Entry) -> str:
        """The link that opens the private chat, and leads there."""
        return f"https://t.me/{self.name}?start={to_start(entry)}"

    def link_with(self, payload: str) -> str:
        """The link that opens the private chat with a payload."""
        return f"https://t.me/{self.name}?start={payload}"

    def add_to_group(self, say: Wording) -> Button:
        """The button that lets a person choose a group, and adds the bot to it."""
        return Button(say.plain("Add me to a group"), url=f"https://t.me/{self.name}?startgroup=link")

    def why(self, why: Why, say: Wording) -> str:
        """One or two sentences without markup."""
        return self.whys[why](say)

    def lines(self, commands: Iterable[str], say: Wording) -> str:
        """Some chat commands, a line each."""
        return "\n".join(line(say) for name in commands if (line := self.commands[name].line) is not None)

    def for_facilitators(self, commands: Iterable[str], say: Wording) -> str:
        """The commands of whoever has a role, a line each."""
        heading = say("For facilitators:") if "open" in commands else say("For you:")
        return heading + "\n" + self.lines(commands, say)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """How a room looks: what it asks and tells in private, what it tells groups, what it refuses, its commands.

    welcomes: what it asks where the bot itself is spoken of; acts: how the audit trail says what somebody did.
    """

    prompts: Mapping[type[Prompt], Callable[[Asking, Any, Wording], Drawn]] = field(default_factory=dict)
    welcomes: Mapping[type[Prompt], Callable[[Asking, Any, Wording, Bot], Drawn]] = field(default_factory=dict)
    notices: Mapping[type[Notice], Callable[[Any, Wording, Bot], Drawn]] = field(default_factory=dict)
    in_groups: Mapping[type[Notice], Callable[[Any, Languages, Bot], Drawn]] = field(default_factory=dict)
    whys: Mapping[Why, Callable[[Wording], str]] = field(default_factory=dict)
    commands: Mapping[str, Described] = field(default_factory=dict)
    acts: Mapping[type[Command], Callable[[Wording], str]] = field(default_factory=dict)


def check_looks(house: House, draws: Sequence[Draws]) -> None:
    """Raises HouseError, naming it, where something that a room has has no look, or two."""
    commands = {f"/{command.name}": command.name for command in house.chat if command.offered}
    audited = {command.__name__: command for command, carries in house.commands.items() if carries.audited}
    for what, there, looks in (
        ("prompt", classes(house.folders, Prompt), [look for one in draws for look in (*one.prompts, *one.welcomes)]),
        ("notice", classes(house.folders, Notice), [look for one in draws for look in (*one.notices, *one.in_groups)]),
        ("refusal", constants(house.folders, Why), [look for one in draws for look in one.whys]),
        ("chat command", commands.items(), [look for one in draws for look in one.commands]),
        ("audited act", audited.items(), [look for one in draws for look in one.acts]),
    ):
        each_stands(what, there, looks, "DRAWS")


def practice_line(say: Wording) -> str:
    """What stands above each screen of a practice."""
    return say("🎓 <b>Practice</b> – nothing of this is kept.")


def in_languages(said: Languages, what: Callable[[Wording], str]) -> Drawn:
    """What a group is told, in each of its languages."""
    return Drawn("\n\n".join(what(Wording(language)) for language in said), protected=False)


def linked_button(said: Languages, text: Callable[[Wording], str], url: str) -> tuple[tuple[Button, ...], ...]:
    """A group's one button, which leads to the private chat."""
    return ((Button(" · ".join(text(Wording(language)) for language in said), url=url),),)


def how_to_allow(say: Wording) -> str:
    """What an administrator of a group does, so that the bot may write and pin there."""
    return say(
        "Please ask an administrator of the group to make me an administrator too: tap the group’s name, then the "
        "pencil, then Administrators, and choose me."
    )
