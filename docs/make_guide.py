"""Writes docs/facilitators.md from the texts of the guide that the bot sends to be printed: `make tables`."""

from pathlib import Path

from digests.guide import as_markdown
from wording.catalogue import languages

FILE = Path(__file__).parent / "facilitators.md"
HEAD = """# Facilitators

One page, in each language. The bot sends it as a page to be printed: `/help`, then the button below. This file is made
from the same texts by `make tables`.

"""


def written() -> str:
    """What the file says."""
    return HEAD + "\n".join(map(as_markdown, languages()))


if __name__ == "__main__":
    FILE.write_text(written())
