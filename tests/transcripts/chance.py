"""What is random elsewhere: here the same in every run, and codes that can be read."""

import hashlib

from scorecard.payload import CODE_BYTES

CODES = ("30715248", "58206193", "94172035", "61835720", "27490816")


class Chance:
    """Gives random bytes that are not; `sessions` opened so far decide which code comes next."""

    def __init__(self) -> None:
        self.drawn = 0
        self.sessions = 0

    def token_bytes(self, number: int) -> bytes:
        if number == CODE_BYTES:
            return int(CODES[self.sessions]).to_bytes(CODE_BYTES)
        self.drawn += 1
        return hashlib.shake_128(str(self.drawn).encode()).digest(number)
