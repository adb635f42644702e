"""Links and codes: what opens a door, and what must not break it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import SOME

from scorecard.payload import (
    CODE_ALPHABET,
    CODE_BYTES,
    CODE_LENGTH,
    Payload,
    new_code,
    new_payload,
    payload_hash,
    payload_kind,
    read_code,
)

KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
SIXTEEN = st.binary(min_size=16, max_size=32)
BITS = "A" * 22
CODES = SIXTEEN.map(new_code)


@SOME
@given(SIXTEEN, st.sampled_from(Payload))
def test_a_payload_says_what_it_is_for(random, kind):
    """A new payload is known by its kind, fits Telegram's 64 signs, and carries 128 bits of chance and no more."""
    payload = new_payload(kind, random)
    assert payload_kind(payload) is kind
    assert payload.startswith(f"{kind.value}-")
    assert len(payload) == 24
    assert payload == new_payload(kind, random[:16])
    assert payload != new_payload(kind, bytes([random[0] ^ 1]) + random[1:])


@pytest.mark.parametrize(
    "text",
    [
        *("", "s", "s-", "s-" * 2000),
        *("x-" + BITS, "S-" + BITS, "s_" + BITS, " s-" + BITS, f"s-{BITS}\n", f"s-{BITS}A", "s-" + BITS[1:]),
        *("s-=" + BITS[1:], "s-/" + BITS[1:], "s-Á" + BITS[1:]),
    ],
)
def test_what_is_no_payload_of_ours(text):
    """Near misses, other alphabets, line ends and long texts are no payloads."""
    assert payload_kind(text) is None


@SOME
@given(st.text())
def test_any_text_is_looked_at_calmly(text):
    """Whatever is typed or linked, reading it gives a kind, a code or None, and never an error."""
    assert payload_kind(text) is None or len(text) == 24
    code = read_code(text)
    assert code is None or (len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET))


@SOME
@given(st.text(st.sampled_from("aZ2 0១\u200b-–\n\t\x00ßı😀") | st.characters(), max_size=40))
def test_hostile_codes_do_no_harm(text):
    """Signs that change when they are put in capitals, unseen ones, other scripts: a good code or None."""
    code = read_code(text)
    assert code is None or (len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET))


def test_what_is_stored_opens_nothing():
    """A payload is stored as a hash, which is no payload itself and differs for each."""
    one, other = (new_payload(Payload.INVITATION, bytes([n]) * 16) for n in (1, 2))
    assert payload_hash(one) != payload_hash(other)
    assert payload_hash(one) == payload_hash(one)
    assert payload_kind(payload_hash(one)) is None
    assert one[2:] not in payload_hash(one)


@SOME
@given(CODES)
def test_a_code_is_read_as_people_type_it(code):
    """Any case, Khmer digits, spaces, dashes and the unseen spaces of Khmer keyboards make no difference."""
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(CODE_ALPHABET)
    for typed in (
        code,
        code.lower(),
        code.translate(KHMER),
        f" {code} ",
        f"{code[:3]}-{code[3:]}",
        f"{code[:3]} {code[3:]}",
    ):
        assert read_code(typed) == code
    assert read_code("\u200b".join(code.lower().translate(KHMER))) == code


def test_codes_use_the_whole_alphabet():
    """Codes are six signs of 31 that are not mistaken for each other, all of which occur, at every place."""
    codes = [new_code(n.to_bytes(CODE_BYTES)) for n in range(0, 31**6, 31**6 // 997 + 1)]
    assert all(len({code[place] for code in codes}) > 5 for place in range(CODE_LENGTH))
    assert {sign for code in codes for sign in code} == set(CODE_ALPHABET)
    assert len(set(codes)) == len(codes)
    assert not set("01ILO") & set(CODE_ALPHABET)


@pytest.mark.parametrize(
    "text", ["", "ABCDE", "ABCDEFG", "ABCDE0", "ABCDEI", "ABCDEL", "ABCDEO", "ABC.23", "២៣៤៥៦", "/start"]
)
def test_what_is_no_code(text):
    """Too short, too long, signs that are left out of codes, commands."""
    assert read_code(text) is None


def test_a_long_text_is_not_searched_for_a_code():
    """A text that is mostly spaces isn't cleaned up into a code."""
    assert read_code("ABC" + " " * 100 + "DEF") is None
