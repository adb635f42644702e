"""Links and codes: what opens a door, and what must not break it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import SOME

from scorecard.payload import (
    CODE_BYTES,
    CODE_LENGTH,
    Payload,
    find_code,
    find_payload,
    new_code,
    new_payload,
    payload_hash,
    payload_kind,
    spaced,
)

KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
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
    """Whatever is typed or linked, reading it gives a kind, a payload, a code or None, and never an error."""
    assert payload_kind(text) is None or len(text) == 24
    assert find_payload(text) is None
    assert is_code(find_code(text))


def is_code(code):
    return code is None or (len(code) == CODE_LENGTH and set(code) <= set("0123456789"))


@SOME
@given(st.text(st.sampled_from("2 0១５²½\u200b-–\n\t\x00ı😀") | st.characters(), max_size=40))
def test_hostile_codes_do_no_harm(text):
    """Digits of every script, signs that look like digits, unseen ones: a good code or None."""
    assert is_code(find_code(text))


def test_what_is_stored_opens_nothing():
    """A payload is stored as a hash, which is no payload itself and differs for each."""
    one, other = (new_payload(Payload.INVITATION, bytes([n]) * 16) for n in (1, 2))
    assert payload_hash(one) != payload_hash(other)
    assert payload_hash(one) == payload_hash(one)
    assert payload_kind(payload_hash(one)) is None
    assert one[2:] not in payload_hash(one)


@SOME
@given(CODES)
def test_a_code_is_found_as_people_write_it(code):
    """Digits of any script, a space or dash in the middle, unseen signs of keyboards, and words around it."""
    one, two = code[:4], code[4:]
    for typed in (
        *(code, spaced(code), f"{one}-{two}", f"{one}–{two}", f"{one} - {two}", f"{one}\u200c{two}", f"{one}\n{two}"),
        *(f"\u200e{code}", f"\ufeff{code}", f"\u2060{code}", f" {code} "),
        *(f"{code}.", f"#{code}", f"code {code}", f"code:{code}", f"សួស្តី កូដ{code}។", f"({one} {two})"),
    ):
        for written in (typed, typed.translate(KHMER), typed.translate(WIDE)):
            assert find_code(written) == code
    assert find_code("\u200b".join(code.translate(KHMER))) == code


def test_codes_use_all_digits():
    """Codes are eight digits, all of which occur, at every place, the first as well."""
    codes = [new_code((n * 7_654_321).to_bytes(CODE_BYTES)) for n in range(1000)]
    assert all({code[place] for code in codes} == set("0123456789") for place in range(CODE_LENGTH))
    assert len(set(codes)) == len(codes)
    assert spaced("12345678") == "1234 5678"


@pytest.mark.parametrize(
    "text",
    [
        *("", "1234567", "123456789", "1234 56789", "01234 5678", "1234 567", "ABC234", "/start"),
        *("012 345 678", "+855 12 345 678", "+855 1234 5678", "1234 5678 9012", "24-11-2026", "½²³⁴⁵⁶⁷⁸"),
    ],
)
def test_what_is_no_code(text):
    """Too short, too long, telephone numbers, days, longer rows of digits."""
    assert find_code(text) is None


@pytest.mark.parametrize(
    "text", ["{}", "https://t.me/a_bot?start={}", "Score here: {}.", "\u200e{}\u200b", "({})", "សូម{}"]
)
def test_a_payload_is_found_in_a_text(text):
    """Alone, in a link, among words of any script, with unseen signs around it."""
    assert find_payload(text.format("s-" + BITS)) == "s-" + BITS
    assert find_payload(text.format("s-" + BITS + "A")) is None
