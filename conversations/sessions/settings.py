"""What is rarely changed of a session: it stands behind one button, as this facilitator chose it last time."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from conversations.prompts import Prompt, SomeOf, Value
from conversations.refusals import Why
from scorecard.card import FEWEST_CHOSEN, MOST_CHOSEN, Card, Criterion, Service

COMPARES = "compares"
CHOSEN = "."
"""What begins the code of a criterion that can be chosen: no key is then taken for a code that settles a prompt."""

FOUR_TO_SEVEN = Why("four to seven")


@dataclass(frozen=True, slots=True)
class Settings:
    """compares: as `Session` says; criteria: the keys of those chosen, for each service not asked the usual ones."""

    compares: bool = True
    criteria: Mapping[Service, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichSettings(SomeOf):
    """What is on of all that; a kind of service, at once, leads to its criteria."""

    options: tuple[str, ...] = (COMPARES,)
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichCriteria(SomeOf):
    """Which criteria of a card are asked; `overall`: beside the one that always is."""

    service: Service
    criteria: tuple[Criterion, ...]
    overall: bool
    least: int = FEWEST_CHOSEN
    most: int = MOST_CHOSEN

    def why_not(self, value: Value) -> Why:  # noqa: ARG002 - too many and too few are told alike
        return FOUR_TO_SEVEN


def change_settings(
    number: int, settings: Settings, cards: Mapping[Service, Card], services: Sequence[Service]
) -> Generator[Prompt, Value, Settings]:
    """The settings after they were changed for the `number`th time. A sole choice is not asked."""
    kinds = tuple(one for one in dict.fromkeys(services) if one in cards and len(cards[one].single) > FEWEST_CHOSEN)
    on = yield WhichSettings(
        key=f"settings{number}", preset=(COMPARES,) if settings.compares else (), at_once=tuple(kinds)
    )
    settings = replace(settings, compares=COMPARES in on)
    service = next((kind for kind in kinds if kind in on), None)
    if service is None:
        return settings
    single = cards[service].single
    codes = tuple(CHOSEN + criterion.key for criterion in single)
    present = cards[service].asking(settings.criteria.get(service, ()))
    chosen = yield WhichCriteria(
        key=f"criteria{number}.{service}",
        service=service,
        criteria=single,
        overall=bool(cards[service].overall),
        options=codes,
        preset=tuple(CHOSEN + criterion.key for criterion in present),
    )
    keys = tuple(code.removeprefix(CHOSEN) for code in chosen)
    usual = tuple(criterion.key for criterion in cards[service].asked if criterion in single)
    others = {kind: of_kind for kind, of_kind in settings.criteria.items() if kind != service}
    return replace(settings, criteria=others if keys == usual else {**others, service: keys})
