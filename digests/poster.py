"""The pictures of a digest: one for each service and an overview of all, for a chat and for a wall."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from math import ceil
from typing import Any

from digests import poster_parts as parts
from digests.fitting import evenly, pages
from digests.typeset import FONTS, TEMPLATES, Paper, typeset
from scorecard.digest import Digest
from scorecard.place import ServicePoint
from wording.catalogue import Wording

MOST_SERVICES = 3
"""So many services an overview has room for."""


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
    """What a group gets: the overview, or the one service that was scored; whole and in order."""
    scored = _scored(digest)
    return service(digest, scored[0], language) if len(scored) == 1 else overview(digest, language)


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
    texts = {
        "title": parts.name(at, say),
        "few": None if rows else parts.no_figures(released, say),
        "ballots": parts.ballots(released, say),
        "agreed": [say.plain("What will be done"), say.plain("Who"), say.plain("When")] if rows else [],
    }

    def page(number: int, of: int, rows: Sequence[tuple[str, parts.Data]]) -> parts.Data:
        villages, sections = digest.villages_of(point), parts.under_headings(rows)
        return parts.page(digest, say, (number, of), [at], villages, sections=sections, **texts)

    split = pages(rows, page(9, 9, []), lambda row: row[1])
    return tuple(Picture("poster.typ", page(i, len(split), some)) for i, some in enumerate(split, start=1))


def overview(digest: Digest, language: str) -> tuple[Picture, ...]:
    """All services, each in a line, on as many pictures as it takes."""
    say = Wording(language).at(digest.session.location)
    scored = [at for at in digest.session.points if at.id in _scored(digest)]
    split = evenly(scored, max(1, ceil(len(scored) / MOST_SERVICES)))
    return tuple(
        Picture("overview.typ", _overview(digest, page, (i, len(split)), say)) for i, page in enumerate(split, start=1)
    )


def _overview(digest: Digest, page: Sequence[ServicePoint], number: tuple[int, int], say: Wording) -> parts.Data:
    services = [parts.in_overview(digest, at, say) for at in page]
    return parts.page(
        digest,
        say,
        number,
        page,
        digest.villages,
        title=say.plain("What people said of their services"),
        services=services,
        few=None if services else parts.no_figures(None, say),
        why=parts.why_none(services),
        more=say.plain("Each service has a picture of its own.") if services else "",
    )


def draw(picture: Picture, pixels: int = 1080) -> bytes:
    """A PNG for a chat, so many pixels wide. Takes its time: call it in a thread."""
    return typeset("pictures.typ", {"pages": [picture.page]}, Paper.CHAT, pixels)


def print_pages(pictures: Sequence[Picture], paper: Paper) -> bytes:
    """One PDF, a page for each picture. Takes its time: call it in a thread."""
    return typeset("pictures.typ", {"pages": [picture.page for picture in pictures]}, paper)


def _scored(digest: Digest) -> tuple[int, ...]:
    return tuple(at.id for at in digest.session.points if digest.release(at.id) is not None)


@lru_cache(maxsize=1)
def _drawn_with() -> bytes:
    """What draws the pictures, as a digest: templates, fonts and typst."""
    files = sorted(file for folder in (TEMPLATES, *FONTS) for file in folder.iterdir() if file.is_file())
    drawn_with = hashlib.sha256(version("typst").encode())
    for file in files:
        drawn_with.update(hashlib.sha256(file.read_bytes()).digest())
    return drawn_with.digest()
