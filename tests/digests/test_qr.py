"""The link as a picture: a phone reads it, and it is of the session."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from digests.poster import draw
from digests.qr import qr_picture
from files.places import find_location
from scorecard.session import Session, State

LINK = "https://t.me/samleng_bot?start=s-" + "A" * 22


@pytest.mark.parametrize("language", ["km", "en"])
def test_a_phone_reads_it(language):
    """At the width that a chat shows, as a reader finds it that nobody here wrote; no picture is higher than 4:5."""
    closes = datetime(2026, 11, 25, 11, tzinfo=UTC)
    session = Session(1, find_location("021001"), (), "2026", State.OPEN, "30715248", closes)
    picture = Image.open(BytesIO(draw(qr_picture(session, LINK, session.code, language), 360)))
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert found.text == LINK
    assert picture.height <= picture.width * 5 / 4
