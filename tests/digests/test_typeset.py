"""Setting: fonts that show everything, data that stays data, threads side by side."""

import io
import json
import os
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from made_digests import made_digest
from PIL import Image

from digests.poster import draw, front, service
from digests.typeset import AT_ONCE, LEFT_OUT, Paper, all_shown, drawable, shown, typeset
from scorecard.card import Service
from wording.catalogue import languages

SOME = examples(500)
ANY = st.text(st.characters(), max_size=60)
"""Any text at all, halves of surrogate pairs too."""


@SOME
@given(ANY | st.text("កខង្រាំ៉ៈ\u17d2\u200b\u200c 1aW.", max_size=60))
def test_only_what_can_be_drawn_is_drawn(text: str) -> None:
    """A box in place of a sign; a sign left out in silence; a text that changes when it is looked at again."""
    drawn = shown(text)
    assert {ord(sign) for sign in drawn} <= drawable()
    assert shown(drawn) == drawn
    lost = {c for c in unicodedata.normalize("NFC", text) if ord(c) not in drawable()}
    lost = {c for c in lost if unicodedata.category(c)[0] not in "ZC" or unicodedata.category(c) in ("Co", "Cn", "Cs")}
    assert not lost or LEFT_OUT in drawn


@SOME
@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), max_size=300))
def test_nothing_is_too_long_for_a_line(text: str) -> None:
    """A long name without a space, that would run off the page; or a sign lost where it is broken."""
    drawn = shown("a " + text)
    assert max(map(len, drawn.replace("\u200b", " ").split())) <= 17
    assert drawn.replace("\u200b", "") == ("a " + text).strip()


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("សាលាបឋមសិក្សា អង្គរ", "សាលាបឋមសិក្សា អង្គរ"),
        ("  Wat\u00a0Bo\n\tII \u202e", "Wat Bo II"),
        ("โรงเรียน วัด", LEFT_OUT),
        ("🏫 Wat 学校学校 Bo 🌸", f"{LEFT_OUT} Wat {LEFT_OUT} Bo {LEFT_OUT}"),
        ("a\u0000b\ud800c", f"ab{LEFT_OUT}c"),
        ("Cafe\u0301", "Café"),
        ("ក" + "\u17cb" * 30, f"ក{LEFT_OUT}"),
        ("0101" * 10, "0101" * 10),
        ("Kampongtrachkampongtrach", "Kampongtrach\u200bkampongtrach"),
    ],
)
def test_what_is_left_of_a_text(text: str, drawn: str) -> None:
    """Khmer untouched; spaces made one; what can't be drawn is owned up to, once for each run."""
    assert shown(text) == drawn


def test_our_own_words_can_be_drawn() -> None:
    """A message, a label of a card or a place that our fonts lack a sign of."""
    for card in (made_digest().session.points[i].criteria for i in range(3)):
        for criterion in card:
            for text in (*criterion.label.values(), *criterion.question.values()):
                assert LEFT_OUT not in shown(text)
    for language in languages():
        for picture in service(made_digest(), 2, language):
            assert all_shown(picture.data) == picture.data
            assert LEFT_OUT not in json.dumps(picture.data, ensure_ascii=False)


@pytest.mark.parametrize("paper", Paper)
def test_data_is_never_markup(paper: Paper) -> None:
    """A name that is run as a template: it would fail, read a file, or vanish."""
    names = (
        '#panic("x")',
        '#read("/etc/passwd")',
        "$ x^2 $ @ref *b* <l> // c",
        "\\ \" ' ${data} \u0000 \ud800",
        "{}[]()",
    )
    for name in names:
        page = service(made_digest(services=(Service.PRIMARY_SCHOOL,), name=(name, name)), 1, "en")[0]
        assert typeset("pictures.typ", {"pages": [page.page]}, paper)


def test_whatever_is_set_is_looked_at() -> None:
    """A template's data that nobody looked at before: half a sign breaks the setting, others come out as boxes."""
    picture = front(made_digest(), "km")[0]

    def titled(title: str) -> bytes:
        return typeset("pictures.typ", {"pages": [{**picture.page, "title": title}]}, Paper.CHAT, 180)

    assert titled("a\ud800b\u0000 学校") == titled(f"a{LEFT_OUT}b {LEFT_OUT}")


def test_a_template_sees_its_own_folder_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that reads what lies beside the templates, or anywhere."""
    templates = tmp_path / "templates"
    templates.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (templates / "within.txt").write_text("ours")
    (templates / "outside.typ").write_text('#read("../secret.txt")')
    (templates / "within.typ").write_text('#read("within.txt")')
    monkeypatch.setattr("digests.typeset.TEMPLATES", templates)
    assert typeset("within.typ", {}, Paper.CHAT)
    with pytest.raises(RuntimeError, match="project root"):
        typeset("outside.typ", {}, Paper.CHAT)


def test_threads_side_by_side_draw_the_same() -> None:
    """Two at once that share a compiler ("Already borrowed"), or the data of the other."""
    pictures = [front(made_digest(seed=seed), language)[0] for seed in range(4) for language in ("km", "en")]
    alone = [draw(picture, 180) for picture in pictures]
    with ThreadPoolExecutor(4 * AT_ONCE) as threads:
        assert list(threads.map(lambda picture: draw(picture, 180), pictures * 3)) == alone * 3


def test_what_is_forgotten_is_drawn_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that changes, or fails, once typst had to forget what it kept of others."""
    pictures = [front(made_digest(seed=seed), "km")[0] for seed in range(2)]
    before = [draw(picture, 180) for picture in pictures]
    monkeypatch.setattr("digests.typeset.MUCH", 0)
    assert [draw(picture, 180) for picture in pictures] == before


DRAWS_MUCH = """
from test_meeting_pack import CODE, LINK, meeting_pack, session
for i in range(24):
    meeting_pack(session(name=(f"សាលា {i}", f"School {i}")), LINK, CODE, "km")
(kb,) = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(kb)
"""


@pytest.mark.deep
@pytest.mark.skipif(sys.platform != "linux", reason="tells no memory in /proc")
def test_memory_is_bounded() -> None:
    """A bot that draws for one meeting after another, and keeps all that it ever worked out: 420 MB, not 810."""
    here = Path(__file__).parent
    paths = os.pathsep.join(map(str, (here, here.parent, here.parents[1])))
    command, env = [sys.executable, "-c", DRAWS_MUCH], {**os.environ, "PYTHONPATH": paths}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 600_000


def test_a_picture_is_as_wide_as_a_chat_wants_it() -> None:
    """A picture of another width than every text on it was chosen for."""
    picture: Any = front(made_digest(), "km")[0]
    assert Image.open(io.BytesIO(draw(picture))).width == 1080
    assert Image.open(io.BytesIO(draw(picture, 360))).width == 360
