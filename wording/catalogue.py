"""Catalogues: what is said in each language, read from locale/<language>/LC_MESSAGES/samleng.po."""

import gettext
import html
import io
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from scorecard.place import Location, PlaceKind
from wording.numerals import digits

LOCALE = Path(__file__).resolve().parents[1] / "locale"
DOMAIN = "samleng"
FIRST_LANGUAGE = "km"


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages there are catalogues for, Khmer first."""
    found = (path.parent.parent.name for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return tuple(sorted(found, key=lambda language: (language != FIRST_LANGUAGE, language)))


def language_name(language: str) -> str:
    """A language's name in itself."""
    return str(Locale.parse(language).get_display_name(language)).capitalize()


@dataclass(frozen=True, slots=True)
class Wording:
    """Says things in one language. Whole numbers among the values get the language's digits.

    commune: the kind of the commune that is spoken of; where it is known, texts name that alone.
    """

    language: str
    commune: PlaceKind | None = None

    def at(self, location: Location) -> "Wording":
        """The same, said of one place."""
        return replace(self, commune=location.commune.kind)

    def plain(self, message: str, /, **values: object) -> str:
        """A message as plain text: for buttons and answers to taps."""
        shown = {name: self._shown(value) for name, value in values.items()}
        return self.of_commune(_catalogue(self.language).gettext(message)).format(**shown)

    def __call__(self, message: str, /, **values: object) -> str:
        """A message as Telegram's HTML; the values are escaped."""
        return self.plain(message, **{name: escaped(self._shown(v)) for name, v in values.items()})

    def of_commune(self, text: str) -> str:
        """A text that names both kinds of commune, with the one that is spoken of."""
        if self.commune is None:
            return text
        anywhere = Wording(self.language)
        kind = anywhere.plain("sangkat") if self.commune is PlaceKind.SANGKAT else anywhere.plain("commune")
        return text.replace(anywhere.plain("commune or sangkat"), kind)

    def _shown(self, value: object) -> str:
        return digits(value, self.language) if isinstance(value, int | float) else str(value)


def escaped(text: str) -> str:
    """A text that is no markup, for Telegram's HTML."""
    return html.escape(text, quote=False)


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Read when it is first needed (35 ms for 400 messages), so that no compiled file can be out of date."""
    compiled = io.BytesIO()
    with (LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
