"""How an operator finds a commune's code."""

from click.testing import CliRunner

from bot.cli import main
from bot.office.find_places import MOST


def find(*words: str) -> tuple[int, list[str], list[str]]:
    """How it ended, and its lines on standard output and error. Nothing is set: it needs neither token nor database."""
    result = CliRunner().invoke(main, ["places", "find", *words], prog_name="samleng")
    return result.exit_code, result.stdout.splitlines(), result.stderr.splitlines()


def test_a_line_has_all_that_tells_communes_apart() -> None:
    """The code, and both names with those of district and province; words need no quotes."""
    code, (line,), rest = find("neang", "mangkul")
    assert (code, rest) == (0, [])
    km, en = "ឃុំបន្ទាយនាង ស្រុកមង្គលបូរី ខេត្តបន្ទាយមានជ័យ", "Banteay Neang commune, Mangkul Bourei district"
    assert line == f"010201  {km}  {en}, Banteay Meanchey province"


def test_of_many_the_first_are_shown() -> None:
    """How many more there are goes to standard error, so that the lines can be used."""
    code, lines, (more,) = find("Battambang")
    assert (code, len(lines)) == (0, MOST)
    assert more.endswith(" more: write more of the name, or the district as well")
    assert find(*lines[0].split()[:1])[1] == lines[:1]


def test_none_is_one_line_with_what_to_try() -> None:
    """A name that is nearly so, or how else to look; signs that no name has are not put on the screen."""
    like = 'samleng: places: no commune is called "Bantey Neng", and none has this code. Did you mean Banteay Neang'
    assert find("Bantey", "Neng")[2][0].startswith(like)
    code, lines, (line,) = find("xyzzy\x1b[2J")
    assert (code, lines) == (1, [])
    assert line.endswith("Try a part of its name, in Khmer or English, or the district's.")
    assert "\x1b" not in line
    assert find()[0] == 2
