"""Bots in processes of their own, forked from one that has imported all of it already, so that each begins at once."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest
from waiting import CEILING

from bot.cli import main
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[1]

_READY = multiprocessing.get_context("forkserver")
_READY.set_forkserver_preload(["warm", "forked"])


async def forked(work: Callable[..., object], *args: Any) -> ForkServerProcess:
    """A process that does this work, and ends with this one at the latest."""
    with pytest.MonkeyPatch.context() as there:
        there.setenv("PYTHONPATH", str(Path(__file__).parent))  # else the server of forks does not find `warm`
        await asyncio.to_thread(forkserver.ensure_running)
    process = _READY.Process(target=work, args=args, daemon=True)
    await asyncio.to_thread(process.start)
    return process


class Command:
    """A role of the bot by its command; what it writes to stderr is kept in a file in its folder.

    cold: a process that imports everything itself, as it does on a server; it takes seconds.
    """

    def __init__(self, settings: Settings, folder: Path, role: str, *, cold: bool = False) -> None:
        self._folder = folder
        self._role = role
        self._cold = cold
        self._log = folder / f"{role}.log"
        self._environment = {
            "SAMLENG_BOT_TOKEN": settings.bot_token.get_secret_value(),
            "SAMLENG_DATABASE_URL": settings.database_url,
            "SAMLENG_KEYS": str(settings.keys),
            "SAMLENG_API_URL": settings.api_url,
            "HOME": str(folder),
        }
        self._process: ForkServerProcess | subprocess.Popen[bytes]

    async def start(self) -> None:
        if self._cold:
            self._process = self._begun()
        else:
            self._process = await forked(_run, self._environment, self._folder, self._log, self._role)

    def tell(self, told: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process.pid is not None
        os.kill(self._process.pid, told)

    async def ended(self) -> tuple[int | None, str]:
        """Its exit code and what it wrote, as soon as it has ended."""
        if isinstance(self._process, subprocess.Popen):
            code: int | None = await asyncio.to_thread(self._process.wait, CEILING)
        else:
            await asyncio.to_thread(self._process.join, CEILING)
            code = self._process.exitcode
        return code, self._log.read_text(encoding="utf-8")

    def _begun(self) -> "subprocess.Popen[bytes]":
        command = (sys.executable, "-c", "from bot.cli import main; main()", "run", "--role", self._role)
        environment = self._environment | {"PYTHONPATH": str(ROOT)}
        with self._log.open("wb") as log:
            return subprocess.Popen(command, cwd=self._folder, env=environment, stderr=log)


def _run(settings: dict[str, str], folder: Path, log: Path, role: str) -> None:
    os.environ.clear()
    os.environ.update(settings)
    os.chdir(folder)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(written, 2)
    main(["run", "--role", role])
