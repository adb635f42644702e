"""The house: all rooms put together, and checked before anything begins.

Whatever is written in a room's modules but stands in no line of its ROOM, or in two, or in a line but in none of the
room's modules, keeps the house from being built, and is named.
"""

import pkgutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import FunctionType, ModuleType
from typing import Any, TypeVar

from conversations.commands import Command
from conversations.engine import Flow
from conversations.entries import EntryName
from conversations.refusals import Why
from scorecard.role import Act
from storage.access import Openly
from storage.room import AtClosing, ChatCommand, Due, Erases, Forgets, Kind, Room, Takes

K = TypeVar("K")
T = TypeVar("T")


class HouseError(Exception):
    """A room's ROOM does not say what the room has; the message names it."""


class House:
    """All rooms, and what they bring by name."""

    def __init__(self, rooms: Sequence[Room]) -> None:
        self.rooms = tuple(rooms)
        self.flows = _by_name("flow", ((talk.flow.__name__, talk) for room in rooms for talk in room.flows))
        self.asides = _by_name("aside", ((aside.flow.__name__, aside) for room in rooms for aside in room.asides))
        self.entries = _by_name("entry", ((str(name), leads) for room in rooms for name, leads in room.entries.items()))
        self.commands = _by_name("command", (each for room in rooms for each in room.commands.items()))
        self.in_groups = _by_name("entry", ((str(name), to) for room in rooms for name, to in room.in_groups.items()))
        self.posts = _by_name("post", ((str(kind), says) for room in rooms for kind, says in room.posts.items()))
        self.chat = tuple(command for room in rooms for command in room.chat)
        self.takes = tuple(takes for room in rooms for takes in room.takes)
        self.due = tuple(due for room in rooms for due in room.due)
        self.at_closing = tuple(one for room in rooms for one in room.at_closing)
        self.erases = tuple(one for room in rooms for one in room.erases)
        self.forgets = tuple(one for room in rooms for one in room.forgets)
        self.whys = {str(why).replace(" ", "_"): why for _, why in constants(self.folders, Why)}
        self._check()

    @property
    def folders(self) -> tuple[str, ...]:
        """The packages and modules of all rooms."""
        return tuple(folder for room in self.rooms for folder in room.folders)

    def offered(self, *, group: bool = False) -> tuple[str, ...]:
        """The chat commands that groups are offered, or in private everybody."""
        here = (one for one in self.chat if one.offered and (one.take if group else one.entry) is not None)
        return tuple(one.name for one in here if group or not isinstance(self._who(one), Act))

    def offered_besides(self, acts: Collection[Act]) -> tuple[str, ...]:
        """The chat commands that somebody is offered besides who may act so."""
        return tuple(one.name for one in self.chat if one.offered and self._who(one) in acts)

    def _who(self, command: ChatCommand) -> Act | Openly | None:
        """Who may come where a chat command leads; None where it leads nowhere in private."""
        return None if command.entry is None else self.entries[command.entry].who

    def _check(self) -> None:
        for room in self.rooms:
            for folder in (f"conversations.{room.name}", f"storage.{room.name}"):
                if find_spec(folder) is not None and folder not in room.folders:
                    raise HouseError(f"folder {folder}: its room does not name it")
        talks = [one.flow for some in (self.flows, self.asides) for one in some.values()]
        each_stands("flow", _flows(self.folders), talks)
        each_stands("command", classes(self.folders, Command), self.commands)
        for what, kind, lines in (
            ("entry", EntryName, (*self.entries, *self.in_groups)),
            ("post", Kind, self.posts),
            ("chat command", ChatCommand, self.chat),
            ("what is taken in", Takes, self.takes),
            ("what comes due", Due, self.due),
            ("what closing does", AtClosing, self.at_closing),
            ("what is erased", Erases, self.erases),
            ("what is forgotten", Forgets, self.forgets),
        ):
            each_stands(what, constants(self.folders, kind), lines)
        _by_name("chat command", ((f"/{one.name}", one) for one in self.chat if one.entry is not None))
        _by_name("chat command in groups", ((f"/{one.name}", one) for one in self.chat if one.take is not None))
        private = ((f"/{one.name}", one.entry) for one in self.chat if one.take is None or one.entry is not None)
        _each_leads("chat command", private, "entry", self.entries)
        over = ((name, leads.over) for name, leads in self.entries.items() if leads.over)
        _each_leads("entry", over, "aside", self.asides)


@cache
def modules_of(folder: str) -> tuple[ModuleType, ...]:
    """A module, or a package with all that is in it."""
    module = import_module(folder)
    inside = pkgutil.iter_modules(getattr(module, "__path__", ()))
    return module, *(one for found in inside for one in modules_of(f"{folder}.{found.name}"))


def classes(folders: Iterable[str], marker: type) -> Iterator[tuple[str, type]]:
    """The classes defined in some modules that a marker marks, each with its name."""
    for folder in folders:
        for module in modules_of(folder):
            for thing in vars(module).values():
                if isinstance(thing, type) and thing.__module__ == module.__name__ and _marked(thing, marker):
                    yield thing.__name__, thing


def constants(folders: Iterable[str], kind: type[T]) -> Iterator[tuple[str, T]]:
    """What is of a kind under a name of its own in some modules."""
    for folder in folders:
        for module in modules_of(folder):
            yield from ((name, thing) for name, thing in vars(module).items() if isinstance(thing, kind))


def each_stands(what: str, there: Iterable[tuple[str, Any]], lines: Iterable[Any], where: str = "ROOM") -> None:
    """Raise HouseError unless each thing that is there stands in one line, and each line is about a thing there."""
    lines, things = list(lines), {id(thing): (name, thing) for name, thing in there}
    found = [thing for _, thing in things.values()]
    for name, thing in things.values():
        times = lines.count(thing)
        if times != 1:
            raise HouseError(f"{what} {name}: it stands in {'two lines' if times else f'no {where}'}")
        if found.count(thing) != 1:
            raise HouseError(f"{what} {name}: there are two of this name")
    for line in lines:
        if line not in found:
            raise HouseError(f"{what} {_name(line)}: it stands in a {where}, but in no folder of a room")


def _marked(thing: type, marker: type) -> bool:
    """Whether a class is marked, and no marker itself."""
    return issubclass(thing, marker) and thing is not marker and not getattr(thing, "__abstractmethods__", None)


def _flows(folders: Iterable[str]) -> Iterator[tuple[str, FunctionType]]:
    for name, thing in constants(folders, FunctionType):
        if thing.__annotations__.get("return") == Flow and not name.startswith("_"):
            yield thing.__name__, thing


def _by_name(what: str, pairs: Iterable[tuple[K, T]]) -> dict[K, T]:
    by_name: dict[K, T] = {}
    for name, thing in pairs:
        if name in by_name:
            raise HouseError(f"{what} {_name(name)}: two rooms have one of this name")
        by_name[name] = thing
    return by_name


def _each_leads(what: str, leading: Iterable[tuple[str, str | None]], kind: str, known: Collection[str]) -> None:
    for name, there in leading:
        if there not in known:
            raise HouseError(f"{what} {name}: it leads to {there}, which is no {kind}")


def _name(thing: object) -> object:
    return getattr(thing, "__name__", thing)
