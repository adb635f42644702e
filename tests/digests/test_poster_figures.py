"""What stands on pictures: every figure as it was released, none left out, nothing else that is a number."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import ceil
from typing import Any

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from made_digests import made_digest, many_criteria

from digests.phrases import FACES, face, satisfied, too_few, wanted
from digests.poster import MOST_SERVICES, Picture, front, overview, service, wall
from scorecard.card import Service
from scorecard.change import change
from scorecard.digest import Before, Digest
from scorecard.disclosure import Share, ShareWord, Wish, Words, stands_for
from scorecard.highlights import first_wishes, highlights
from wording.catalogue import Wording
from wording.numerals import day, weekday

SOME = examples(40)
WORDS = "អក្ស"
ALL = tuple(Service)


@st.composite
def digests(draw: Any) -> Digest:
    """Digests of all sizes; no label holds a number, so that every number on a picture is a figure."""
    return made_digest(
        {service: draw(st.sampled_from((0, 6, 8, 12, 19, 20, 35, 60))) for service in ALL},
        services=draw(st.sampled_from((ALL, ALL[:1], ALL[1:]))),
        criteria=[_unnumbered(c) for c in many_criteria(draw(st.sampled_from((1, 6, 9, 10, 23))), WORDS)],
        scored=draw(st.sampled_from((None, lambda chance, _: chance.choice((0, 0, 0, 3)), lambda *_: 5))),
        last=draw(st.booleans()),
        villages=draw(st.sampled_from((0, 3))),
        seed=draw(st.integers(0, 2**32)),
    )


def _unnumbered(criterion: Any) -> Any:
    letters = str.maketrans("0123456789", "abcdefghij")
    label = {language: f"{WORDS} {criterion.key.translate(letters)}" for language in ("km", "en")}
    return type(criterion)(criterion.key, label, criterion.question)


@SOME
@given(digests(), st.sampled_from(("km", "en")))
def test_every_number_was_released(digest: Digest, language: str) -> None:
    """A figure on a picture that the door did not let out, whatever field or sentence it stands in."""
    for picture in wall(digest, language):
        released = {1, 2, 3, 4, 5, 10, digest.villages, int(digest.session.round)}
        released |= _numbers(day(digest.session.closes_at, "en")) | _numbers(picture.data["number"])
        released |= {int(before.round) for before in digest.before}
        released |= {release.ballots for release in digest.releases}
        for release in (*digest.releases, *(before.release for before in digest.before)):
            for figure in release.figures:
                released |= {FACES.index(face(figure.score)) + 1, _tens(figure.satisfied)} if figure.median else set()
                released |= {*_span(figure.said(in_tens=digest.in_tens), figure.words)}
        for at in digest.session.points:
            now, last = digest.release(at.id), digest.last(at.id)
            points = change(now, last.release).points if now and last else None
            released |= {abs(one) // 10 for one in points or ()}
            released |= {len(highlights(now, in_tens=digest.in_tens).same)} if now else set()
        for value in _values(picture.data):
            assert _numbers(value) <= released, value


@SOME
@given(digests(), st.sampled_from(("km", "en")))
def test_no_figure_is_missing_or_said_twice(digest: Digest, language: str) -> None:
    """A released figure that stands on no picture of its service, or on two, or under another criterion's name."""
    say = Wording(language)
    for at in digest.session.points:
        release = digest.release(at.id)
        assert release is not None
        pictures = service(digest, at.id, language)
        rows = [row for picture in pictures for section in picture.data["sections"] for row in section["rows"]]
        asked = Counter(criterion.label[language] for criterion in at.criteria)
        assert Counter(row["criterion"] for row in rows) == (asked if release.told else Counter())
        by_label = {row["criterion"]: row for row in rows}
        for criterion in at.criteria:
            figure, row = release.figure(criterion.key), by_label.get(criterion.label[language])
            if figure is None:
                assert row is None or row["score"] is None
            else:
                assert row is not None
                said = figure.said(in_tens=digest.in_tens)
                assert row["score"] == FACES.index(face(figure.score)) + 1
                assert row["tens"] == (said // 10 if isinstance(said, int) else None)
                assert tuple(row["span"] or ()) == _span(said, figure.words)
                assert row["share"] == satisfied(said, say, merged=bool(release.merges))
        assert all((row["mark"] == "wish") == (row["wish"] is not None) for row in rows)
        told = {row["criterion"]: row["wish"] for row in rows if row["wish"] is not None}
        labels = {criterion.key: criterion.label[language] for criterion in at.criteria}
        wished = {
            labels[wish.criterion]: wanted(wish.share, say, merged=bool(release.merges))
            for wish in first_wishes(release)
        }
        assert told == (wished if release.told else {})
        how = "Answers: {ballots}" if release.merges else "People who scored: {ballots}"
        ballots = "" if release.ballots is None else say.plain(how, ballots=release.ballots)
        assert all(picture.data["ballots"] == ballots for picture in pictures)


@pytest.mark.parametrize(("people", "counted"), [(64, True), (24, False)])
def test_as_many_people_are_filled_as_the_door_tells(people: int, counted: bool) -> None:
    """Of few people a number that the door doesn't tell; of many another one than it does."""
    digest = made_digest(people, services=ALL[1:2])
    labels = {criterion.label["en"]: criterion.key for criterion in digest.session.points[0].criteria}
    told = []
    for row in _rows(service(digest, 1, "en")):
        figure = digest.releases[0].figure(labels[row["criterion"]])
        assert figure is not None
        said = figure.said(in_tens=digest.in_tens)
        assert (row["tens"], row["span"]) == (
            (said / 10, None) if isinstance(said, int) else (None, [*_span(said, figure.words)])
        )
        told.append(row["tens"] is not None)
    assert any(told) == counted


@SOME
@given(digests())
def test_what_to_keep_and_to_improve_is_what_the_door_says(digest: Digest) -> None:
    """Poster or overview would praise or blame another criterion than the text does."""
    shown = {one["name"]: one["rows"] for picture in overview(digest, "en") for one in picture.data["services"]}
    assert len(shown) == len(digest.session.points)
    for at, rows in zip(digest.session.points, shown.values(), strict=True):
        release = digest.release(at.id)
        assert release is not None
        told = highlights(release, in_tens=digest.in_tens)
        labels = {criterion.key: criterion.label["en"] for criterion in at.criteria}
        first = {
            heading: [labels[figure.criterion] for figure in figures]
            for heading, figures in (
                ("To keep", told.strengths),
                ("To improve", told.improve),
            )
        }
        sections = [section for picture in service(digest, at.id, "en") for section in picture.data["sections"]]
        on_poster: dict[str, list[str]] = {}
        for section in sections:
            on_poster.setdefault(section["heading"], []).extend(row["criterion"] for row in section["rows"])
        for heading, expected in first.items():
            assert on_poster.get(heading, []) == expected
            mark = {"To keep": "keep", "To improve": "improve"}[heading]
            wished = {wish.criterion for wish in told.wishes}
            marks = {row["criterion"]: row["mark"] for section in sections for row in section["rows"]}
            assert all(
                marks[label] == ("wish" if key in wished else mark)
                for key, label in labels.items()
                if label in expected
            )
            first_of_all = expected[:1]
            assert [row["criterion"] for row in rows if row["criterion"] in expected] == first_of_all
        assert on_poster.get("All the same", []) == [labels[figure.criterion] for figure in told.same]
        assert len(rows) == (1 if told.same else len(told.strengths[:1]) + len(told.improve[:1]))
        changes = {row["criterion"]: row["changes"] for section in sections for row in section["rows"]}
        assert all(row["changes"] == changes.get(row["criterion"], row["changes"]) for row in rows)


def test_a_group_gets_one_picture() -> None:
    """A group of a session with one service would get an overview of one; of three, the picture of the first alone."""
    one, three = made_digest(services=ALL[:1]), made_digest()
    assert front(one, "km")[0] == service(one, 1, "km")[0]
    assert front(three, "km")[0] == overview(three, "km")[0]
    assert wall(one, "km") == front(one, "km") == service(one, 1, "km")
    services = [picture.template for picture in wall(three, "km")]
    assert services == ["overview.typ", *["poster.typ"] * (len(services) - 1)]


def test_a_service_that_nobody_released() -> None:
    """A service point without a release, as after a merge of others, has no place among the pictures of all."""
    digest = made_digest()
    digest = Digest(digest.session, digest.releases[1:], digest.before)
    assert [one["name"] for one in overview(digest, "en")[0].data["services"]] == [
        "Health centre Angkor",
        "Primary school Angkor",
    ]
    titles = dict.fromkeys(picture.data["title"] for picture in wall(digest, "en"))
    assert len(titles) == 3
    assert service(digest, 1, "en")[0].data["few"] is not None
    nothing = Digest(digest.session, (), ())
    assert front(nothing, "km")[0].data["few"] is not None


def test_merged_villages_are_named_as_such() -> None:
    """Villages put together would look like a session of the whole commune, and their ballots like people."""
    picture = service(made_digest(64, villages=4), 2, "en")[0]
    assert picture.data["together"] == "4 villages together"
    assert picture.data["ballots"] == "Answers: 64"
    assert service(made_digest(64), 2, "en")[0].data["together"] == ""


@pytest.mark.parametrize(
    ("typed", "expected", "whole"),
    [
        (("អង្គរ", "Angkor"), "Primary school Angkor", True),
        (("អង្គរ", ""), "Primary school អង្គរ", True),
        (("วัด", "Wat Bo 学校"), "Primary school Wat Bo (…)", False),
        (("អង្គរ", "学校"), "Primary school អង្គរ", False),
        (("วัด", "🏫"), "Primary school", False),
        (("วัด", ""), "Primary school", False),
        (("(…)", "(…)"), "Primary school", True),
    ],
)
def test_names_that_cannot_be_drawn(typed: tuple[str, str], expected: str, whole: bool) -> None:
    """A name that is left out in silence, or a picture that says signs are missing where none are."""
    picture = service(made_digest(services=(Service.PRIMARY_SCHOOL,), name=typed), 1, "en")[0]
    assert picture.data["title"] == expected
    assert [note == "" for note in picture.data["note"].values()] == [whole] * 2
    assert "message" not in picture.data["note"]["paper"], "on a wall there is none"


def test_the_key_is_the_picture() -> None:
    """A picture sent again by an old file id although it says something else; or uploaded each time anew."""
    same = made_digest(seed=3)
    keys = [front(digest, language)[0].key for digest in (same, made_digest(seed=4)) for language in ("km", "en")]
    assert len(set(keys)) == 4
    assert front(made_digest(seed=3), "km")[0].key == keys[0]
    assert Picture("overview.typ", front(same, "km")[0].data).key == keys[0]
    assert Picture("poster.typ", front(same, "km")[0].data).key != keys[0]


def _tens(share: Share) -> Share:
    """A share as it is said: 40 per cent are 4 in 10."""
    return share // 10 if isinstance(share, int) else share


def _rows(pictures: Sequence[Picture]) -> list[Any]:
    return [row for picture in pictures for section in picture.data["sections"] for row in section["rows"]]


def _values(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list | tuple):
        for value in data:
            yield from _values(value)
    elif data is not None:
        yield data


def _numbers(value: Any) -> set[float]:
    """The numbers in a text, in Khmer or Latin digits, or a number itself."""
    if not isinstance(value, str):
        return {value}
    latin = value.translate(str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789"))
    return {float(number.replace(",", ".")) for number in re.findall(r"\d+(?:[.,]\d)?", latin)}


@pytest.mark.parametrize("services", range(1, 13))
def test_no_service_is_left_out_of_what_a_group_gets(services: int) -> None:
    """A group would not see the services that no longer fit one picture, or of some only what is bad or good."""
    digest = made_digest(services=[*Service, *[Service.PRIMARY_SCHOOL] * 9][:services])
    pictures = front(digest, "en")
    named = [one for picture in pictures for one in picture.data.get("services", ())]
    assert len(named) == (services if services > 1 else 0)
    assert all(one["rows"] for one in named)
    assert services == 1 or len(pictures) == ceil(services / MOST_SERVICES)
    each = [len(picture.data["services"]) for picture in pictures if "services" in picture.data]
    assert not each or max(each) - min(each) <= 1, "as many on each as on the others"


def test_an_overview_tells_what_changed() -> None:
    """What became of it since the last round would be seen by those alone who ask for a service's own picture; that
    nothing can be told stands there alone.
    """
    angry = made_digest(60, scored=lambda chance, _: chance.choice((1, 2, 4)))
    happy = made_digest(60, scored=lambda chance, _: chance.choice((4, 5)), last=False)
    better = replace(happy, before=angry.before)
    for digest, words in (
        (better, "3 to 9 more of every 10 people are satisfied than in 2025"),
        (replace(better, before=happy_before(happy)), None),
        (happy, None),
    ):
        for one in overview(digest, "en")[0].data["services"]:
            told = [change for change in one["overall"]["changes"] if "2025" in change["words"]]
            assert [change["words"] for change in told] == ([words] if words else [])
            assert all(change["direction"] == "better" for change in told)
    poster = service(replace(better, before=happy_before(happy)), 1, "en")[0].data["sections"][0]["rows"][0]
    assert poster["changes"][0] == {"direction": "unsure", "words": "No clear change since 2025"}


def happy_before(digest: Digest) -> Any:
    """The same round as if it had been last year's."""
    return tuple(Before("2025", release) for release in digest.releases)


def test_a_wish_stands_in_its_row() -> None:
    """What people want first was praised a few rows above; or it stood on a poster without its row."""
    digest = made_digest(
        60, services=ALL[1:2], scored=lambda chance, key: 5 if key == "medicines" else chance.randint(1, 5)
    )
    release = replace(digest.releases[0], wishes=(Wish("medicines", ShareWord.MOST),))
    digest = replace(digest, releases=(release,))
    sections = {one["heading"]: one["rows"] for one in service(digest, 1, "en")[0].data["sections"]}
    assert [(row["criterion"], row["wish"]) for row in sections["To fix first"]] == [("Medicines", "most people")]
    assert all(row["criterion"] != "Medicines" for row in sections.get("To keep", ()))
    (one,) = overview(digest, "en")[0].data["services"]
    assert one["wishes"] == [{"criterion": "Medicines", "sign": "medicine"}]
    assert not any(row["mark"] == "wish" for row in one["rows"])


def test_a_second_wish_of_few_is_left_out() -> None:
    """What hardly anybody asked for would be called urgent; or one of two that as many want would stand for both."""
    digest = made_digest(services=ALL[1:2])
    at, release = digest.session.points[0], digest.releases[0]
    for first, second, told in (
        (ShareWord.FEW, ShareWord.FEW, ["some people"] * 2),
        (ShareWord.FEW, ShareWord.ALMOST_NONE, ["some people"]),
        (ShareWord.MOST, ShareWord.FEW, ["most people"]),
        (ShareWord.ABOUT_HALF, ShareWord.ABOUT_HALF, ["many people"] * 2),
    ):
        wishes = tuple(Wish(c.key, share) for c, share in zip(at.criteria, (first, second), strict=False))
        shown = replace(digest, releases=(replace(release, wishes=wishes),))
        rows = _rows(service(shown, at.id, "en"))
        assert sorted(row["wish"] for row in rows if row["wish"]) == sorted(told)


@pytest.mark.parametrize("score", [1, 3, 5])
def test_none_among_equals_is_praised_or_blamed(score: int) -> None:
    """Criteria that all came out the same, parted into good and bad by their order on the card."""
    digest = made_digest(services=ALL, scored=lambda *_: score)
    for point in digest.session.points:
        overall, section = service(digest, point.id, "en")[0].data["sections"]
        assert (overall["heading"], [row["criterion"] for row in overall["rows"]]) == ("", ["All in all"])
        assert section["heading"] == "All the same"
        assert len(section["rows"]) == len(point.single)
    assert [one["same"] for one in overview(digest, "en")[0].data["services"]] == ["All the same: 5 points"] * 3


def test_why_there_is_no_figure() -> None:
    """A service with ballots, of which it is said that too few came; or figures beside words that there are none."""
    say = Wording("en")
    for digest, why in (
        (made_digest(0), "Results are shown only when enough people have answered"),
        (made_digest(24, scored=lambda *_: 0), "A score is shown only when enough people could give one"),
    ):
        assert overview(digest, "en")[0].data["why"].startswith(why)
        poster = service(digest, 1, "en")[0].data
        assert poster["few"]["why"].startswith(why)
        assert poster["few"]["words"] == too_few(digest.releases[0], say)
        assert poster["agreed"] == []
    both = made_digest({Service.COMMUNE_OFFICE: 24, Service.HEALTH_CENTRE: 0, Service.PRIMARY_SCHOOL: 24})
    assert overview(both, "en")[0].data["why"] == ""


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_day_on_which_it_is_shown(language: str) -> None:
    """A picture that doesn't say when people look at it together, where there is a day for it."""
    digest = made_digest()
    on = replace(digest, session=replace(digest.session, shown_on=date(2026, 12, 3)))
    for picture in (*overview(on, language), *service(on, 1, language)):
        assert weekday(date(2026, 12, 3), language) in picture.data["facts"]
    assert all(picture.data["shown"] == "" for picture in wall(digest, language))


def test_each_service_tells_of_its_own_villages() -> None:
    """A service that only some of the villages scored, shown as if all had."""
    digest = replace(made_digest(64, villages=4), each_of=(4, 2, 1))
    assert [service(digest, point, "en")[0].data["together"] for point in (1, 2, 3)] == [
        "4 villages together",
        "2 villages together",
        "from one village",
    ]
    page = overview(digest, "en")[0].data
    assert page["together"] == "4 villages together"
    told = [one["facts"] for one in page["services"]]
    assert told == ["Answers: 64", "Answers: 64 · 2 villages together", "Answers: 64 · from one village"]


@pytest.mark.parametrize("number", [1, 5, 6, 7, 8, 13, 40])
@pytest.mark.parametrize("label", ["ទឹក", "ការផ្តល់ព័ត៌មានអំពីផែនការអភិវឌ្ឍន៍"])
def test_pictures_are_equally_full(number: int, label: str) -> None:
    """A last picture that is nearly empty, or one too full to be read; what a session asks as a rule fits into one."""
    digest = made_digest(services=ALL[:1], criteria=many_criteria(number, label), last=False)
    each = [len(_rows([picture])) for picture in service(digest, 1, "km")]
    assert sum(each) == number
    assert max(each) - min(each) <= len(each)
    assert max(each) <= 6
    assert len(each) == 1 or number > 5


def _span(said: Share, words: Words) -> tuple[float, ...]:
    """Where a share that is only a word lies; nothing where it is a number."""
    return () if isinstance(said, int) else stands_for(said, words)
