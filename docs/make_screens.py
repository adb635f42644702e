"""Every screen in both languages on one page, and all texts as a spreadsheet to be reviewed: `make screens`.

Screens are those that people meet in the transcripts, played anew: of each question, notice and post as many as say
something that the others of its kind do not. What no transcript shows is named, and is an error.
"""

import asyncio
import html
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from test_transcripts import CASES, FOLDER  # noqa: E402
from texts import write_sheet  # noqa: E402
from transcripts.chance import Chance  # noqa: E402
from transcripts.playing import Player  # noqa: E402
from transcripts.town import Town, found  # noqa: E402

from bot.drawing.drawer import Drawer  # noqa: E402
from bot.drawing.layout import Drawn  # noqa: E402
from bot.drawing.look import Draws  # noqa: E402
from bot.drawing.rooms import DRAWS  # noqa: E402
from conversations.notices import Notice  # noqa: E402
from conversations.refusals import Why  # noqa: E402
from sandbox.page import FONT  # noqa: E402
from storage.chats import BOTH  # noqa: E402
from storage.reply import Question  # noqa: E402
from storage.rooms import ROOMS  # noqa: E402
from wording import catalogue  # noqa: E402
from wording.catalogue import Wording, languages  # noqa: E402

OUT = ROOT / "screens"
STYLE = """
@font-face { font-family: "Noto Sans Khmer"; src: url("khmer.ttf"); font-weight: 100 900 }
body { font: 16px/1.45 "Noto Sans Khmer", sans-serif; margin: 24px; background: #dfe6ec; color: #1c1c1c }
h2 { margin: 48px 0 8px } h3 { margin: 24px 0 4px } p.of { margin: 0 0 8px; color: #555 }
.pair { display: flex; flex-wrap: wrap; gap: 16px; margin-bottom: 16px; align-items: flex-start }
.phone { width: 328px; padding: 12px; background: #fff; border-radius: 12px; overflow-wrap: break-word }
.text { white-space: pre-wrap } .picture { background: #efe7da; padding: 24px; text-align: center; margin-bottom: 8px }
.row { display: flex; gap: 4px; margin-top: 4px }
.row span { flex: 1; background: #eaf1f6; border-radius: 6px; padding: 6px 8px; text-align: center; min-width: 0 }
"""


@dataclass
class Notes:
    """What was drawn: by the name of what looks so, the screens in each language, and where each text was said."""

    screens: dict[str, list[dict[str, Drawn]]] = field(default_factory=lambda: defaultdict(list))
    where: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    saying: set[str] = field(default_factory=set)

    def note(self, name: str, drawn: dict[str, Drawn]) -> None:
        """Keep a screen if it says what none of its name said before."""
        new = [text for text in self.saying if name not in self.where[text]]
        if new or not self.screens[name]:
            self.screens[name].append(drawn)
        for text in new:
            self.where[text].append(name)
        self.saying.clear()


class NotedTexts(NullTranslations):
    """A catalogue that notes what is said."""

    def __init__(self, notes: Notes, texts: NullTranslations) -> None:
        super().__init__()
        self._notes, self._texts = notes, texts

    def gettext(self, message: str) -> str:
        self._notes.saying.add(message)
        return self._texts.gettext(message)


class NotedScreens(Drawer):
    """Draws each screen in every language, and notes it."""

    def __init__(self, notes: Notes) -> None:
        super().__init__("samleng_bot", "1288", DRAWS)
        self.notes = notes

    def private(self, shows: Question | Notice, language: str, note: Why | None = None) -> Drawn:
        kind = type(shows.asking.prompt if isinstance(shows, Question) else shows)
        if kind not in self._in_groups:
            self.notes.saying.clear()
            drawn = {one: super(NotedScreens, self).private(shows, one) for one in languages()}
            self.notes.note(kind.__name__, drawn)
        return super().private(shows, language, note)

    def group(self, notice: Notice, language: str = BOTH) -> Drawn:
        self.notes.saying.clear()
        drawn = {one: super(NotedScreens, self).group(notice, one) for one in languages()}
        self.notes.note(type(notice).__name__, drawn)
        return super().group(notice, language)


class NotedTown(Town):
    """A town whose screens are noted."""

    notes: Notes

    def _open(self) -> None:
        self._drawer = NotedScreens(self.notes)
        super()._open()


async def played() -> Notes:
    """What people see in all transcripts."""
    notes = NotedTown.notes = Notes()
    read = catalogue._catalogue  # noqa: SLF001 - every text comes from there
    catalogue._catalogue = cache(lambda language: NotedTexts(notes, read(language)))  # noqa: SLF001
    with TemporaryDirectory() as folder:
        ground = await found(Path(folder))
        for case in CASES:
            chance = Chance()
            town = NotedTown(ground, "km", chance)
            await Player(town, chance).play((FOLDER / f"{case}.steps").read_text())
            town.close()
    return notes


def told(draws: Draws) -> Iterable[tuple[str, dict[str, Drawn]]]:
    """What a room says in a line: refusals, answers to taps, chat commands."""
    says = {str(why): [say] for why, say in draws.whys.items()}
    says |= {f"/{name}": [one.menu, *([one.line] if one.line else [])] for name, one in draws.commands.items()}
    for name, looks in says.items():
        yield name, {one: Drawn("\n".join(look(Wording(one)) for look in looks)) for one in languages()}


def page(notes: Notes) -> str:
    """The page, room by room."""
    parts = [f'<!doctype html><html lang="km"><meta charset="utf-8"><title>Samleng</title><style>{STYLE}</style>']
    for room, draws in zip(ROOMS, DRAWS, strict=True):
        parts.append(f"<h2>{room.name}</h2>")
        for kind in looks_of(draws):
            parts.append(
                f'<h3>{kind.__name__}</h3><p class="of">{html.escape((kind.__doc__ or "").split(chr(10))[0])}</p>'
            )
            parts += [pair(drawn) for drawn in notes.screens[kind.__name__]]
        for name, drawn in told(draws):
            parts += [f"<h3>{html.escape(name)}</h3>", pair(drawn)]
    return "\n".join(parts)


def looks_of(draws: Draws) -> Sequence[type]:
    return (*draws.prompts, *draws.welcomes, *draws.notices, *draws.in_groups)


def pair(drawn: dict[str, Drawn]) -> str:
    """One screen in every language, side by side."""
    return f'<div class="pair">{"".join(map(phone, drawn.values()))}</div>'


def phone(drawn: Drawn) -> str:
    rows = "".join(
        f'<div class="row">{"".join(f"<span>{html.escape(button.text)}</span>" for button in row)}</div>'
        for row in drawn.rows
        if row
    )
    above = "a picture" if drawn.pictures else drawn.document.name if drawn.document else ""
    picture = f'<div class="picture">{html.escape(above)}</div>' if above else ""
    return f'<div class="phone">{picture}<div class="text">{drawn.text}</div>{rows}</div>'


def stands(notes: Notes) -> dict[str, str]:
    """Where each text stands: on which screens; of what is on none, in which file it is said."""
    notes.saying.clear()
    for draws in DRAWS:
        for name, _ in told(draws):
            notes.note(name, {})
    where = {text: ", ".join(names[:4]) for text, names in notes.where.items() if names}
    for folder in ("wording", "digests", "bot/drawing"):
        said = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords={"say": None, "plain": None})
        for file, _, message, *_ in said:
            where.setdefault(str(message), f"{folder}/{file}")
    return where


def main() -> None:
    notes = asyncio.run(played())
    missing = [kind.__name__ for draws in DRAWS for kind in looks_of(draws) if not notes.screens[kind.__name__]]
    if missing:
        sys.exit(f"no transcript shows: {', '.join(missing)}")
    OUT.mkdir(exist_ok=True)
    copyfile(FONT, OUT / "khmer.ttf")
    (OUT / "index.html").write_text(page(notes))
    write_sheet(OUT / "texts.xlsx", stands(notes))


if __name__ == "__main__":
    main()
