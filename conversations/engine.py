"""The engine: replays a flow over the stored answers. Outcomes are values, not exceptions."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from conversations.commands import Ending
from conversations.prompts import DONE, SKIP, Line, Number, Prompt, SomeOf, Value
from conversations.refusals import USE_BUTTONS, Why

Facts = TypeVar("Facts")
Flow = Generator[Prompt, Value, Ending]
Answers = Mapping[str, Value]

BACK = "<"
"""What a tap on "back" gives. Only a prompt that leads out of its flow, where nothing lies behind, has it as a code."""

_DRAFT = "?"
"""What ends the key under which the choices of an unsettled prompt are kept."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The flow waits. `draft`: the choices that are on at present, where several can be made; `behind`: the
    keys of the answers that led here.
    """

    prompt: Prompt
    draft: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    command: Ending


@dataclass(frozen=True, slots=True)
class Refused:
    """What was given does not fit the prompt, and why; the answers stay as they are."""

    asking: Asking
    why: Why


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answers after what was given, and where that leads."""

    answers: dict[str, Value]
    here: Asking | Finished


def replay(flow: Callable[[Facts], Flow], facts: Facts, answers: Answers) -> Asking | Finished:
    """Where a flow stands: each prompt takes its key's answer while that fits; the first without is asked."""
    running = flow(facts)
    behind: list[str] = []
    try:
        prompt = next(running)
        while (value := answers.get(prompt.key)) is not None and prompt.fits(value):
            behind.append(prompt.key)
            prompt = running.send(value)
    except StopIteration as end:
        return Finished(end.value)
    return Asking(prompt, _draft(prompt, answers), tuple(behind))


def accept(flow: Callable[[Facts], Flow], facts: Facts, answers: Answers, given: str) -> Accepted | Refused:
    """What a tap does to a dialogue. Where facts have changed so that nothing is left to ask, it changes nothing."""
    here = replay(flow, facts, answers)
    if isinstance(here, Finished):
        return Accepted(dict(answers), here)
    if given == BACK and (here.behind or not here.prompt.fits(BACK)):
        return _accepted(flow, facts, _without_last(answers, here))
    match here.prompt:
        case Number() if given == SKIP and here.prompt.fits(SKIP):
            return _settled(flow, facts, answers, here, SKIP)
        case Line():
            return Refused(here, USE_BUTTONS)
        case SomeOf() as prompt if given in prompt.options:
            draft = tuple(code for code in here.draft if code != given)
            if draft == here.draft:
                draft = tuple(code for code in prompt.options if code in (*here.draft, given))
            return _accepted(flow, facts, {**answers, prompt.key + _DRAFT: draft})
        case SomeOf() as prompt:
            value: Value = here.draft if given == DONE else (*here.draft, given)
        case prompt:
            value = given
    if not prompt.fits(value):
        return Refused(here, prompt.why_not(value))
    return _settled(flow, facts, answers, here, value)


def accept_line(flow: Callable[[Facts], Flow], facts: Facts, answers: Answers, text: str) -> Accepted | Refused:
    """What a typed line does to a dialogue."""
    here = replay(flow, facts, answers)
    if isinstance(here, Finished):
        return Accepted(dict(answers), here)
    line = " ".join(text.strip().split(" "))
    if not isinstance(here.prompt, Line):
        return Refused(here, USE_BUTTONS)
    if not here.prompt.fits(line):
        return Refused(here, here.prompt.why_not(line))
    return _settled(flow, facts, answers, here, line)


def without(answers: Answers, key: str) -> dict[str, Value]:
    """The answers after Change(key)."""
    return {k: value for k, value in answers.items() if k not in (key, key + _DRAFT)}


def _without_last(answers: Answers, here: Asking) -> dict[str, Value]:
    """The answers after Back: the choices made here are gone, and the answer that led here."""
    kept = without(answers, here.prompt.key)
    return without(kept, here.behind[-1]) if here.behind else kept


def _settled(flow: Callable[[Facts], Flow], facts: Facts, answers: Answers, here: Asking, value: Value) -> Accepted:
    key = here.prompt.key
    return _accepted(flow, facts, {**without(answers, key), key: value})


def _accepted(flow: Callable[[Facts], Flow], facts: Facts, answers: dict[str, Value]) -> Accepted:
    return Accepted(answers, replay(flow, facts, answers))


def _draft(prompt: Prompt, answers: Answers) -> tuple[str, ...]:
    if not isinstance(prompt, SomeOf):
        return ()
    draft = answers.get(prompt.key + _DRAFT, prompt.preset)
    return tuple(code for code in prompt.options if code in draft)
