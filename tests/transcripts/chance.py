"""What is random elsewhere: here the same in every run, and codes that can be read."""

import hashlib

from scorecard.payload import CODE_ALPHABET, CODE_BYTES

CODES = ("K7MPQ2", "H4WX3B", "R9TC5D", "D6NZ8F", "V3KJ7A")


class Chance:
    """Gives random bytes that are not; `sessions` opened so far decide which code comes next."""

    def __init__(self) -> None:
        self.drawn = 0
        self.sessions = 0

    def token_bytes(self, number: int) -> bytes:
        if number == CODE_BYTES:
            return _bytes_of(CODES[self.sessions])
        self.drawn += 1
        return hashlib.shake_128(str(self.drawn).encode()).digest(number)


def _bytes_of(code: str) -> bytes:
    """Those that `new_code` makes this code of."""
    number = sum(CODE_ALPHABET.index(sign) * len(CODE_ALPHABET) ** place for place, sign in enumerate(code))
    return number.to_bytes(CODE_BYTES)
