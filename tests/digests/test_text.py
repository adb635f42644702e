"""What stands below a group's picture, and the message without one: results first, in the group's first language."""

import html
import re
from collections import defaultdict
from dataclasses import replace
from itertools import product

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from made_digests import made_digest
from villages import digest, relabelled

from digests.phrases import FACES, face, satisfied, too_few
from digests.text import BETWEEN, LONGEST, LONGEST_CAPTION, digest_caption, digest_text, service_text
from files.places import find_location
from scorecard.ballot import DONT_KNOW
from scorecard.card import OVERALL, Service
from scorecard.change import change
from scorecard.digest import Digest
from scorecard.disclosure import Release, ShareWord
from scorecard.highlights import highlights
from scorecard.tally import Source
from wording.catalogue import Wording
from wording.names import location_name, point_name, words
from wording.numerals import digits

LONGEST_NAMED = "220506"
"""The commune whose name, with district and province, is among the longest: Trapeang Prasat."""

ALL = (Service.COMMUNE_OFFICE, Service.HEALTH_CENTRE, *[Service.PRIMARY_SCHOOL] * 10)
CHOICES = (("km",), ("en",), ("km", "en"))


def scored(services: int) -> Digest:
    """So many services of the commune with the longest name, with a round before; one alone is a health centre."""
    location = find_location(LONGEST_NAMED)
    assert location is not None
    kinds = (Service.HEALTH_CENTRE,) if services == 1 else ALL[:services]
    return made_digest(24, services=kinds, location=location)


HOW_MANY = ("People who scored: {ballots}", "{ballots} people", "Answers: {ballots}", "{ballots} answers")


def plain(text: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", text))


def length(text: str) -> int:
    """As Telegram counts: what is seen, in UTF-16."""
    return len(plain(text).encode("utf-16-le")) // 2


def gist(text: str, language: str) -> str:
    """What a text holds: figures of each service, and which other lines."""
    say = Wording(language)
    services = len(re.findall("<b>", text)) - 1
    figures = sum(text.count(sign) for sign in FACES)
    told = {
        "title": text.startswith(say("<b>What people said of their services, {round}</b>", round=2026)),
        f"{figures / services:g} figures" if services else "": bool(figures),
        "changes": digits(2025, language) in text,
        "ballots": any(say(how, ballots=24) in text for how in HOW_MANY),
        "protection": say("No names are kept. What too few people said is not shown.") in text,
        "day": Wording(language).plain("Scoring closed on {day}.", day="").rstrip("។.").strip() in text,
        "summary": "/summary" in text,
    }
    return ", ".join(what for what, is_told in told.items() if is_told)


UNCHANGED = "ballots, protection, day, summary"
EVERYTHING = f"changes, {UNCHANGED}"
WANTED = {
    (1, "km"): (f"title, 4 figures, {EVERYTHING}",),
    (1, "en"): (f"title, 4 figures, {EVERYTHING}",),
    (1, "km en"): ("title, 3 figures, changes, ballots",) * 2,
    (2, "km"): ("title, 3 figures, changes, ballots, protection, day",),
    (2, "en"): (f"title, 3 figures, {EVERYTHING}",),
    (2, "km en"): (f"title, 3 figures, {UNCHANGED}",) * 2,
    (3, "km"): ("title, 3 figures, ballots",),
    (3, "en"): ("title, 3 figures, ballots",),
    (3, "km en"): ("title, 3 figures, ballots, protection",) * 2,
    (5, "km"): (f"title, 3 figures, {UNCHANGED}",),
    (5, "en"): (f"title, 3 figures, {UNCHANGED}",),
    (5, "km en"): ("title, 3 figures, protection", "title, 1 figures, protection"),
    (12, "km"): ("title, 2.91667 figures",),
    (12, "en"): ("title, 1 figures, protection, day, summary",),
    (12, "km en"): ("title, 1 figures, protection, day, summary", "title"),
}


@pytest.mark.parametrize(("services", "said"), list(WANTED))
def test_what_a_caption_holds(services: int, said: str):
    """Each service's results stand in it: the fuller the fewer there are, and the first language before the others."""
    languages = tuple(said.split())
    text = digest_caption(scored(services), languages)
    assert tuple(map(gist, text.split(BETWEEN), languages)) == WANTED[services, said]
    assert length(text) <= LONGEST_CAPTION


THREE = """\
មតិរបស់ប្រជាពលរដ្ឋចំពោះសេវា ឆ្នាំ២០២៦
ឃុំត្រពាំងប្រាសាទ ស្រុកត្រពាំងប្រាសាទ ខេត្តឧត្ដរមានជ័យ

រដ្ឋបាលឃុំត្រពាំងប្រាសាទ (២៤ នាក់)
😐 ជារួម ៣,៥ · 🙂 ការផ្តល់សេវាទាន់ពេល ៤ · 😡 ម៉ោងធ្វើការ ១
មណ្ឌលសុខភាពអង្គរ (២៤ នាក់)
😄 ជារួម ៥ · 🙂 អាកប្បកិរិយាគ្រូពេទ្យ ៤ · 😡 ពេលវេលាគ្រូពេទ្យ ១
សាលាបឋមសិក្សាអង្គរ (២៤ នាក់)
😄 ជារួម ៥ · 🙂 ពេលវេលាបង្រៀន ៤ · 🙁 សម្ភារៈបង្រៀន ២

យើងមិនរក្សាទុកឈ្មោះទេ។ បើមានអ្នកឆ្លើយតិចពេក យើងមិនបង្ហាញលទ្ធផលទេ។

———

What people said of their services, 2026
Trapeang Prasat commune, Trapeang Prasat district, Otdar Meanchey province

Commune office of Trapeang Prasat (24 people)
😐 All in all 3.5 · 🙂 Time a service takes 4 · 😡 Working hours 1
Health centre Angkor (24 people)
😄 All in all 5 · 🙂 How staff receive people 4 · 😡 Staff working hours 1
Primary school Angkor (24 people)
😄 All in all 5 · 🙂 Teaching hours 4 · 🙁 Teaching materials 2

No names are kept. What too few people said is not shown."""

TWELVE_BEGINS = """\
មតិរបស់ប្រជាពលរដ្ឋចំពោះសេវា ឆ្នាំ២០២៦
ឃុំត្រពាំងប្រាសាទ ស្រុកត្រពាំងប្រាសាទ ខេត្តឧត្ដរមានជ័យ
បានបិទការដាក់ពិន្ទុនៅថ្ងៃទី២៤ ខែវិច្ឆិកា ឆ្នាំ២០២៦។

រដ្ឋបាលឃុំត្រពាំងប្រាសាទ
😐 ជារួម ៣,៥
មណ្ឌលសុខភាពអង្គរ
😄 ជារួម ៥
"""


def test_captions_in_full():
    """Word for word: three services in two languages, and twelve, of which English keeps the title."""
    assert plain(digest_caption(scored(3), ("km", "en"))) == THREE
    twelve = plain(digest_caption(scored(12), ("km", "en")))
    assert twelve.startswith(TWELVE_BEGINS)
    assert twelve.endswith(BETWEEN + "What people said of their services, 2026")


@st.composite
def any_digest(draw: st.DrawFn) -> Digest:
    """Of one to twelve services, each with its own number of people; long names, a long place, many who don't know."""
    kinds = ALL[: draw(st.sampled_from((1, 2, 3, 5, 8, 12)))]
    name = draw(st.sampled_from((("អង្គរ", "Angkor"), ("ស" * 60, "s" * 60), ("<b>&{0}", "😀" * 30))))
    people = {kind: draw(st.sampled_from((0, 5, 8, 12, 24))) for kind in Service}
    unsure = draw(st.sampled_from((0.0, 0.0, 0.7)))
    one = made_digest(
        people,
        services=kinds,
        name=name,
        location=find_location(LONGEST_NAMED) or made_digest().session.location,
        last=draw(st.booleans()),
        villages=draw(st.sampled_from((0, 2, 14))),
        seed=draw(st.integers(0, 99)),
        scored=(lambda chance, _: DONT_KNOW if chance.random() < unsure else chance.randint(1, 5)) if unsure else None,
    )
    if draw(st.integers(0, 9)) == 0:
        one = relabelled(one, draw(st.sampled_from(("ស" * 300, "long " * 60, "<&>" * 40))))
    if one.villages:
        one = replace(one, each_of=tuple(draw(st.integers(1, one.villages)) for _ in one.releases))
    return one


SAID = st.sampled_from((("km",), ("en",), ("km", "en"), ("en", "km")))
SOME = examples(25)


@SOME
@given(any_digest(), SAID)
def test_any_caption_fits_and_tells_what_was_released(one: Digest, languages: tuple[str, ...]):
    """It is never too long, no figure in it is other than released, and the first language is not behind the others."""
    text = digest_caption(one, languages)
    assert 0 < length(text) <= LONGEST_CAPTION
    parts = text.split(BETWEEN)
    told = [_figures(part, one, language) for part, language in zip(parts, languages, strict=False)]
    assert len(told[0]) == max(map(len, told))


@SOME
@given(any_digest(), SAID)
def test_a_service_is_heard_wherever_the_short_form_fits(one: Digest, languages: tuple[str, ...]):
    """Whatever goes for want of room, the first language keeps a line of results for each service that has any."""
    for text, most in ((digest_caption(one, languages), LONGEST_CAPTION), (digest_text(one, languages), LONGEST)):
        if length(_short(one, languages[0])) > most:
            continue
        heard = {point for point, _ in _figures(text.split(BETWEEN)[0], one, languages[0])}
        assert heard == {release.point for release in one.releases if _has_results(release, one)}


@SOME
@given(any_digest(), SAID)
def test_the_message_without_a_picture(one: Digest, languages: tuple[str, ...]):
    """The same rules with more room; in a private chat it says nothing of the group."""
    for in_group in (True, False):
        text = digest_text(one, languages, in_group=in_group)
        assert 0 < length(text) <= LONGEST
        assert in_group or "/summary" not in text
        for part, language in zip(text.split(BETWEEN), languages, strict=False):
            _figures(part, one, language)


def _has_results(release: Release, one: Digest) -> bool:
    told = highlights(release, in_tens=one.in_tens)
    return bool(release.figure(OVERALL) or told.strengths or told.improve or told.same)


def _figures(text: str, one: Digest, language: str) -> list[tuple[int, str]]:
    """Which criteria of which services a text tells, each held against the release; services stand in their order."""
    say, told, names = Wording(language), [], re.findall(r"^<b>(.*)</b>", text, re.MULTILINE)[1:]
    blocks = re.split(r"^<b>.*</b>", text, flags=re.MULTILINE)[2:]
    assert len(names) in {0, len(one.releases)}
    for release, name, block in zip(one.releases, names, blocks, strict=False):
        at = one.session.point(release.point)
        assert at is not None
        assert html.unescape(name) == point_name(at.service, at.km, at.en, at.location, say)
        allowed = defaultdict(list)  # two criteria may be called the same
        for c, f in _all(one, release):
            allowed[f"{face(f.median)} {words(c.label, language)}"].append((c.key, f.median))
        pieces = (piece.lstrip("▲▼ ") for line in plain(block).splitlines() for piece in line.split(" · "))
        overall = [words(c.label, language) for c in at.criteria if c.key == OVERALL]
        for sign in (piece for piece in pieces if piece[:1] in FACES):
            same = highlights(release, in_tens=one.in_tens).same
            if same and not any(sign[2:].startswith(label) for label in overall):
                values = {"face": face(same[0].median), "number": len(same), "median": same[0].median}
                in_full = say.plain("{face} {number} points, all the same: {median} of 5, {share}", **values, share="")
                assert sign == say.plain("{face} {number} points, each {median}", **values) or sign.startswith(in_full)
                told.append((release.point, ""))
                continue
            begins = max((known for known in allowed if sign.startswith(known)), key=len)
            rest = sign.removeprefix(begins)
            said = [key for key, median in allowed[begins] if _says(rest, digits(median, language))]
            assert said, sign
            told.append((release.point, said[0]))
        for number in re.findall(r"\d[\d.,]*", block.translate(str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789"))):
            assert number.strip(".,").replace(",", ".") in _numbers(one, release, at.criteria), number
    return told


def _says(rest: str, median: str) -> bool:
    return re.match(rf"(:|៖)? {re.escape(median)}( |$)", rest) is not None


def _all(one: Digest, release: Release):
    at = one.session.point(release.point)
    assert at is not None
    return [(c, figure) for c in at.criteria if (figure := release.figure(c.key))]


def _numbers(one: Digest, release: Release, criteria) -> set[str]:
    """Every number that may stand in what is said of a service: those of its release, and of the round before."""
    last = one.last(release.point)
    tens = {figure.satisfied // 10 for figure in release.figures if isinstance(figure.satisfied, int)}
    known = {release.ballots, one.villages_of(release.point), 5, 10, 2026, 24, 8, *tens}
    known |= {len(highlights(release, in_tens=one.in_tens).same), *(figure.median for figure in release.figures)}
    if last is not None:
        known |= {2025, *(abs(points) // 10 for points in change(release, last.release).points or ())}
    labels = " ".join(label for c in criteria for label in c.label.values())
    in_labels = re.findall(r"\d+", labels.translate(str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")))
    return {digits(n, "en") for n in known if isinstance(n, int | float)} | set(in_labels)


def _short(one: Digest, language: str) -> str:
    """The title, the place, and each service in two lines: put together here anew."""
    say = Wording(language)
    lines = [say.plain("<b>What people said of their services, {round}</b>", round=2026)]
    lines.append(location_name(one.session.location, say))
    lines += [say.plain("{villages} villages together", villages=one.villages)] if one.villages else []
    lines.append("")
    for release in one.releases:
        at = one.session.point(release.point)
        assert at is not None
        labels = {c.key: words(c.label, language) for c in at.criteria}
        told = highlights(release, in_tens=one.in_tens)
        overall = release.figure(OVERALL)
        figures = [*told.strengths[:1], *told.improve[:1]]
        same = (
            [say.plain("{face} {number} points, each {median}", face="🙂", number=6, median=4.5)] if told.same else []
        )
        row = same or [f"{face(f.median)} {labels[f.criterion]} {digits(f.median, language)}" for f in figures]
        row = [f"▲ {face(overall.median)} {labels[OVERALL]} {digits(4.5, language)}", *row] if overall else row
        few = say.plain("Too few could score this, or too many shared a phone.")
        lines += [point_name(at.service, at.km, at.en, at.location, say), " · ".join(row) or few]
    return "\n".join(html.escape(line, quote=False) for line in lines)


def test_twelve_services_without_a_picture():
    """A message has room for the results of twelve services in both languages, all in all among them."""
    parts = digest_text(scored(12)).split(BETWEEN)
    assert [gist(part, language) for part, language in zip(parts, ("km", "en"), strict=True)] == [
        f"title, 2.91667 figures, {UNCHANGED}"
    ] * 2


@SOME
@given(any_digest(), SAID, st.sampled_from((24, 45, 60)))
def test_nothing_contradicts_itself(one: Digest, languages: tuple[str, ...], people: int) -> None:
    """In no text: a criterion that is both kept and put right first, shares in words beside shares in tens, or tens of
    fewer than 40 people.
    """
    many = made_digest(people, services=tuple(Service), seed=len(languages) + people)
    for some in (one, many):
        for text in (digest_text(some, languages), digest_caption(some, languages)):
            for part, language in zip(text.split(BETWEEN), languages, strict=False):
                _agrees(plain(part), language, some)


def _agrees(text: str, language: str, one: Digest) -> None:
    say = Wording(language)
    in_words = any(satisfied(word, say) in text for word in HALFWAY)
    in_tens = any(satisfied(tens, say) in text for tens in range(20, 90, 10))
    assert not (in_words and in_tens)
    assert not in_tens or all(release.ballots is None or release.ballots >= 40 for release in one.releases)
    for block in text.split("\n\n"):
        kept = block.partition(say.plain("To keep:"))[2].partition(say.plain("To improve:"))[0]
        first = [line for line in block.splitlines() if line.startswith(FIRST[language])]
        kept_lines = [line for line in kept.splitlines() if line[:1] in FACES]
        for wished in first:
            labels = wished.removeprefix(FIRST[language]).rpartition(" (")[0].split(" · ")
            assert not any(label and label in line for label in labels for line in kept_lines), block


HALFWAY = (ShareWord.FEW, ShareWord.ABOUT_HALF, ShareWord.MOST)
FIRST = {
    language: Wording(language)
    .plain("To fix first: {criterion} ({share})", criterion="\0", share="")
    .partition("\0")[0]
    for language in ("km", "en")
}


@pytest.mark.parametrize(("languages", "services"), list(product(CHOICES, (1, 2, 3, 5))))
def test_what_changed_reaches_the_group(languages: tuple[str, ...], services: int):
    """Without a picture there is always room for what changed since the last round; where there was none, no word."""
    assert digits(2025, languages[0]) in digest_text(scored(services), languages)
    assert digits(2025, languages[0]) not in digest_text(made_digest(24, last=False), languages)


@pytest.mark.parametrize("language", ["km", "en"])
def test_one_service(language: str):
    """Its caption has all there is to say of it, with what changed, and nothing of the others or of the group."""
    one = digest(40, seed=3)
    for release, at in zip(one.releases, one.session.points, strict=True):
        text = service_text(one, at.id, language)
        alone = replace(one, releases=(release,))
        told = highlights(release, in_tens=one.in_tens)
        overall = release.figure(OVERALL) is not None
        assert len(_figures(text, alone, language)) == len(told.strengths + told.improve) + overall
        assert digits(2025, language) in text
        assert "/summary" not in text


@pytest.mark.parametrize(("language", "line"), [("en", "Answers: 24, villages: 2"), ("km", "ចម្លើយ៖ ២៤, ចំនួនភូមិ៖ ២")])
def test_a_service_that_not_all_villages_scored(language: str, line: str):
    """It says of how many villages its ballots are, unless that is what the digest says of all."""
    one = replace(made_digest(24, villages=3), each_of=(3, 2, 3))
    text = plain(digest_text(one, (language,)))
    assert text.count(line) == text.count(line.partition(",")[2]) == 1
    assert Wording(language).plain("{villages} villages together", villages=3) in text
    assert "24 answers, villages: 2" in plain(digest_caption(one, ("en", "km")))


def test_nothing_too_long_for_any_text():
    """Where no result has room there are the names and their ballots, then title and place, and where to look."""
    long = relabelled(made_digest(24), "ស" * 300)
    text = plain(digest_caption(long, ("en",)))
    assert text == "What people said of their services, 2026\n\nThe result is in the picture."
    named = made_digest(24, services=ALL[:8])
    points = tuple(
        replace(at, criteria=tuple(replace(c, label={"km": "ស" * 300, "en": "s" * 300}) for c in at.criteria))
        for at in named.session.points
    )
    text = plain(digest_caption(replace(named, session=replace(named.session, points=points)), ("en", "km")))
    assert text.count("(24 people)") == 8
    assert text.endswith("Primary school Angkor (24 people)\n\nThe result is in the picture.")


def test_why_a_figure_is_missing() -> None:
    """Of one session those who didn't score are spoken of; of villages together that might be untrue."""
    own = Release(1, 7, Source.BALLOTS, ballots=24)
    assert too_few(own, Wording("en")) == "Too few could score this, or too many shared a phone."
    for release in (None, replace(own, ballots=None), replace(own, merges=(2, 3))):
        assert too_few(release, Wording("en")) == "Too few answers to show."
