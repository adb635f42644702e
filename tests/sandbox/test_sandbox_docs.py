"""The page about the stand-in says what is true."""

from sandbox.table import PAGE, written


def test_the_generated_parts_are_up_to_date():
    """Example, methods and control are what the code has; else: python -m sandbox.table."""
    page = PAGE.read_text(encoding="utf-8")
    assert written(page) == page
    assert "| `sendPhoto` | implemented |" in page
    assert "async def test_a_person_is_greeted_and_thanked" in page
