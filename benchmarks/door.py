"""What the door lets through at 8 to 120 people: for each group, the share of criteria of which a figure is told.

python benchmarks/door.py           prints the table, and writes it into docs/trust.md
python benchmarks/door.py --print   only prints it

Made-up villages: six criteria of mixed moods, 4 % don't know, 8 % skip a question about themselves, 55 of 100 are
women and 42 are young. Everybody has a phone of their own.
"""

import random
import sys
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from scorecard.ballot import DONT_KNOW, Age, Ballot, Gender, Groups
from scorecard.disclosure import release
from scorecard.tally import EVERYBODY, count

PAGE = Path(__file__).resolve().parents[1] / "docs" / "trust.md"
BEGIN, END = "<!-- table: benchmarks/door.py -->\n", "<!-- end of table -->\n"
PEOPLE = (8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120)
VILLAGES = 200
CRITERIA = tuple("abcdef")
MOODS = ((1, 2, 10, 30, 57), (1, 4, 30, 45, 20), (5, 20, 50, 20, 5), (20, 45, 25, 8, 2), (60, 25, 10, 4, 1))
"""How likely each score is, from content to angry."""

UNSURE, SKIPPED, WOMEN, YOUNG = 0.04, 0.08, 0.55, 0.42

NAMES = {EVERYBODY: "everybody", "woman": "women", "man": "men", "15-30": "youth", "31+": "older"}
BEFORE: dict[int, tuple[int, ...]] = {
    8: (71, 0, 0, 0, 0),
    10: (100, 0, 0, 0, 0),
    12: (100, 0, 0, 0, 0),
    15: (100, 0, 0, 0, 0),
    20: (100, 17, 17, 8, 20),
    25: (100, 33, 23, 12, 39),
    30: (100, 32, 22, 10, 41),
    40: (100, 37, 18, 12, 42),
    50: (100, 33, 13, 8, 37),
    60: (100, 43, 12, 11, 49),
    80: (100, 56, 25, 24, 59),
    100: (100, 63, 38, 33, 68),
    120: (100, 73, 52, 54, 73),
}
"""The same, measured with the rule that told exact counts and took "did not say" for a group too small to be left."""


def table() -> str:
    """A line for each number of people: what was told before, and now."""
    heads = [f"{name}, {when}" for name in NAMES.values() for when in ("before", "now")]
    lines = [f"| people | {' | '.join(heads)} |", f"| --- |{' --- |' * len(heads)}"]
    for people in PEOPLE:
        now = told(people)
        cells = (f"{share} %" for pair in zip(BEFORE[people], now, strict=True) for share in pair)
        lines.append(f"| {people} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def told(people: int) -> tuple[int, ...]:
    """Of 100 criteria, for how many a figure is told: of everybody, women, men, youth, older."""
    chance = random.Random(people)
    figures: Counter[str] = Counter()
    for _ in range(VILLAGES):
        released = release(count(1, 1, CRITERIA, village(people, chance)))
        figures.update(figure.group for figure in released.figures)
    return tuple(round(100 * figures[group] / (VILLAGES * len(CRITERIA))) for group in NAMES)


def village(people: int, chance: random.Random) -> list[Ballot]:
    """The ballots of a made-up village."""
    moods = {key: chance.choice(MOODS) for key in CRITERIA}

    def score(key: str) -> int:
        return DONT_KNOW if chance.random() < UNSURE else chance.choices((1, 2, 3, 4, 5), moods[key])[0]

    def groups() -> Groups:
        gender = Gender.WOMAN if chance.random() < WOMEN else Gender.MAN
        age = Age.YOUTH if chance.random() < YOUNG else Age.OLDER
        return Groups(None if chance.random() < SKIPPED else gender, None if chance.random() < SKIPPED else age)

    return [
        Ballot({key: score(key) for key in CRITERIA}, chance.choice(CRITERIA), groups(), phone.to_bytes(2))
        for phone in range(people)
    ]


def main() -> None:
    written = table()
    print(written)
    if "--print" not in sys.argv:
        before, _, rest = PAGE.read_text().partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{written}\n{END}{rest.partition(END)[2]}")


if __name__ == "__main__":
    main()
