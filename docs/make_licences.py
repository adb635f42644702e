"""Writes docs/licences.md: what Samleng installs, and under which licence, as the packages say it: `make tables`."""

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = Path(__file__).with_name("licences.md")

_WHERE = {"python_version": "3.11", "python_full_version": "3.11.0", "sys_platform": "linux"}
"""The same list on every machine."""

_SPELLED = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "PSFL": "PSF-2.0",
}
_READ = {"pyxform": "BSD-2-Clause", "segno": "BSD-3-Clause", "uvloop": "MIT OR Apache-2.0", "xlrd": "BSD-3-Clause"}
"""What their licence files say, where the metadata says less."""

_HEAD = """# Licences

What Samleng (MIT) installs to run on Linux, as the packages say of themselves; `make tables` writes it anew. Their
licence texts lie in `.venv`, in a folder `….dist-info` each. Compiled ones may hold further libraries.

| package | licence |
| --- | --- |
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(f"| {name} | {_licence(name)} |\n" for name in sorted(installed()))


def installed() -> set[str]:
    """The names of all that Samleng needs to run, and of what that needs."""
    found: dict[str, set[str]] = {}
    _follow("samleng", set(), found)
    return found.keys() - {"samleng"}


def _follow(name: str, extras: set[str], found: dict[str, set[str]]) -> None:
    if name in found and extras <= found[name]:
        return
    found[name] = found.get(name, set()) | extras
    for needed in _needs(name, found[name]):
        _follow(canonicalize_name(needed.name), needed.extras, found)


def _needs(name: str, extras: set[str]) -> Iterator[Requirement]:
    for needed in map(Requirement, metadata.requires(name) or ()):
        if needed.marker is None or any(needed.marker.evaluate(_WHERE | {"extra": one}) for one in ("", *extras)):
            yield needed


def _licence(name: str) -> str:
    said = metadata.metadata(name)
    classes = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier", []) if line.startswith("License ::")]
    given = _READ.get(name) or said.get("License-Expression") or said.get("License") or " AND ".join(classes)
    return _SPELLED.get(given, given)


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
