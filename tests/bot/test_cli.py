"""The command: what it prints, how it exits, and that it says in one line what is wrong."""

import asyncio
import http.server
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from waiting import CEILING

from bot.cli import main
from sandbox import Sandbox

TOKEN = "123456:" + "A" * 35
HEAVY = ("aiogram", "telegram", "sqlalchemy", "pydantic", "httpx", "structlog", "babel", "aiohttp", "sandbox")
BESIDES = ("aiogram", "telegram", "sqlalchemy", "httpx", "aiohttp", "typst")
CARD = Path(__file__).parents[2] / "cards" / "hc.md"
POINTS = "commune,service,name_km,name_en\n010201,hc,មណ្ឌលសុខភាពបន្ទាយនាង,\n010201,ps,,Banteay Neang\n"


@pytest.fixture(scope="module")
def telegram():
    """The address of a stand-in."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    standin = Sandbox()
    asyncio.run_coroutine_threadsafe(standin.start(), loop).result(10)
    yield standin.url
    asyncio.run_coroutine_threadsafe(standin.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def answering():
    """Starts a server that gives one answer to everything; its address."""
    servers = []

    def start(status: int, body: str) -> str:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.02,)).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def database(tmp_path, monkeypatch) -> Path:
    """An empty folder to work in, a token, and where the database will be."""
    for name in os.environ:
        if name.upper().startswith("SAMLENG_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("SAMLENG_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("SAMLENG_DATABASE_URL", f"sqlite:///{tmp_path}/samleng.sqlite3")
    return tmp_path / "samleng.sqlite3"


@pytest.fixture
def configured(database, telegram, monkeypatch) -> Path:
    """As `database`, with Telegram's place taken by the stand-in."""
    monkeypatch.setenv("SAMLENG_API_URL", telegram)
    return database


def samleng(*args):
    """What the command did, in this process."""
    result = CliRunner().invoke(main, [str(arg) for arg in args], prog_name="samleng")
    assert "AAAA" not in result.output
    return result


def fails(code: int, *args) -> str:
    """The one line that it ends with."""
    result = samleng(*args)
    assert (result.exit_code, result.stdout) == (code, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("samleng: ")
    return line


def rows(database: Path, sql: str):
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def test_help_imports_nothing_heavy():
    """Asking for help doesn't wait for the libraries that only running needs."""
    program = (
        "import sys; from bot.cli import main\n"
        "try: main(['--help'])\n"
        f"finally: print(*(set({HEAVY}) & set(sys.modules)), file=sys.stderr)"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=CEILING)
    assert shown.stderr.strip() == ""
    for command in ("run", "demo", "sandbox", "invite", "check", "migrate", "places", "cards", "export"):
        assert re.search(rf"^  {command} +\S", shown.stdout, re.MULTILINE)


def test_run_says_that_it_starts_before_anything_heavy():
    """Whoever started it sees that at once, whatever is imported then, and however slowly."""
    program = (
        "import sys; from bot.cli import main\n"
        "class Line:\n"
        "    def write(self, line): lines.append((line, set(sys.modules)))\n"
        "    def flush(self): pass\n"
        "    def isatty(self): return False\n"
        "lines, told, sys.stderr = [], sys.stderr, Line()\n"
        "try: main(['run'])\n"
        f"finally: print(lines[0][0].strip(), *(set({BESIDES}) & lines[0][1]), file=told)"
    )
    given = {**os.environ, "SAMLENG_BOT_TOKEN": TOKEN, "SAMLENG_API_URL": "http://127.0.0.1:9"}
    given["SAMLENG_DATABASE_URL"] = "sqlite:////no/such/folder/x"
    shown = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True, env=given, timeout=CEILING
    )
    assert re.fullmatch(r'\{.*"event": "starting".*\}', shown.stderr.strip()), shown.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["runn"], "samleng --help"),
        (["run", "--role", "king"], "samleng run --help"),
        (["demo", "--citizens", "none"], "samleng demo --help"),
        (["sandbox", "--port", "99999"], "samleng sandbox --help"),
        (["invite", "facilitator"], "--commune"),
        (["cards", "check"], "samleng cards check --help"),
    ],
)
def test_a_wrong_call_is_one_line(args, says):
    """A wrong call exits with 2 and names the help that would tell more."""
    assert says in fails(2, *args)


def test_no_command_shows_the_help():
    """Who calls it without anything is shown what there is."""
    result = samleng()
    assert result.exit_code == 2
    assert "Commands:" in result.stderr


def test_an_invitation_is_one_line(configured):
    """One line with the link; commune, villages and office are known from then on, and the partner is kept."""
    result = samleng("invite", "facilitator", "--commune", "010201", "--commune", "10202", "--partner", " API ")
    assert result.exit_code == 0
    assert [line[:8] for line in result.stderr.splitlines()] == ["010201  ", "010202  "]
    assert "Banteay Neang" in result.stderr
    assert re.fullmatch(r"https://t\.me/samleng_demo_bot\?start=i-[A-Za-z0-9_-]{22}\n", result.stdout)
    assert rows(configured, "SELECT communes, partner, used FROM invitation") == [('["010201", "010202"]', "API", 0)]
    assert rows(configured, "SELECT commune, service FROM point") == [("010201", "ca"), ("010202", "ca")]
    known = {code for (code,) in rows(configured, "SELECT code FROM place")}
    assert {"01", "0102", "010201", "01020101"} <= known


@pytest.mark.parametrize("code", ["999999", "01020101", "Banteay Neang", "1", "\x1b[2J"])
def test_an_unknown_commune_is_named(configured, code):
    """What is no commune's code is refused with what a code looks like, and nothing is made."""
    assert "6 digits" in fails(1, "invite", "facilitator", "--commune", "010201", "--commune", code)
    assert not configured.exists()


@pytest.mark.fault("an answer in HTML", "a revoked token", holds="an operator's command ends with one line")
@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (401, '{"ok":false,"error_code":401,"description":"Unauthorized"}', "SAMLENG_BOT_TOKEN"),
        (404, '{"ok":false,"error_code":404,"description":"Not Found"}', "SAMLENG_BOT_TOKEN"),
        (404, "<html>no such page</html>", "SAMLENG_API_URL"),
        (200, '{"ok":true,"result":[]}', "SAMLENG_API_URL"),
        (429, '{"ok":false,"error_code":429}', "Try again"),
        (502, "<html>bad gateway</html>", "Try again"),
    ],
)
def test_what_telegram_refuses_is_one_line(database, answering, monkeypatch, status, body, says):
    """A wrong token, a wrong address and a server out of order are told apart."""
    monkeypatch.setenv("SAMLENG_API_URL", answering(status, body))
    assert says in fails(1, "invite", "facilitator", "--commune", "010201")
    assert not database.exists()


def test_an_unreachable_server_is_one_line(database, monkeypatch):
    """Where nothing answers, the line names the server and what to check, with and without the details."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = f"127.0.0.1:{taken.getsockname()[1]}"
    monkeypatch.setenv("SAMLENG_API_URL", f"http://{server}")
    for debug in ("", "1"):
        monkeypatch.setenv("SAMLENG_DEBUG", debug)
        assert server in fails(1, "invite", "facilitator", "--commune", "010201")
    assert not database.exists()


def test_everything_in_order_is_a_line_each(configured):
    """On a machine where nothing was started yet, everything is in order, and nothing is made by looking."""
    result = samleng("check")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    looked_at = ("settings", "database", "token", "fonts", "catalogues")
    assert [line.split(":")[0] for line in lines] == [f"ok {what}" for what in looked_at]
    assert "@samleng_demo_bot" in lines[2]
    assert not configured.exists()
    samleng("migrate")
    assert "is up to date" in samleng("check").stdout


def test_what_fails_is_told_beside_what_does_not(configured, monkeypatch):
    """Each fault has its own line, with what to do, and the command exits with 1."""
    monkeypatch.setenv("SAMLENG_BOT_TOKEN", "")
    samleng("migrate")
    with closing(sqlite3.connect(configured)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    result = samleng("check")
    settings, database, token, fonts, catalogues = result.stdout.splitlines()
    assert result.exit_code == 1
    assert settings.startswith("ok settings")
    assert re.match("FAIL database: .*later version", database)
    assert re.match("FAIL token: SAMLENG_BOT_TOKEN", token)
    assert fonts.startswith("ok fonts")
    assert catalogues.startswith("ok catalogues")
    monkeypatch.setenv("SAMLENG_LANGUAGE", "Khmer")
    lines = samleng("check").stdout.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["FAIL", "FAIL", "FAIL", "ok", "ok"]


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("entry", ['msgid "a"\nmsgstr ""\n', '#, fuzzy\nmsgid "a"\nmsgstr "b"\n', "msgid junk\n"])
def test_a_catalogue_with_gaps_fails(tmp_path, monkeypatch, entry):
    """A message without its translation, or with a guessed one, is found before people meet it."""
    folder = tmp_path / "locale" / "km" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "samleng.po").write_text(f'msgid ""\nmsgstr "Language: km"\n\n{entry}', encoding="utf-8")
    monkeypatch.setattr("wording.catalogue.LOCALE", tmp_path / "locale")
    result = samleng("check")
    assert result.exit_code == 1
    assert re.match("FAIL catalogues: .*samleng.po", result.stdout.splitlines()[4])


@pytest.mark.usefixtures("configured")
def test_migrate_says_what_it_did():
    """The database is made or brought up to date, and the line says which."""
    assert "is now up to date" in samleng("migrate").stdout
    assert "was already up to date" in samleng("migrate").stdout


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("url", ["sqlite:////proc/samleng/x.sqlite3", "postgresql://u:opensesame@127.0.0.1:9/x"])
def test_a_database_of_no_use_is_one_line(monkeypatch, url):
    """A database that can't be had stops the command with one line that names the variable."""
    monkeypatch.setenv("SAMLENG_DATABASE_URL", url)
    line = fails(1, "migrate")
    assert "SAMLENG_DATABASE_URL" in line
    assert "opensesame" not in line


def test_places_are_added_once(configured, tmp_path):
    """Health centres and schools of a file are added with their communes; a second time they are known."""
    file = tmp_path / "places.csv"
    file.write_text(POINTS, encoding="utf-8")
    first, second = samleng("places", "add", file), samleng("places", "add", file)
    assert first.stdout == "2 added, 0 known already\n"
    assert second.stdout == "0 added, 2 known already\n"
    assert first.stderr == second.stderr
    assert all(re.match(r"0102\d\d  .*, Banteay Meanchey province: \d$", line) for line in first.stderr.splitlines())
    assert ("010201",) in rows(configured, "SELECT code FROM place")


def test_a_service_point_that_is_spelled_another_way_is_known(configured, tmp_path):
    """With letters that look the same, or with its kind: one list and the next bring one health centre."""
    file = tmp_path / "places.csv"
    for name in ("អណ្តូងទឹក", "អណ្ដូងទឹក", "មណ្ឌលសុខភាព អណ្តូងទឹក"):
        file.write_text(f"commune,service,name_km\n090101,hc,{name}\n", encoding="utf-8")
        samleng("places", "add", file)
    assert rows(configured, "SELECT km FROM point WHERE service = 'hc'") == [("អណ្តូងទឹក",)]


def test_a_faulty_file_of_places_adds_nothing(configured, tmp_path):
    """Each fault has its line, with row and column, and nothing is added."""
    file = tmp_path / "places.csv"
    file.write_text(POINTS + "999999,hc,ក,\n010201,bank,ខ,\n", encoding="utf-8")
    result = samleng("places", "add", file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert [re.search(r"row \d", line)[0] for line in result.stderr.splitlines()] == ["row 4", "row 5"]
    assert not configured.exists()


def test_cards_are_checked(tmp_path):
    """A card in order is ok; otherwise each fault has its line."""
    assert samleng("cards", "check", CARD).stdout == "ok hc.md\n"
    file = tmp_path / "card.md"
    file.write_text("| survey | | |\n| | type | nome |\n| | note | a |\n", encoding="utf-8")
    result = samleng("cards", "check", file)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) > 1
    assert samleng("cards", "check", tmp_path / "missing.md").exit_code == 1


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("debug", ["", "1"])
def test_what_nobody_foresaw_is_one_line(monkeypatch, debug):
    """A fault of the program is told by its class; its text and the traceback only where they are asked for."""

    def broken(_settings):
        raise RuntimeError(f"https://host/bot{TOKEN}/getMe said something")

    monkeypatch.setattr("bot.open_store.migrate_database", broken)
    monkeypatch.setenv("SAMLENG_DEBUG", debug)
    result = samleng("migrate")
    assert result.exit_code == 1
    assert ("said something" in result.stderr) == bool(debug)
    assert ("Traceback" in result.stderr) == bool(debug)
    assert debug or re.fullmatch(r"samleng: RuntimeError at tests/bot/test_cli.py:\d+ broken: .*\n", result.stderr)


def test_the_stand_in_runs_until_it_is_stopped():
    """It prints its address once it answers there, says that a port is taken, and ends quietly on Ctrl-C."""
    command = [Path(sys.executable).with_name("samleng"), "sandbox", "--port"]
    with subprocess.Popen([*command, "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        port = re.search(r"http://127\.0\.0\.1:(\d+)$", running.stdout.readline())[1]
        busy = subprocess.run([*command, port], capture_output=True, text=True, check=False, timeout=CEILING)
        running.send_signal(signal.SIGINT)
        rest = running.communicate(timeout=CEILING)
    assert (busy.returncode, busy.stdout) == (1, "")
    assert busy.stderr == f"samleng: port {port}: another program uses it. Choose another with --port.\n"
    assert (running.returncode, rest) == (0, ("", ""))


def test_a_person_is_forgotten(configured):
    """Nothing is kept of them, whether anything was or not."""
    samleng("invite", "facilitator", "--commune", "020802")
    with closing(sqlite3.connect(configured)) as connection:
        connection.execute("INSERT INTO person (bot, id, language, blocked) VALUES (123456, 77, 'km', 0)")
        connection.commit()
    assert samleng("forget", "person", "77").stdout == "person 77: nothing is kept any more\n"
    assert rows(configured, "SELECT * FROM person") == []
    assert samleng("forget", "person", "77").exit_code == 0
    assert samleng("forget", "person", "Sokha").exit_code == 2


@pytest.mark.usefixtures("configured")
def test_a_session_is_forgotten():
    """Only once it is confirmed; one that there is not is said."""
    line = fails(1, "forget", "session", "https://t.me/x?start=s-" + "a" * 22, "--yes")
    assert "there is none with this link or code" in line
    assert samleng("forget", "session", "12345678").exit_code == 130
