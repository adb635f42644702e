"""How much a bot may send: 30 messages a second in all, 20 a minute in one group.

Telegram names these figures; edits, deletions and answers to taps stand outside them.
"""

from collections import OrderedDict, deque
from math import ceil

OVERALL, OVERALL_SECONDS = 30, 1.0
GROUP, GROUP_SECONDS = 20, 60.0

GROUPS = 1000
"""Groups whose last sends are kept for one bot."""


class Sends:
    """The moments of one bot's last sends."""

    def __init__(self) -> None:
        self._overall: deque[float] = deque(maxlen=OVERALL)
        self._groups: OrderedDict[int, deque[float]] = OrderedDict()

    def wait(self, now: float, group: int | None) -> int:
        """Seconds until one more may be sent; 0: now."""
        waits = [_wait(self._overall, now, OVERALL_SECONDS)]
        if group is not None and group in self._groups:
            waits.append(_wait(self._groups[group], now, GROUP_SECONDS))
        return max(waits)

    def add(self, now: float, group: int | None) -> None:
        """One was sent."""
        self._overall.append(now)
        if group is None:
            return
        moments = self._groups.setdefault(group, deque(maxlen=GROUP))
        moments.append(now)
        self._groups.move_to_end(group)
        if len(self._groups) > GROUPS:
            self._groups.popitem(last=False)


def _wait(moments: deque[float], now: float, seconds: float) -> int:
    """A full row whose oldest moment is not yet past."""
    if len(moments) < (moments.maxlen or 0):
        return 0
    return max(ceil(moments[0] + seconds - now), 0)
