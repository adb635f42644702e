"""Curves as a table and as pictures: before, and as they are now."""

import json
import os
import platform
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pygal
from pygal.style import Style

Curves = dict[str, dict[str, float]]
"""Each curve by name, "what it grows with: what it costs"; its points by how many there are of that."""

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
BEFORE: Curves = json.loads((HERE / "growth_before.json").read_text())

_PART = re.compile(r"(<!-- growth: make growth -->\n).*(<!-- end of growth -->)", re.DOTALL)
_COLOURS = ("#b3541e", "#1f6f8b", "#5b7f2b", "#7a4b94", "#8a6d1d", "#444444", "#c0392b")
_NO_TIME = "size"


def table(curves: Curves) -> Iterator[str]:
    """Markdown: a table for each thing that costs grow with, each cell "before → now"."""
    for growing, of_one in _families(curves).items():
        numbers = list(next(iter(of_one.values())))
        yield ""
        yield f"| {growing} | {' | '.join(f'{int(number):,}' for number in numbers)} |"
        yield f"|---|{'---|' * len(numbers)}"
        for cost, points in of_one.items():
            before = BEFORE[f"{growing}: {cost}"]
            cells = (f"{_shown(before[number])} → **{_shown(points[number])}**" for number in numbers)
            yield f"| {cost}, {'MB' if cost == _NO_TIME else 'ms'} | {' | '.join(cells)} |"


def write(curves: Curves) -> None:
    """Write docs/performance.md's part, and its pictures."""
    page = DOCS / "performance.md"
    lines = [f"{_machine()}", *table(curves), ""]
    for growing, of_one in _families(curves).items():
        name = f"growth-{growing.replace(' ', '-')}.svg"
        _draw(growing, of_one, DOCS / "pictures" / name)
        lines += [f"![What grows with {growing}](pictures/{name})", ""]
    page.write_text(_PART.sub(lambda part: part[1] + "\n".join(lines) + part[2], page.read_text()))


def _families(curves: Curves) -> dict[str, Curves]:
    families: dict[str, Curves] = {}
    for name, points in curves.items():
        growing, _, cost = name.partition(": ")
        families.setdefault(growing, {})[cost] = points
    return families


def _draw(growing: str, of_one: Curves, file: Path) -> None:
    """Dashed before, drawn through now; both axes in powers."""
    costs = [cost for cost in of_one if cost != _NO_TIME]
    colours = tuple(_COLOURS[n % len(_COLOURS)] for n in range(len(costs)) for _ in range(2))
    style = Style(
        background="white",
        plot_background="white",
        colors=colours,
        font_family="sans-serif",
        guide_stroke_color="#dddddd",
        major_guide_stroke_color="#dddddd",
        guide_stroke_dasharray="none",
        major_guide_stroke_dasharray="none",
    )
    chart = pygal.Line(
        logarithmic=True,
        style=style,
        js=[],
        width=760,
        height=420,
        title=f"What grows with {growing}: ms of CPU, dashed before",
        x_title=growing,
        legend_at_bottom=True,
        legend_at_bottom_columns=6,
        disable_xml_declaration=True,
        no_prefix=True,
    )
    values = [value for cost in costs for value in (*of_one[cost].values(), *BEFORE[f"{growing}: {cost}"].values())]
    chart.y_labels = [
        10**power for power in range(-1, 5) if min(values) < 10 ** (power + 1) and 10**power <= max(values)
    ]
    chart.x_labels = [f"{int(number):,}" for number in next(iter(of_one.values()))]
    for cost in costs:
        points = of_one[cost]
        before = BEFORE[f"{growing}: {cost}"]
        chart.add(None, [before[number] for number in points], stroke_style={"dasharray": "4, 4"})
        chart.add(cost, list(points.values()), stroke_style={"width": 2})
    file.write_text(chart.render(is_unicode=True) + "\n")


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("sqlalchemy", "uvloop"))
    what = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}"
    return f"{datetime.now(UTC):%-d %B %Y}; {what}; {len(os.sched_getaffinity(0))} cores, {platform.machine()}."


def _shown(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"  # noqa: PLR2004
