"""The pictures of a digest: one for each service and an overview of all, for a chat and for a wall."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from math import ceil
from typing import Any

from digests import poster_parts as parts
from digests.typeset import FONTS, TEMPLATES, Paper, typeset
from scorecard.digest import Digest
from scorecard.place import ServicePoint
from wording.catalogue import Wording

MOST_ROWS = 9
"""Criteria on one picture: more would be too small to read on a phone."""

FEW_SERVICES = 2
"""Up to so many services, an overview has two strengths and two points to improve of each; of more, one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: a template of ours, and the data to be set; all texts are final, in one language."""

    template: str
    data: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The same key, the same picture: SHA-256 of the data, and of all that draws it."""
        return hashlib.sha256(_drawn_with() + json.dumps(self.page, sort_keys=True).encode()).hexdigest()

    @property
    def page(self) -> dict[str, Any]:
        """What `pictures.typ` is given for it."""
        return {"template": self.template, **self.data}


def front(digest: Digest, language: str) -> tuple[Picture, ...]:
    """What a group gets: the overview, whole and in order, or the one service's first picture."""
    scored = _scored(digest)
    return service(digest, scored[0], language)[:1] if len(scored) == 1 else overview(digest, language)


def wall(digest: Digest, language: str) -> tuple[Picture, ...]:
    """Everything there is: the overview, unless only one service was scored, and then each service."""
    scored = _scored(digest)
    services = tuple(picture for point in scored for picture in service(digest, point, language))
    return services if len(scored) == 1 else (*overview(digest, language), *services)


def service(digest: Digest, point: int, language: str) -> tuple[Picture, ...]:
    """Everything about one service point, on as many pictures as it takes."""
    say = Wording(language).at(digest.session.location)
    at, released = digest.session.point(point), digest.release(point)
    assert at is not None, "a service point of this session"
    rows = parts.criteria(digest, at, say) if released and released.told else []
    pages = list(_evenly(rows))
    return tuple(
        Picture(
            "poster.typ",
            parts.page(
                digest,
                say,
                (i, len(pages)),
                [at],
                digest.villages_of(point),
                title=parts.name(at, say),
                sections=parts.under_headings(page),
                few=None if rows else parts.no_figures(released, say),
                wish=say.plain("To fix first"),
                ballots=parts.ballots(released, say),
                **({} if rows else {"meaning": ""}),
            ),
        )
        for i, page in enumerate(pages, start=1)
    )


def overview(digest: Digest, language: str) -> tuple[Picture, ...]:
    """The first strengths and points to improve of all services, on as many pictures as it takes."""
    say = Wording(language).at(digest.session.location)
    scored = [at for at in digest.session.points if at.id in _scored(digest)]
    most = 2 if len(scored) <= FEW_SERVICES else 1
    services = {at.id: parts.in_overview(digest, at, most, say) for at in scored}
    pages = _filled([(at, max(1, len(services[at.id]["rows"]))) for at in scored])
    return tuple(
        Picture(
            "overview.typ",
            parts.page(
                digest,
                say,
                (i, len(pages)),
                page,
                digest.villages,
                title=say.plain("What people said of their services"),
                wish=say.plain("To fix first"),
                services=[services[at.id] for at in page],
                few=None if scored else parts.no_figures(None, say),
                **parts.instead_of_meaning([services[at.id] for at in page]),
            ),
        )
        for i, page in enumerate(pages, start=1)
    )


def draw(picture: Picture, pixels: int = 1080) -> bytes:
    """A PNG for a chat, so many pixels wide. Takes its time: call it in a thread."""
    return typeset("pictures.typ", {"pages": [picture.page]}, Paper.CHAT, pixels)


def print_pages(pictures: Sequence[Picture], paper: Paper) -> bytes:
    """One PDF, a page for each picture. Takes its time: call it in a thread."""
    return typeset("pictures.typ", {"pages": [picture.page for picture in pictures]}, paper)


def _scored(digest: Digest) -> tuple[int, ...]:
    return tuple(at.id for at in digest.session.points if digest.release(at.id) is not None)


def _evenly(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """As few pages as will do, equally full; one, if there are no rows."""
    each = ceil(len(rows) / ceil(len(rows) / MOST_ROWS)) if rows else 1
    return (rows[first : first + each] for first in range(0, max(1, len(rows)), each))


def _filled(rows: Sequence[tuple[ServicePoint, int]]) -> list[list[ServicePoint]]:
    """As few pages as will do, of those the most equally full; the service points in order, none on two."""
    best: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    for end in range(1, len(rows) + 1):
        full = ((first, sum(number for _, number in rows[first:end])) for first in range(end))
        best.append(
            min(
                (best[first][0] + 1, best[first][1] + number**2, (*best[first][2], end))
                for first, number in full
                if number <= MOST_ROWS
            )
        )
    ends = best[-1][2] or (0,)
    return [[at for at, _ in rows[first:end]] for first, end in zip((0, *ends), ends, strict=False)]


@lru_cache(maxsize=1)
def _drawn_with() -> bytes:
    """What draws the pictures, as a digest: templates, fonts and typst."""
    files = sorted(file for folder in (TEMPLATES, *FONTS) for file in folder.iterdir() if file.is_file())
    drawn_with = hashlib.sha256(version("typst").encode())
    for file in files:
        drawn_with.update(hashlib.sha256(file.read_bytes()).digest())
    return drawn_with.digest()
