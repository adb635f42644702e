"""The planning board as a workbook: a line for each session."""

import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from digests.cells import FONT
from scorecard.board import OnBoard, Standing
from scorecard.session import PHNOM_PENH
from wording.catalogue import Wording
from wording.names import location_name, place_name, point_name


def standing_name(standing: Standing, say: Wording) -> str:
    names = {
        Standing.PLANNED: say.plain("planned"),
        Standing.OPEN: say.plain("open"),
        Standing.CLOSED: say.plain("closed"),
        Standing.POSTED: say.plain("posted"),
        Standing.LATE: say.plain("late"),
    }
    return names[standing]


def board_file(sessions: Sequence[OnBoard], language: str) -> bytes:
    """An .xlsx file, in one language. Nothing in it is read as a formula or a link. Call it in a thread."""
    say, file = Wording(language), io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with Workbook(file, {**plain, "default_format_properties": {"font_name": FONT, "font_size": 11}}) as book:
        sheet, head = book.add_worksheet(say.plain("Board")), book.add_format({"bold": True, "text_wrap": True})
        when = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        headings = (
            (say.plain("Commune code"), 12),
            (say.plain("Place"), 44),
            (say.plain("Village"), 18),
            (say.plain("Services"), 44),
            (say.plain("Standing"), 12),
            (say.plain("Opens"), 18),
            (say.plain("Closes"), 18),
            (say.plain("Facilitator"), 22),
        )
        for column, (heading, width) in enumerate(headings):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, head)
        for row, one in enumerate(sessions, start=1):
            session = one.session
            village = session.location.village
            services = [point_name(at.service, at.km, at.en, at.location, say) for at in session.points]
            texts = (
                session.commune,
                location_name(session.location, say),
                "" if village is None else place_name(village, language),
                "; ".join(services),
                standing_name(one.standing, say),
            )
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text)
            for column, at in enumerate((session.opens_at, session.closes_at), start=len(texts)):
                if at is not None:
                    sheet.write_datetime(row, column, at.astimezone(PHNOM_PENH).replace(tzinfo=None), when)
            sheet.write_string(row, len(headings) - 1, one.facilitator or "")
        sheet.freeze_panes(1, 0)
    return file.getvalue()
