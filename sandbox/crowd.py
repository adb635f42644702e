"""Crowds for the page: so many new people open a link and answer, while somebody watches."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from sandbox.citizen import TEMPERAMENTS, Played, play
from sandbox.people import ControlRefusedError, People, Person

MOST = 1000
AT_ONCE = 24
KEPT = 20
PATIENCE = 30.0
THINK = 0.4
ERRORS = 5

FIELDS: dict[str, type | tuple[type, ...]] = {
    "link": str,
    "count": int,
    "seed": int,
    "think": (int, float),
    "language_code": str,
}


@dataclass
class Crowd:
    """People who play, and how far they are."""

    number: int
    count: int
    people: list[int] = field(default_factory=list)
    played: list[Played] = field(default_factory=list)
    task: "asyncio.Task[None] | None" = None

    def seen(self) -> dict[str, Any]:
        return {
            "play": self.number,
            "count": self.count,
            "done": len(self.played),
            "finished": sum(one.finished for one in self.played),
            "taps": sum(one.taps for one in self.played),
            "errors": [one.error for one in self.played if one.error][:ERRORS],
            "over": self.task is None or self.task.done(),
        }


class Crowds:
    """The newest crowds, found by number."""

    def __init__(self) -> None:
        self._crowds: dict[int, Crowd] = {}
        self._numbers = count(1)

    def find(self, number: str) -> Crowd | None:
        return self._crowds.get(int(number)) if number.isascii() and number.isdigit() else None

    async def begin(self, url: str, given: Mapping[str, Any], likes: Mapping[str, float]) -> Crowd:
        """Let new people begin, who like things so. Raises ValueError, whose sentence says what does not fit."""
        _check(given)
        wanted = given.get("count", 10)
        crowd = Crowd(next(self._numbers), wanted)
        people = People(url)
        try:
            phones = await people.add_many(wanted, language_code=given.get("language_code", "km"))
        except ControlRefusedError as error:
            await people.close()
            raise ValueError(str(error)) from None
        crowd.people = [person.id for person in phones]
        crowd.task = asyncio.create_task(_play(crowd, people, phones, given, likes))
        self._crowds[crowd.number] = crowd
        self._forget()
        return crowd

    async def stop(self) -> None:
        """Whoever still plays goes home."""
        tasks = [crowd.task for crowd in self._crowds.values() if crowd.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self) -> None:
        over = [number for number, crowd in self._crowds.items() if crowd.task is None or crowd.task.done()]
        for number in over[: max(len(self._crowds) - KEPT, 0)]:
            del self._crowds[number]


async def _play(
    crowd: Crowd, people: People, phones: list[Person], given: Mapping[str, Any], likes: Mapping[str, float]
) -> None:
    seeded = Random(given.get("seed", 0))  # noqa: S311 (the same people do the same again)
    randoms = [Random(seeded.random()) for _ in phones]  # noqa: S311
    think, link = given.get("think", THINK), given["link"]
    at_once = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, person: Person) -> None:
        async with at_once:
            temperament = TEMPERAMENTS[number % len(TEMPERAMENTS)]
            chance = randoms[number]
            played = await play(person, link, chance, temperament, wait=PATIENCE, think=think, likes=likes)
            crowd.played.append(played)

    async with people:
        await asyncio.gather(*(one(number, person) for number, person in enumerate(phones)))


def _check(given: Mapping[str, Any]) -> None:
    if unknown := given.keys() - FIELDS.keys():
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(sorted(FIELDS))}")
    for name, kind in FIELDS.items():
        if name in given and (not isinstance(given[name], kind) or isinstance(given[name], bool)):
            raise ValueError(f"{name} does not fit")
    if "link" not in given:
        raise ValueError("link is needed")
    if not 1 <= given.get("count", 1) <= MOST:
        raise ValueError(f"count must be 1 to {MOST}")
    if not 0 <= given.get("think", 0) <= 60:  # noqa: PLR2004 (a minute)
        raise ValueError("think must be 0 to 60 seconds")
