"""The command `samleng`. What is heavy is imported by the command that needs it."""

import asyncio
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

_FILE = click.Path(path_type=Path)
_PORT = click.IntRange(0, 65535)
_INTERRUPTED = 130


class _Commands(click.Group):
    """Says in one line what is wrong: exit 2 for a wrong call, 1 otherwise."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        call = partial(super().main, *args, standalone_mode=False, **extra)
        if not standalone_mode:
            return call()
        sys.exit(_exit_code(call))


def _exit_code(call: Callable[[], Any]) -> int:
    try:
        code = call()
    except click.exceptions.NoArgsIsHelpError as asked:
        asked.show()
        return 2
    except click.UsageError as fault:
        command = fault.ctx.command_path if fault.ctx else "samleng"
        _say(f"{fault.format_message()} See {command} --help.")
        return 2
    except click.Abort:
        return _INTERRUPTED
    except Exception as fault:  # noqa: BLE001 - the last to hear of it
        _tell(fault)
        return 1
    return code if isinstance(code, int) else 0


def _tell(fault: Exception) -> None:
    from bot.redaction import class_of, place_of, without_tokens
    from bot.trouble import trouble_in

    trouble = trouble_in(fault)
    if trouble is not None:
        _say(str(trouble))
    elif os.environ.get("SAMLENG_DEBUG"):
        import traceback

        click.echo(without_tokens("".join(traceback.format_exception(fault))), err=True)
    else:
        place = place_of(fault).rpartition(" > ")[2]
        _say(f"{class_of(fault)} at {place}: nobody foresaw it. Run with SAMLENG_DEBUG=1 for the details.")


def _say(line: str) -> None:
    from bot.redaction import one_line, without_tokens

    click.echo(f"samleng: {without_tokens(one_line(line))}", err=True)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Community scorecards as a conversation in Telegram.

    Settings come from the environment or from .env in this folder: SAMLENG_BOT_TOKEN, SAMLENG_DATABASE_URL,
    SAMLENG_KEYS, SAMLENG_API_URL, SAMLENG_LANGUAGE, SAMLENG_SILENT_HOURS, SAMLENG_REFERRAL
    and SAMLENG_METRICS.
    """


@main.command()
@click.option("--role", type=click.Choice(["all", "receptionist", "courier"]), default="all", show_default=True)
def run(role: str) -> None:
    """Run the bot, or one of its two halves."""
    from bot.settings import database_name, read_settings

    settings = read_settings()
    import structlog

    from bot.logs import set_up_logs

    set_up_logs()
    # What is imported next takes seconds on a small machine, and whoever started it looks for a sign of life.
    structlog.get_logger("samleng").info(
        "starting", role=role, database=database_name(settings), telegram=settings.api_url
    )
    from bot.run import run

    run(settings, role)


@main.command()
@click.option("--headless", is_flag=True, help="End by itself and print what happened.")
@click.option(
    "--citizens", type=click.IntRange(1), default=40, show_default=True, metavar="N", help="How many take part."
)
@click.option("--seed", type=int, default=1, show_default=True, metavar="S", help="The same seed, the same people.")
@click.option("--port", type=_PORT, default=0, metavar="P", help="Of the stand-in; 0, as usual, takes a free one.")
@click.option("--fast", is_flag=True, help="Let nobody stop to think.")
def demo(headless: bool, citizens: int, seed: int, port: int, fast: bool) -> int:
    """Try Samleng without Telegram: three phones on one page, in your browser.

    A stand-in for Telegram, the bot and simulated people, on a database of their own that is gone afterwards.
    With --headless it plays a whole session by itself and prints what happened.
    """
    import logging

    from bot.logs import set_up_logs

    set_up_logs(logging.WARNING)
    from bot.demo.demo import demo

    return demo(headless=headless, citizens=citizens, seed=seed, port=port, fast=fast)


@main.command()
@click.option("--port", type=_PORT, default=8081, show_default=True, help="0 takes a free one.")
def sandbox(port: int) -> None:
    """Run the stand-in for Telegram's servers alone.

    It listens on 127.0.0.1 until Ctrl-C, for any bot token that is well-formed.
    """
    import logging

    from bot.demo.run_sandbox import run_sandbox
    from bot.logs import set_up_logs

    set_up_logs(logging.WARNING)
    asyncio.run(run_sandbox(port, lambda url: click.echo(f"The stand-in listens: SAMLENG_API_URL={url}")))


@main.group()
def invite() -> None:
    """Invite people to a role."""


_COMMUNES = click.option(
    "--commune", "communes", multiple=True, required=True, metavar="CODE", help="Its six digits; may be repeated."
)
_PARTNER = click.option("--partner", metavar="NAME", help="The organisation that they work for.")


@invite.command()
@_COMMUNES
@_PARTNER
def facilitator(communes: tuple[str, ...], partner: str | None) -> None:
    """Print a link that makes one person a facilitator in these communes.

    It works once, within 7 days, for whoever opens it first. The communes as they were understood are said beside it.
    """
    _invite("facilitator", communes, partner)


@invite.command()
@_COMMUNES
@_PARTNER
def coordinator(communes: tuple[str, ...], partner: str | None) -> None:
    """Print a link that makes one person the coordinator of a partner in these communes.

    A coordinator does what facilitators do, invites those of the same partner, and looks after them by /team.
    """
    _invite("coordinator", communes, partner)


@invite.command()
@_COMMUNES
def administrator(communes: tuple[str, ...]) -> None:
    """Print a link that makes one person an administrator of the programme in these communes.

    An administrator invites the partners' coordinators, and sees what was done by /team; no session is theirs.
    """
    _invite("administrator", communes, None)


def _invite(role: str, communes: tuple[str, ...], partner: str | None) -> None:
    from bot.settings import read_settings

    settings = read_settings()
    from bot.office.invite import invite_somebody
    from bot.office.places_in_use import places_in_use, understood
    from files.points import commune_code

    in_use = places_in_use(settings)
    from scorecard.role import Role

    click.echo(asyncio.run(invite_somebody(settings, communes, partner, in_use, role=Role(role))))
    for line in understood(in_use, [commune_code(code) for code in communes]):
        click.echo(line, err=True)


@main.command()
def check() -> int:
    """Check settings, database, token, fonts and catalogues; change nothing."""
    from bot.office.check import check

    lines = []
    for line in check():
        click.echo(str(line))
        lines.append(line)
    return 0 if all(line.ok for line in lines) else 1


@main.command()
@click.option("--commune", "communes", multiple=True, metavar="CODE", help="Its six digits; may be repeated.")
@click.option("--round", "round_", metavar="YEAR", help="Only this round.")
@click.option("--format", "format_", type=click.Choice(["xlsx", "csv", "hxl", "json"]), help="xlsx if not given.")
@click.option("--output", type=_FILE, metavar="FILE", help="Where to; - is standard output.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def export(
    communes: tuple[str, ...], round_: str | None, format_: str | None, output: Path | None, force: bool
) -> None:
    """Write the figures of closed sessions to a file, for partners and the programme.

    A workbook (xlsx), a table (csv), the same with HXL hashtags (hxl), or json; only what was released. It may run
    beside the bot and needs no token.
    """
    from bot.settings import read_settings

    settings = read_settings(token=False)
    from bot.office.export import STDOUT, export_digests

    exported = export_digests(settings, communes, round_, format_=format_, output=output, force=force)
    click.echo(str(exported), err=exported.file == STDOUT)


@main.command()
@click.argument("file", type=_FILE)
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def backup(file: Path, force: bool) -> None:
    """Copy the database to a file, while the bot runs.

    No key is in it, and nobody's open screen: keep the keys' folder out of all copies.
    """
    from bot.settings import read_settings

    settings = read_settings(token=False)
    from bot.office.backup import back_up

    size = back_up(settings, file, force=force)
    click.echo(f"{file} has the whole database without keys, {-(-size // 1_000_000)} MB")


@main.command()
@click.argument("file", type=_FILE, required=False)
def restore(file: Path | None) -> None:
    """Put a copy that backup made in the place of a database that is gone.

    A scoring that was open then and whose key is gone is cancelled, and its facilitator told; one whose key is still in
    the keys' folder goes on. On a PostgreSQL server put the copy back with psql first, then name no file here.
    """
    from bot.settings import read_settings

    settings = read_settings(token=False)
    from bot.office.backup import restore

    cancelled = asyncio.run(restore(settings, file))
    click.echo(f"put back; {len(cancelled)} open scorings cancelled, for their keys are gone")


@main.group()
def forget() -> None:
    """Erase what is kept of a person, or a whole session."""


@forget.command("person")
@click.argument("number", type=click.IntRange(1))
def forget_person(number: int) -> None:
    """Erase all that is kept of a person, by their number at Telegram.

    The same as they can do themselves, under /privacy. It may run beside the bot.
    """
    from bot.settings import read_settings

    settings = read_settings()
    from bot.office.forget import forget_person

    asyncio.run(forget_person(settings, number))
    click.echo(f"person {number}: nothing is kept any more")


@forget.command("session")
@click.argument("link")
@click.confirmation_option(prompt="What came out of it is gone then, and nothing brings it back. Go on?")
def forget_session(link: str) -> None:
    """Erase a session, by its link or open code, with what came out of it and what it was put together with.

    Its messages in groups are taken away as far as Telegram lets a bot do so. Copies of the database made before hold
    what came out; what was sent to an open one is gone from them as well, with its key.
    """
    from bot.settings import read_settings

    settings = read_settings()
    from bot.office.forget import forget_session

    forgotten = asyncio.run(forget_session(settings, link))
    click.echo(f"forgotten: {len(forgotten)}")


@main.command()
def migrate() -> None:
    """Bring the database up to date, as run does by itself."""
    from bot.open_store import migrate_database
    from bot.settings import database_name, read_settings

    settings = read_settings(token=False)
    changed = migrate_database(settings)
    click.echo(f"{database_name(settings)} {'is now' if changed else 'was already'} up to date")


@main.group()
def places() -> None:
    """Communes, health centres and schools."""


@places.command()
@click.argument("file", type=_FILE)
def add(file: Path) -> int:
    """Add the health centres and schools in a .csv or .xlsx file.

    Its columns: commune (the six digits of its code), service (hc or ps), name_km, name_en; commune_name, if it is
    there, is compared. The communes as they were understood are said beside what was added.
    """
    from bot.settings import read_settings

    settings = read_settings(token=False)
    from bot.office.add_places import add_places
    from files.faults import FaultyFileError

    try:
        added = asyncio.run(add_places(settings, file))
    except FaultyFileError as faulty:
        for fault in faulty.faults:
            _say(f"{fault}.")
        return 1
    for line in (*map(str, added.passed_over), *added.communes):
        click.echo(line, err=True)
    click.echo(f"{added.new} added, {added.known} known already")
    return 0


@places.command()
@click.argument("file", type=_FILE)
@click.option("--rename", is_flag=True, help="Also rename what people act in where its code is another place's there.")
def gazetteer(file: Path, rename: bool) -> int:
    """Lay the official list of places over those that come with Samleng.

    The list is NCDD's, of one province or of several, as .xlsx or .csv: Type, Code, Name (Khmer), Name (Latin). It
    takes the place of all that was known of these provinces. Sessions keep the names they were opened with.
    """
    from bot.settings import read_settings

    settings = read_settings(token=False)
    from bot.office.lay_gazetteer import lay_gazetteer
    from files.faults import FaultyFileError

    try:
        laid = asyncio.run(lay_gazetteer(settings, file, rename=rename))
    except FaultyFileError as faulty:
        for fault in faulty.faults:
            _say(f"{fault}.")
        return 1
    for line in (*map(str, laid.notes), *laid.changes):
        click.echo(line, err=True)
    for line in laid.provinces:
        click.echo(line)
    for line in laid.others:
        _say(f"{line}{': renamed' if rename else '. People act in it: it keeps its name, unless with --rename.'}")
    return 0


@places.command()
@click.argument("name", nargs=-1, required=True)
def find(name: tuple[str, ...]) -> None:
    """Find a commune's code by parts of its name, or of its district's and province's, in Khmer or English."""
    from bot.settings import read_settings

    settings = read_settings(token=False)
    from bot.office.find_places import find_places
    from bot.office.places_in_use import places_in_use

    found = find_places(" ".join(name), places_in_use(settings))
    for line in found.lines:
        click.echo(line)
    if found.more:
        click.echo(f"{found.more} more: write more of the name, or the district as well", err=True)


@main.group()
def plans() -> None:
    """Planned sessions."""


@plans.command("add")
@click.argument("file", type=_FILE)
def add_plan_file(file: Path) -> int:
    """Plan the sessions in a .csv or .xlsx file: all of them, or none.

    Its columns: commune (the six digits of its code), day (2026-12-31), opens (8:00), facilitator (the name with which
    they were invited); and, where they are needed, village, services (ca, hc, ps), closes (1h, 3h, evening, next
    evening, 7 days). The same place on the same day is changed; the same file again changes nothing.
    """
    from bot.settings import read_settings

    settings = read_settings()
    from bot.office.add_plans import add_plans
    from files.faults import FaultyFileError

    try:
        planned = asyncio.run(add_plans(settings, file))
    except FaultyFileError as faulty:
        for fault in faulty.faults:
            _say(f"{fault}.")
        return 1
    click.echo(f"{planned.new} planned, {planned.changed} changed, {planned.known} as they were")
    return 0


@main.group()
def cards() -> None:
    """Scorecards."""


@cards.command("check")
@click.argument("file", type=_FILE)
def check_card_file(file: Path) -> int:
    """Look for faults in a card: an XLSForm as .xlsx, or as Markdown tables in .md."""
    from files.cards import check_card, passed_over

    faults = check_card(file)
    for fault in faults:
        click.echo(str(fault))
    if not faults:
        for note in passed_over(file):
            click.echo(str(note), err=True)
        click.echo(f"ok {file.name}")
    return 1 if faults else 0
