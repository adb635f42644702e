"""Writes what was released into a file for partners and the programme."""

import asyncio
import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.disk import check_database
from bot.invite import commune_code, places_of
from bot.open_store import newer_database
from bot.settings import Settings, database_path
from bot.trouble import Trouble, database_troubles, disk_trouble
from conversations.notices import Digest
from digests.export import Format, export, file_name
from digests.workbook import TooLongError
from storage import migrate
from storage.closed_digests import closed_digests
from storage.faults import shown
from storage.keys import Keys
from storage.store import Store, connect

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
    for code in codes:
        places_of(code)
    chosen = Format(format_) if format_ else _format_of(output)
    if output is not None:
        _check_output(output, force=force)
    digests = asyncio.run(_read(settings, codes, round_))
    if not digests:
        raise Trouble(_nothing(codes, round_))
    try:
        content = export(digests, chosen)
    except TooLongError:
        raise Trouble(
            "export: these are more rows than a workbook can hold. Choose fewer with --commune or --round, "
            "or another format."
        ) from None
    file = output or Path(file_name(digests, chosen))
    _write(file, content, force=force)
    points = {point.id for digest in digests for point in digest.at.points}
    return Exported(file, len(digests), len(points))


async def _read(settings: Settings, communes: Sequence[str], round_: str | None) -> tuple[Digest, ...]:
    path = database_path(settings)
    _check_revision(settings, check_database(path))
    with database_troubles(path):
        store = Store(connect(path), Keys(settings.keys), language=settings.language)
        try:
            return await closed_digests(store, communes, round_)
        finally:
            store.close()


def _check_revision(settings: Settings, revision: str | None) -> None:
    """An export changes nothing: a database of another version is left as it is."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(Path(migrate.__file__).with_name("migrations")))
    path = database_path(settings)
    if revision is None:
        raise Trouble(f"database {path}: there is none yet. Start the bot, or name another in SAMLENG_DATABASE_URL.")
    if revision not in {script.revision for script in scripts.walk_revisions()}:
        raise newer_database(settings)
    if revision != scripts.get_current_head():
        raise Trouble(f"database {path}: an earlier version of Samleng wrote it. Run samleng migrate, then try again.")


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


def _write(file: Path, content: bytes, *, force: bool) -> None:
    """Write it whole or not at all."""
    if file == STDOUT:
        try:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        except OSError as fault:
            raise disk_trouble(fault, "standard output", "Write to a file with --output") from fault
        return
    _check_output(file, force=force)
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise disk_trouble(fault, str(file), "Name another file with --output") from fault


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
