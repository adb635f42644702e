"""`samleng export`: what it writes and says, each thing that can be wrong, and that a running bot is left in peace."""

import asyncio
import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from click.testing import CliRunner

from bot.cli import main
from bot.open_store import open_store
from bot.settings import read_settings
from conversations.chat import Screen
from conversations.scoring.score import CastBallot
from conversations.sessions.open_session import OpenSession
from digests.export import write
from files.places import SOURCE, find_location, villages_of
from scorecard.card import Service
from scorecard.payload import payload_hash
from scorecard.place import NewPoint
from scorecard.session import Closing
from storage import migrate
from storage.roles.invitations import accept_invitation, invite
from storage.scoring.cast_ballot import cast_ballot
from storage.sessions.close_session import close_session
from storage.sessions.open_session import open_session
from storage.store import Store, utc_now

COMMUNE, OTHER, BOT = "021001", "210601", 123456


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """An empty folder to work in, no token, and where the database will be."""
    for name in os.environ:
        if name.upper().startswith("SAMLENG_"):
            monkeypatch.delenv(name)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("SAMLENG_DATABASE_URL", f"sqlite:///{tmp_path}/data/samleng.sqlite3")
    return work


@pytest.fixture
def database(tmp_path) -> Path:
    return tmp_path / "data" / "samleng.sqlite3"


async def one_session(store: Store, people: int = 24) -> None:
    """A session in a health centre, with a name that looks like a formula, closed."""
    location = find_location(COMMUNE)
    places = (location.province, location.district, location.commune, *villages_of(COMMUNE))
    payload = await store.run(invite, BOT, (COMMUNE,), places, SOURCE, None)
    await store.run(accept_invitation, BOT, 50, payload_hash(payload))
    point = NewPoint(COMMUNE, Service.HEALTH_CENTRE, "=សំពៅលូន", "=Sampov Lun")
    found = await store.run(open_session, BOT, 50, Screen(50, 7), OpenSession(COMMUNE, (), (point,), Closing.ONE_HOUR))
    at = found.session.points[0]
    for person in range(people):
        scores = {criterion.key: 1 + person % 5 for criterion in at.criteria}
        command = CastBallot(found.session.id, at.id, 1, scores, None, None)
        await store.run(lambda unit, p=person, c=command: cast_ballot(unit, found, p, c) and None)
    await store.run(close_session, found)


def with_sessions(count: int = 1, now: datetime | None = None, people: int = 24) -> None:
    """A database in which so many sessions are closed."""

    async def make() -> None:
        store = await open_store(read_settings(token=False), clock=lambda: now or utc_now())
        for _ in range(count):
            await one_session(store, people)
        store.close()

    asyncio.run(make())


def export(*args):
    return CliRunner().invoke(main, ["export", *map(str, args)], prog_name="samleng")


def fails(code: int, *args) -> str:
    """The one line that it ends with."""
    result = export(*args)
    assert (result.exit_code, result.stdout) == (code, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("samleng: ")
    return line


def test_a_workbook_in_the_working_directory(folder):
    """Without any option, and without a token: one line names the file, the sessions and the service points."""
    with_sessions(2)
    result = export()
    (file,) = folder.iterdir()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{file.name}: 2 sessions, 1 service point\n"
    assert file.name.startswith(f"samleng-{COMMUNE}-")
    assert openpyxl.load_workbook(file).sheetnames == ["Summary", "Data", "Report", "Dictionary"]


@pytest.mark.parametrize(
    ("args", "beginning"),
    [
        (("--format", "csv", "--output", "x"), b"\xef\xbb\xbfround,session,"),
        (("--output", "x.HXL.csv"), b"\xef\xbb\xbfround,session,"),
        (("--output", "x.json"), b'{"format":"samleng digests"'),
        (("--output", "x.txt"), b"PK"),
        (("--format", "json", "--output", "x.csv"), b'{"format":"samleng digests"'),
    ],
)
def test_format_and_file_can_be_chosen(folder, args, beginning):
    """The format is the one asked for, or the one that the file's ending names, or a workbook."""
    with_sessions()
    assert export(*args).exit_code == 0
    content = (folder / args[-1]).read_bytes()
    assert content.startswith(beginning)
    assert (b"#adm1+code" in content.split(b"\r\n")[1]) if "HXL" in args[-1] else True


def test_standard_output_holds_the_file_alone(folder):
    """What a program reads from standard output is the file; the line for people goes beside it."""
    with_sessions()
    result = export("--format", "csv", "--output", "-")
    lines = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"), newline="")))
    assert result.stderr == "standard output: 1 session, 1 service point\n"
    assert {line["commune_code"] for line in lines} == {COMMUNE}
    assert {line["ballots"] for line in lines} == {"24"}
    assert all(not line["point_en"].startswith("=") for line in lines)
    assert list(folder.iterdir()) == []


def test_communes_and_a_round_can_be_chosen():
    """A code counts as people write it; what was not asked for is not in the file."""
    with_sessions()
    body = json.loads(export("--commune", "21001", "--format", "json", "--output", "-").stdout)
    year = body["rows"][0][0]
    assert len(json.loads(export("--round", year, "--format", "json", "--output", "-").stdout)["rows"]) > 5
    assert "no session is closed yet in 210601" in fails(1, "--commune", OTHER)
    assert "in round 1999" in fails(1, "--round", "1999")


def test_each_row_stands_beside_the_last_round_before():
    """Of several rounds it is the one just before, of several sessions in that round the newest, and never a later."""
    for year, people in ((2023, 24), (2026, 40), (2024, 30), (2024, 12)):
        with_sessions(1, datetime(year, 11, 24, 2, tzinfo=UTC), people)
    body = json.loads(export("--format", "json", "--output", "-").stdout)
    names = [column["name"] for column in body["columns"]]
    rows = [dict(zip(names, row, strict=True)) for row in body["rows"]]
    told = {(row["round"], row["ballots"]): row["previous_round"] for row in rows if row["group"] == "all"}
    assert told == {("2023", 24): None, ("2024", 30): "2023", ("2024", 12): "2023", ("2026", 40): "2024"}
    median = {(row["ballots"], row["criterion"]): row["median"] for row in rows if row["group"] == "all"}
    assert all(row["previous_median"] == median[12, row["criterion"]] for row in rows if row["round"] == "2026")


def test_many_sessions_take_no_more_questions(monkeypatch):
    """What is read in one go is asked for in as many queries for one session as for ten; each go asks the same."""

    def asked() -> int:
        queries = []
        sa.event.listen(sa.Engine, "before_cursor_execute", note := lambda *told: queries.append(told[2]))
        assert export("--format", "json", "--output", "-").exit_code == 0
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
        return sum(query.startswith("SELECT") for query in queries)

    with_sessions(1, datetime(2025, 11, 24, 2, tzinfo=UTC))
    one = asked()
    with_sessions(9, datetime(2026, 11, 24, 2, tzinfo=UTC))
    assert asked() == one
    monkeypatch.setattr("storage.results.closed_digests.AT_ONCE", 4)
    assert asked() == 1 + 3 * (one - 1)


def test_a_file_that_is_there_is_kept(folder):
    """Nothing is overwritten unasked; with --force it is replaced whole."""
    with_sessions()
    file = folder / "x.csv"
    file.write_text("mine")
    assert "--force" in fails(1, "--output", file)
    assert file.read_text() == "mine"
    assert export("--output", file, "--force").exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    export()
    before = sorted(folder.iterdir())
    assert "--force" in fails(1)
    assert sorted(folder.iterdir()) == before


def test_an_unknown_commune_is_named(database):
    """What is no commune's code is refused with what a code looks like, before anything is read."""
    for code in ("999999", "02100101", "x"):
        assert "6 digits" in fails(1, "--commune", code)
    assert not database.exists()


def test_no_database_yet_is_one_line(database):
    """Where the bot never ran, the line says so, and nothing is made."""
    assert "there is none yet" in fails(1)
    assert not database.parent.exists()


def test_nothing_closed_yet_is_one_line(folder):
    """A bot that was started but has no session closed makes no empty file."""
    with_sessions(0)
    assert "no session is closed yet" in fails(1)
    assert list(folder.iterdir()) == []


def test_a_database_of_a_later_version_is_left_alone(database):
    """An export does not misread."""
    with_sessions()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert "later version" in fails(1)


def test_a_database_of_an_earlier_version_is_left_alone(tmp_path, monkeypatch):
    """An export does not migrate, where a new version brings one more step."""
    with_sessions()
    steps = shutil.copytree(Path(migrate.__file__).with_name("migrations"), tmp_path / "migrations") / "versions"
    last = ScriptDirectory(str(steps.parent)).get_current_head()
    (steps / "next.py").write_text(f"revision, down_revision = 'next', '{last}'\n", encoding="utf-8")
    monkeypatch.setattr(migrate, "__file__", str(tmp_path / "migrate.py"))
    assert "samleng migrate" in fails(1)


def test_where_nothing_can_be_written_is_one_line(folder):
    """A folder that isn't there, a folder in place of a file, a device, and a name that is too long."""
    with_sessions()
    assert "folder doesn't exist" in fails(1, "--output", folder / "no" / "x.csv")
    assert "no file" in fails(1, "--output", folder)
    assert "no file" in fails(1, "--output", "/dev/null", "--force")
    assert "can't be used" in fails(1, "--output", f"{'x' * 300}.csv")
    assert "may not write" in fails(1, "--output", "/proc/x.csv") or os.geteuid() == 0
    assert list(folder.iterdir()) == []


@pytest.mark.fault("a full disk", holds="no half file is left, and the one before it is")
def test_a_full_disk_leaves_no_half_file(folder, monkeypatch):
    """What could not be written whole is not there at all, and the file before it is."""
    with_sessions()
    file = folder / "x.csv"
    file.write_text("mine")

    def full(digests, format_, opened, beside):
        write(digests, format_, opened, beside)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.office.export.write", full)
    assert "disk is full" in fails(1, "--output", file, "--force")
    assert [path.name for path in folder.iterdir()] == ["x.csv"]
    assert file.read_text() == "mine"


def test_a_wrong_call_is_one_line():
    """An unknown format names the help that tells more."""
    assert "samleng export --help" in fails(2, "--format", "pdf")


async def test_a_running_bot_is_not_disturbed(folder):
    """Beside an open store the export, a process of its own, reads what is committed; the store goes on writing."""
    store = await open_store(read_settings(token=False))
    await one_session(store)
    command = [sys.executable, "-c", "from bot.cli import main; main()", "export", "--output", "x.json"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    exporting = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment, stdout=subprocess.PIPE)
    written = 0
    while exporting.returncode is None:
        await one_session(store, people=1)
        written += 1
        await asyncio.sleep(0)
    said = await exporting.stdout.read()
    assert (exporting.returncode, written > 0) == (0, True)
    sessions = {row[1] for row in json.loads((folder / "x.json").read_text(encoding="utf-8"))["rows"]}
    assert said.decode().startswith(f"x.json: {len(sessions)} session")
    assert 1 in sessions
    assert await store.scour()
    store.close()


def test_too_many_rows_for_a_workbook_are_one_line(folder, monkeypatch):
    """The line says how to get them all the same; no half file is left."""
    with_sessions()
    monkeypatch.setattr("digests.workbook.MOST_ROWS", 3)
    assert "--round" in fails(1)
    assert list(folder.iterdir()) == []
