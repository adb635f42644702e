"""Runs the stand-in for Telegram's servers alone."""

import asyncio
import errno
import signal
from collections.abc import Callable

from bot.trouble import Trouble
from sandbox import Sandbox


async def run_sandbox(port: int, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; `say` hears the address. Raises Trouble where the port can't be had."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    try:
        async with Sandbox(port) as sandbox:
            say(sandbox.url)
            await stopped.wait()
    except OSError as fault:
        raise port_trouble(fault, port) from fault


def port_trouble(fault: OSError, port: int) -> Trouble:
    why = {
        errno.EADDRINUSE: "another program uses it",
        errno.EACCES: "this user may not use it",
    }.get(fault.errno or 0, "it can't be used")
    return Trouble(f"port {port}: {why}. Choose another with --port.")
