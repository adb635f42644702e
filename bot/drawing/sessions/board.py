"""How the planning board looks."""

from collections import Counter
from functools import partial

from bot.drawing.layout import Button, Document, Drawn, not_made, other_languages, signed, to_pages
from bot.drawing.look import Bot
from conversations.sessions.board import BOARD, BOARD_FILE, Board, BoardFile
from scorecard.board import OnBoard, Standing
from scorecard.place import Location
from wording.catalogue import Wording
from wording.names import commune_name
from wording.numerals import digits, in_a_row


def board(notice: Board, say: Wording, _: Bot) -> Drawn:
    heading = say(
        "<b>The board of {round}</b>\n\nMeetings held or going on: {held} of {of}.",
        round=digits(int(notice.round), say.language),
        held=notice.held,
        of=notice.of,
    )
    lines = "\n".join(_line(place, sessions, say) for place, sessions in notice.communes)
    rows = (
        to_pages(notice.page, say, BOARD, more=notice.more),
        (Button(signed("📄", say.plain("As a workbook")), entry=BOARD_FILE()),),
        other_languages(say, notice.entry),
    )
    return Drawn(f"{heading}\n\n{lines}", rows)


def board_file(notice: BoardFile, say: Wording, _: Bot) -> Drawn:
    from digests.board import board_file as made

    name = f"samleng-board-{notice.round}-{say.language}.xlsx"
    document = Document(name, partial(made, notice.sessions, say.language))
    text = say("The board: a line for each scoring of this year.")
    return Drawn(text, protected=False, document=document, otherwise=not_made(say))


def _line(place: Location, sessions: tuple[OnBoard, ...], say: Wording) -> str:
    """A commune, and how many of its sessions have come how far."""
    counted = Counter(one.standing for one in sessions)
    parts = (_counted(standing, counted[standing], say) for standing in Standing if counted[standing])
    return say("• <b>{place}</b>: {what}", place=commune_name(place, say), what=in_a_row(list(parts), say.language))


def _counted(standing: Standing, number: int, say: Wording) -> str:
    texts = {
        Standing.PLANNED: say("{number} planned", number=number),
        Standing.OPEN: say("{number} open", number=number),
        Standing.CLOSED: say("{number} closed", number=number),
        Standing.POSTED: say("{number} posted", number=number),
        Standing.LATE: say("⚠ {number} late", number=number),
    }
    return texts[standing]
