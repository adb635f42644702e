"""Whether a weakness is known in any of the pinned versions: `make audit`.

Exits with 1 only where one is. Where nobody could be asked it says so, and proves nothing.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

_OPTIONS = ("--disable-pip", "--no-deps", "--format=json", "--progress-spinner=off", "--timeout=15")


def audited(program: str, pins: str) -> tuple[list[Mapping[str, Any]], str]:
    """What pip-audit says of each pinned version, and what it complains of."""
    ended = subprocess.run([program, *_OPTIONS, "--requirement", pins], capture_output=True, text=True, check=False)
    complaint = (ended.stderr.strip().splitlines() or ["no reason given"])[-1]
    try:
        return json.loads(ended.stdout)["dependencies"], complaint
    except (ValueError, KeyError):
        return [], complaint


def weaknesses(found: list[Mapping[str, Any]]) -> Iterator[str]:
    """A line for each that is known."""
    for one in found:
        for weakness in one.get("vulns", ()):
            mended = (
                f"mended in {', '.join(weakness['fix_versions'])}" if weakness["fix_versions"] else "not mended yet"
            )
            yield f"{one['name']} {one['version']}: {weakness['id']}, {mended}"


def main(program: str, pins: str) -> int:
    """Say what came of it; the exit code."""
    found, complaint = audited(program, pins)
    known = [one for one in found if "skip_reason" not in one]
    if not known:
        why = found[0]["skip_reason"] if found else complaint
        print(f"audit: the list of known weaknesses could not be reached, so nothing was looked up ({why})")
        return 0
    lines = list(weaknesses(known))
    print(*lines, sep="\n", end="\n" if lines else "")
    print(f"audit: {len(known)} of {len(found)} pinned versions looked up, {len(lines)} weaknesses known")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
