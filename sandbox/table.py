"""Writes what can be read off the code into `docs/sandbox.md`: the example, the methods, the control's reference.

    python -m sandbox.table [docs/sandbox.md]

What stands between `<!-- NAME -->` and `<!-- /NAME -->` is replaced; the rest of the page is left as it is.
"""

import sys
from pathlib import Path

from sandbox import control
from sandbox.facts import facts
from sandbox.methods import METHODS

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "sandbox.md"
EXAMPLE = ROOT / "tests" / "sandbox" / "example"


def written(page: str) -> str:
    """The page with its generated parts as they should be."""
    parts = {
        "bot": _file("greeting_bot.py"),
        "test": _file("test_greeting_bot.py"),
        "control": f"```\n{(control.__doc__ or '').strip()}\n```\n",
        "methods": _methods(),
    }
    for name, part in parts.items():
        before, begin, rest = page.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        page = before + begin + part + end + after
    return page


def _file(name: str) -> str:
    return f"```python\n# {name}\n{(EXAMPLE / name).read_text(encoding='utf-8')}```\n"


def _methods() -> str:
    known = facts()
    rows = []
    for name in sorted({*METHODS, "getUpdates"}):
        lacking = sorted(known.absent_parameters & known.methods[name].keys())
        rows.append(f"| `{name}` | implemented | {', '.join(f'`{each}`' for each in lacking)} |")
    refused = ", ".join(f"`{name}`" for name in sorted(known.other_methods))
    return (
        f"{known.version}: {len(rows)} methods implemented, {len(known.other_methods)} refused.\n\n"
        "| method | | parameters refused (501) |\n|---|---|---|\n" + "\n".join(rows) + "\n\n"
        f"Refused with `501 Not Implemented: the sandbox does not have METHOD`: {refused}.\n"
    )


def _main() -> None:
    page = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    _main()
