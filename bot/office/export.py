"""Writes what was released into a file for partners and the programme."""

import asyncio
import os
import shutil
import sys
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile, gettempdir

from bot.database import check_database, engine_of
from bot.office.places_in_use import places_in_use, places_of
from bot.open_store import newer_database
from bot.settings import Settings, database_name
from bot.trouble import Trouble, database_troubles, disk_trouble
from digests.export import Format, name_for, write
from digests.workbook import TooLongError
from files.faults import shown
from files.points import commune_code
from scorecard.digest import Digest
from storage import migrate
from storage.house import House
from storage.keys import Keys
from storage.results.closed_digests import closed_sessions, digests_by_ids, in_goes
from storage.rooms import ROOMS
from storage.store import Store

STDOUT = Path("-")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and where."""

    file: Path
    sessions: int
    points: int

    def __str__(self) -> str:
        where = "standard output" if self.file == STDOUT else str(self.file)
        return f"{where}: {_counted(self.sessions, 'session')}, {_counted(self.points, 'service point')}"


def export_digests(
    settings: Settings,
    communes: Collection[str] = (),
    round_: str | None = None,
    *,
    format_: str | None = None,
    output: Path | None = None,
    force: bool = False,
) -> Exported:
    """Write the digests of closed sessions to a file; "-" means standard output. Raises Trouble.

    Without a format the output's ending decides, or else it is a workbook. Without an output it is a file with a
    name of its own in the working directory. It may run beside the bot.
    """
    codes = tuple(dict.fromkeys(map(commune_code, communes)))
    if codes:
        in_use = places_in_use(settings)
        for code in codes:
            places_of(in_use, code)
    chosen = Format(format_) if format_ else _format_of(output)
    if output is not None:
        _check_output(output, force=force)
    with closing(_closed_digests(settings, codes, round_)) as digests:
        first = next(digests, None)
        if first is None:
            raise Trouble(_nothing(codes, round_))
        passed = _Passed()
        try:
            file = _write(passed.noted(chain([first], digests)), chosen, output, passed, force=force)
        except TooLongError:
            raise Trouble(
                "export: these are more rows than a workbook can hold. Choose fewer with --commune or --round, "
                "or another format."
            ) from None
    return Exported(file, passed.sessions, len(passed.points))


@dataclass
class _Passed:
    """What the digests that were written so far are about."""

    sessions: int = 0
    points: set[int] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    rounds: set[str] = field(default_factory=set)

    def noted(self, digests: Iterable[Digest]) -> Iterator[Digest]:
        """The same digests, each noted as it passes."""
        for digest in digests:
            self.sessions += 1
            self.points |= {point.id for point in digest.session.points}
            self.places.add(digest.session.location.code)
            self.rounds.add(digest.session.round)
            yield digest


def _closed_digests(settings: Settings, communes: Sequence[str], round_: str | None) -> Generator[Digest, None, None]:
    """The digests of closed sessions, a few read at a time. Raises Trouble."""
    _check_revision(settings, check_database(settings))
    with (
        database_troubles(database_name(settings)),
        closing(Store(engine_of(settings), Keys(settings.keys), House(ROOMS), language=settings.language)) as store,
        closing(asyncio.new_event_loop()) as loop,
    ):
        for ids in in_goes(loop.run_until_complete(store.read(closed_sessions, communes, round_))):
            yield from loop.run_until_complete(store.read(digests_by_ids, ids))


def _check_revision(settings: Settings, revision: str | None) -> None:
    """An export changes nothing: a database of another version is left as it is."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(Path(migrate.__file__).with_name("migrations")))
    name = database_name(settings)
    if revision is None:
        raise Trouble(f"database {name}: there is none yet. Start the bot, or name another in SAMLENG_DATABASE_URL.")
    if revision not in {script.revision for script in scripts.walk_revisions()}:
        raise newer_database(settings)
    if revision != scripts.get_current_head():
        raise Trouble(f"database {name}: an earlier version of Samleng wrote it. Run samleng migrate, then try again.")


def _nothing(communes: Sequence[str], round_: str | None) -> str:
    where = f" in {', '.join(communes)}" if communes else ""
    when = f" in round {shown(round_)}" if round_ is not None else ""
    return f"export: no session is closed yet{where}{when}. Close one first, or choose other communes or another round."


def _format_of(output: Path | None) -> Format:
    """The format that a file's ending names."""
    name = output.name.lower() if output is not None else ""
    return next((f for f in (Format.HXL, *Format) if name.endswith(f.suffix)), Format.XLSX)


def _check_output(output: Path, *, force: bool) -> None:
    if output == STDOUT:
        return
    try:
        if output.exists() and not output.is_file():
            raise Trouble(f"{output}: it is no file. Name a file with --output.")
        if output.exists() and not force:
            raise Trouble(f"{output}: it is there already. Add --force to replace it, or name another with --output.")
    except OSError as fault:
        raise disk_trouble(fault, str(output), "Name another file with --output") from fault
    folder = output.absolute().parent
    if not folder.is_dir():
        raise Trouble(f"{output}: its folder doesn't exist. Make it, or name another file with --output.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Trouble(f"{output}: this user may not write to its folder. Name another file with --output.")


def _write(digests: Iterable[Digest], format_: Format, output: Path | None, passed: _Passed, *, force: bool) -> Path:
    """Write it whole or not at all; the file that it is in."""
    if output == STDOUT:
        _write_out(digests, format_)
        return STDOUT
    folder = output.parent if output is not None else Path()
    with (
        _disk(str(output or folder.absolute()), "Name another file with --output"),
        TemporaryDirectory(prefix=".samleng-", dir=folder) as beside,
    ):
        part = Path(beside) / "part"
        with part.open("wb") as opened:
            write(digests, format_, opened, Path(beside))
        file = output or Path(name_for(passed.places, passed.rounds, format_))
        _check_output(file, force=force)
        part.replace(file)
    return file


def _write_out(digests: Iterable[Digest], format_: Format) -> None:
    with _disk(f"folder {gettempdir()}", "Name another in TMPDIR"), TemporaryFile() as whole:
        write(digests, format_, whole)
        whole.seek(0)
        with _disk("standard output", "Write to a file with --output"):
            shutil.copyfileobj(whole, sys.stdout.buffer)
            sys.stdout.buffer.flush()


@contextmanager
def _disk(what: str, do: str) -> Iterator[None]:
    """Within it, what the operating system refuses is raised as Trouble."""
    try:
        yield
    except OSError as fault:
        raise disk_trouble(fault, what, do) from fault


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
