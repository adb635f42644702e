"""What stands on a picture, as data for its template: every text final, every figure as it was released."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from digests.phrases import (
    FACES,
    MOST_WISHES,
    change_words,
    face,
    few_could_score,
    first_wishes,
    rated,
    too_few,
    wanted,
)
from digests.typeset import LEFT_OUT, all_shown, shown
from scorecard.card import OVERALL, SCALE, Service
from scorecard.change import change
from scorecard.digest import Before, Digest
from scorecard.disclosure import Figure, Release
from scorecard.highlights import highlights
from scorecard.place import ServicePoint
from wording.catalogue import Wording
from wording.names import location_name, place_name, point_name, service_name, words
from wording.numerals import day, digits

Data = dict[str, Any]


def page(
    digest: Digest, say: Wording, number: tuple[int, int], named: Iterable[ServicePoint], villages: int, **parts: Any
) -> Data:
    """A whole page: what stands on every one of them, and the parts of this one.

    number: which page of how many; named: the service points whose names stand on it; villages: of how many that were
    put together it tells, 0 where none were.
    """
    at = digest.session
    first, last = (digits(score, say.language) for score in (SCALE[0], SCALE[-1]))
    texts = {
        "language": say.language,
        "series": say.plain("Community scorecard"),
        "round": digits(int(at.round), say.language),
        "number": say.plain("Picture {number} of {of}", number=number[0], of=number[1]) if number[1] > 1 else "",
        "place": location_name(at.location, say),
        "together": _together(villages, say),
        "digits": [digits(score, say.language) for score in SCALE],
        "meaning": say.plain(
            "The number is the middle score: {first} very dissatisfied … {last} very satisfied.", first=first, last=last
        ),
        "closed": say.plain("Scoring closed on {day}.", day=day(at.closes_at, say.language)),
        "protected": say.plain("No names are kept. What too few people said is not shown."),
        **parts,
    }
    drawn: Data = all_shown(texts)
    whole = str(drawn).count(LEFT_OUT) == str(texts).count(LEFT_OUT) and all(_is_whole(at, say) for at in named)
    note = {
        "chat": say.plain("Some letters of a name can’t be drawn on a picture; the message has them."),
        "paper": say.plain("Some letters of a name can’t be printed here."),
    }
    return {**drawn, "note": dict.fromkeys(note, "") if whole else note}


def name(at: ServicePoint, say: Wording) -> str:
    """A service point's name; only its kind where no letter of the name can be drawn."""
    if at.service is Service.COMMUNE_OFFICE:
        drawn = _letters(place_name(at.location.commune, say.language))
        return point_name(at.service, "", "", at.location, say) if drawn else service_name(at.service, say)
    km, en = _letters(at.km), _letters(at.en)
    return point_name(at.service, km or en, en or km, at.location, say) if km or en else service_name(at.service, say)


def criteria(at: ServicePoint, release: Release, last: Before | None, say: Wording) -> list[tuple[str, Data]]:
    """All criteria of a service point, each with the heading it stands under: nothing is said twice."""
    told = highlights(release)
    keep, improve, same = ([one.criterion for one in figures] for figures in (told.strengths, told.improve, told.same))
    others = [c.key for c in at.single if c.key not in (*keep, *improve, *same)]
    labels = _labels(at, say)

    def row(key: str) -> Data:
        figure = release.figure(key)
        if figure is None:
            return {"criterion": labels[key], "score": None, "share": too_few(release, say)}
        return {**_row(figure, labels, say, merged=bool(release.merges)), "change": _change(figure, last, say)}

    overall = [criterion.key for criterion in at.criteria if criterion not in at.single]
    return [
        *(("", row(key)) for key in overall),
        *((say.plain("To keep"), row(key)) for key in keep),
        *((say.plain("To improve"), row(key)) for key in improve),
        *((say.plain("All the same"), row(key)) for key in same),
        *((say.plain("The others"), row(key)) for key in others),
    ]


def under_headings(rows: Sequence[tuple[str, Data]]) -> list[Data]:
    """Rows that stand under the same heading, together."""
    return [
        {"heading": heading, "rows": [row for _, row in group]}
        for heading, group in groupby(rows, key=lambda pair: pair[0])
    ]


def in_overview(digest: Digest, at: ServicePoint, most: int, say: Wording) -> Data:
    """A service point in a few rows: up to so many strengths and points to improve, and what people wish first."""
    release, last, villages = digest.release(at.id), digest.last(at.id), digest.villages_of(at.id)
    labels = _labels(at, say)
    told = highlights(release) if release else None
    overall = release.figure(OVERALL) if release else None
    rows = [
        {
            **_row(figure, labels, say, merged=bool(release and release.merges)),
            "heading": heading,
            "change": _change(figure, last, say),
        }
        for heading, figures in (
            (say.plain("To keep"), told.strengths if told else ()),
            (say.plain("To improve"), told.improve if told else ()),
            (say.plain("All the same"), told.same if told else ()),
        )
        for figure in figures[:most]
    ]
    return {
        "name": name(at, say),
        "ballots": ballots(release, say),
        "together": _together(villages, say) if villages != digest.villages else "",
        "overall": _row(overall, labels, say, merged=bool(release and release.merges)) if overall else None,
        "rows": rows,
        "few": None if rows or overall else no_figures(release, say),
        "wishes": wishes(at, release, say, most=1),
    }


def instead_of_meaning(services: Sequence[Data]) -> Data:
    """Where a page of the overview has no figure at all, there is no number to explain, but why there is none."""
    if any(one["rows"] or one["overall"] for one in services):
        return {}
    return {"meaning": " ".join(dict.fromkeys(one["few"]["why"] for one in services))}


def ballots(release: Release | None, say: Wording) -> str:
    if release is None or release.ballots is None:
        return ""
    return say.plain("Ballots: {ballots}", ballots=release.ballots)


def wishes(at: ServicePoint, release: Release | None, say: Wording, most: int = MOST_WISHES) -> Data | None:
    """What people want put right first; None where that is not known."""
    if release is None or not release.wishes:
        return None
    labels = _labels(at, say)
    return {
        "heading": say.plain("To be put right first"),
        "wishes": [
            {"criterion": labels[wish.criterion], "share": wanted(wish.share, say, merged=bool(release.merges))}
            for wish in first_wishes(release)[:most]
        ],
    }


def no_figures(release: Release | None, say: Wording) -> Data:
    """What stands in place of figures: that there are none, and why."""
    if few_could_score(release):
        why = say.plain(
            "A score is shown only when enough people could give one, on enough phones, "
            "so that nobody can be recognised."
        )
    else:
        why = say.plain("Results are shown only when enough people have answered, so that nobody can be recognised.")
    return {"words": too_few(release, say), "why": why}


def _row(figure: Figure, labels: dict[str, str], say: Wording, *, merged: bool) -> Data:
    return {
        "criterion": labels[figure.criterion],
        "score": FACES.index(face(figure.score)) + 1,
        "median": figure.score,
        "figure": digits(figure.score, say.language),
        "share": rated(figure, say, merged=merged),
    }


def _together(villages: int, say: Wording) -> str:
    if villages == 1:
        return say.plain("from one village")
    return say.plain("{villages} villages put together", villages=villages) if villages else ""


def _change(figure: Figure, last: Before | None, say: Wording) -> Data | None:
    changed = change(figure, last.release.figure(figure.criterion)) if last else None
    if last is None or changed is None:
        return None
    return {"direction": changed.direction.value, "words": change_words(changed, int(last.round), say)}


def _labels(at: ServicePoint, say: Wording) -> dict[str, str]:
    return {criterion.key: words(criterion.label, say.language) for criterion in at.criteria}


def _letters(typed: str) -> str:
    """A name, or nothing where no letter of it can be drawn."""
    return typed if any(sign.isalnum() for sign in shown(typed)) else ""


def _is_whole(at: ServicePoint, say: Wording) -> bool:
    """Whether all of a name can be drawn; the name that would be used if it could."""
    typed = at.km if say.language == "km" else at.en or at.km
    return shown(typed).count(LEFT_OUT) == typed.count(LEFT_OUT)
