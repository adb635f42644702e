"""Pictures and documents: uploaded, sent again by their id, fetched, rewritten, and refused."""

import io
import struct

import pytest
import telegram
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto
from everything import PNG

from sandbox.files import KEPT_BYTES, Files, Upload
from sandbox.pictures import kind_and_size, picture

WIDE = picture(1600, 900, (1, 2, 3), "wide.png").data
MEGABYTE = 1024 * 1024


async def upload(http, method, name, file, token="123456:" + "A" * 35, **given):
    answer = await http.post(f"/bot{token}/{method}", data=given, files={name: file})
    about = answer.json()
    return about["result"] if about["ok"] else f"{about['error_code']} {about['description']}"


async def test_a_photo_is_sent_shown_and_fetched(api, http, sokha):
    """It has sizes and a caption; the phone gets its bytes, and so does the bot."""
    sent = await upload(http, "sendPhoto", "photo", ("a.png", WIDE, "image/png"), chat_id=sokha.id,
                        caption="<b>សំឡេង</b>", parse_mode="HTML", protect_content="true")  # fmt: skip
    assert [(size["width"], size["height"]) for size in sent["photo"]] == [(90, 51), (1280, 720)]
    assert (sent["caption"], sent["caption_entities"][0]["length"]) == ("សំឡេង", 5)
    screen = await sokha.screen()
    file = screen.raw["file"]
    assert (screen.text, screen.protected, screen.raw["photo"], file["width"]) == ("សំឡេង", True, True, 1600)
    seen = await http.get(file["url"])
    assert (seen.content, seen.headers["content-type"]) == (WIDE, "image/png")
    about = await api("getFile", file_id=sent["photo"][-1]["file_id"])
    fetched = await http.get(f"/file/bot{api.token}/{about['file_path']}")
    assert (about["file_size"], fetched.content) == (len(WIDE), WIDE)


async def test_a_document_keeps_its_name_and_is_never_opened_in_place(http, sokha):
    """Whatever type a bot claims, the page gets a download."""
    hostile = ("<b>\u202e.html", b"<script>alert(1)</script>", "text/html")
    sent = await upload(http, "sendDocument", "document", hostile, chat_id=sokha.id)
    assert (sent["document"]["mime_type"], sent["document"]["file_name"]) == ("text/html", hostile[0])
    file = (await sokha.phone()).messages[-1].raw["file"]
    seen = await http.get(file["url"])
    assert seen.content == hostile[1]
    assert seen.headers["content-type"] == "application/octet-stream"
    assert seen.headers["content-disposition"].startswith("attachment")
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert (await http.get("/_sandbox/file/none")).status_code == 404


async def test_a_file_id_belongs_to_one_bot(api, http, sokha):
    """The bot sends a file again by its id; another bot can do nothing with that id, nor fetch the file."""
    sent = await upload(http, "sendPhoto", "photo", ("a.png", PNG, "image/png"), chat_id=sokha.id)
    name = sent["photo"][-1]["file_id"]
    again = await api("sendPhoto", chat_id=sokha.id, photo=name)
    assert again["photo"][-1]["file_unique_id"] == sent["photo"][-1]["file_unique_id"]
    other = type(api)(http, "654321:" + "B" * 35)
    await other("getMe")
    await sokha.open("https://t.me/samleng_demo_2_bot")
    wrong = "400 Bad Request: wrong file identifier/HTTP URL specified"
    assert await other("sendPhoto", chat_id=sokha.id, photo=name) == wrong
    assert (await other("getFile", file_id=name)).startswith("400 Bad Request: wrong file_id")
    path = (await api("getFile", file_id=name))["file_path"]
    assert (await http.get(f"/file/bot{other.token}/{path}")).status_code == 404
    assert (await http.get(f"/file/botsecret/{path}")).status_code == 401
    assert await api("sendDocument", chat_id=sokha.id, document=name) == (
        "400 Bad Request: can't use file of type Photo as Document"
    )


async def test_what_people_send_has_ids_of_each_bots_own(api, http, people, sokha):
    """Two bots in a group hear of one picture under two names."""
    other = type(api)(http, "654321:" + "B" * 35)
    await other("getMe")
    group = await people.group("Commune", [sokha])
    sent = []
    for bot in (api, other):
        await group.act("add_bot", bot=(await bot("getMe"))["id"])
        sent.append(await bot("sendMessage", chat_id=group.id, text="x"))
        await sokha.say(photo=True, chat=group.id, reply_to=sent[-1]["message_id"])
    mine, theirs = [await the_photo(bot) for bot in (api, other)]
    assert mine["file_id"] != theirs["file_id"]
    assert mine["file_unique_id"] == theirs["file_unique_id"]
    assert (await api("getFile", file_id=mine["file_id"]))["file_size"] == mine["file_size"]


async def the_photo(bot):
    messages = [update["message"] for update in await bot("getUpdates") if "message" in update]
    return next(message["photo"][-1] for message in messages if "photo" in message)


async def test_captions_and_media_are_rewritten(api, http, sokha):
    """What is the same is not modified; a text has no caption, and a picture no text."""
    sent = await upload(http, "sendPhoto", "photo", ("a.png", PNG, "image/png"), chat_id=sokha.id, caption="one")
    there = {"chat_id": sokha.id, "message_id": sent["message_id"]}
    assert (await api("editMessageCaption", **there, caption="one")).startswith("400 Bad Request: message is not mod")
    assert (await api("editMessageCaption", **there, caption="two"))["caption"] == "two"
    assert await api("editMessageText", **there, text="x") == (
        "400 Bad Request: there is no text in the message to edit"
    )
    text = await api("sendMessage", chat_id=sokha.id, text="x")
    words = {"chat_id": sokha.id, "message_id": text["message_id"]}
    assert await api("editMessageCaption", **words, caption="x") == (
        "400 Bad Request: there is no caption in the message to edit"
    )
    media = {"type": "photo", "media": sent["photo"][-1]["file_id"], "caption": "two"}
    assert (await api("editMessageMedia", **there, media=media)).startswith("400 Bad Request: message is not modified")
    assert (await api("editMessageMedia", **words, media=media))["caption"] == "two"
    assert await api("editMessageMedia", **there, media=media | {"media": "attach://gone"}) == (
        "400 Bad Request: there is no photo in the request"
    )
    for missing in ({"type": "video", "media": "x"}, {"type": "document", "media": "x", "thumbnail": "y"}):
        assert (await api("editMessageMedia", **there, media=missing)).startswith("501 Not Implemented")


@pytest.mark.parametrize(
    ("method", "given", "file", "refusal"),
    [
        ("sendPhoto", {}, None, "there is no photo in the request"),
        ("sendDocument", {"document": ""}, None, "there is no document in the request"),
        ("sendPhoto", {}, b"", "file must be non-empty"),
        ("sendPhoto", {}, b"words", "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", {}, PNG[:20], "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", {}, PNG[:16] + struct.pack(">II", 1, 21), "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", {}, PNG[:16] + struct.pack(">II", 0, 0), "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", {}, PNG + bytes(10 * MEGABYTE), "file of size 10485828 bytes is too big for a photo; the max"),
        ("sendPhoto", {"caption": "x" * 1025}, PNG, "message caption is too long"),
        ("sendPhoto", {"caption": "<b>", "parse_mode": "HTML"}, PNG, "can't parse entities: Can't find end tag"),
        ("sendPhoto", {"photo": "nonsense"}, None, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": "ខ្មែរ"}, None, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": "attach://gone"}, None, "there is no photo in the request"),
        ("getFile", {"file_id": "x"}, None, "wrong file_id or the file is temporarily unavailable"),
        ("getFile", {}, None, "invalid file_id"),
    ],
    ids=range(15),
)
async def test_files_that_do_not_fit_are_refused(method, given, file, refusal, http, sokha):
    """Each in Telegram's words."""
    files = {"photo": ("x.png", file)} if file is not None else None
    wanted = {"chat_id": str(sokha.id)} if method != "getFile" else {}
    answer = await http.post(f"/bot123456:{'A' * 35}/{method}", data=wanted | given, files=files)
    assert answer.status_code == 400
    assert answer.json()["description"].startswith(f"Bad Request: {refusal}")


async def test_files_by_address_are_refused(api, sokha):
    """The stand-in fetches nothing from anywhere."""
    answer = await api("sendPhoto", chat_id=sokha.id, photo="https://example.org/a.png")
    assert answer.startswith("501 Not Implemented: the sandbox does not have files by HTTP URL")


async def test_sixty_megabytes_are_too_large(http, sokha):
    """Refused as Telegram does, with and without a length given before; the next call goes well."""
    big = bytes(60 * MEGABYTE)
    answer = await upload(http, "sendDocument", "document", ("big.bin", big), chat_id=sokha.id)
    assert answer == "413 Request Entity Too Large"

    async def pieces():
        for _ in range(60):
            yield big[:MEGABYTE]

    chunked = await http.post(f"/bot123456:{'A' * 35}/sendDocument", content=pieces())
    assert (chunked.status_code, chunked.json()["description"]) == (413, "Request Entity Too Large")
    small = await upload(http, "sendDocument", "document", ("a.bin", b"x"), chat_id=sokha.id)
    assert small["document"]["file_size"] == 1


async def test_aiogram_sends_rewrites_and_fetches(aiogram_bot, people):
    """Uploads as aiogram writes them, and a download."""
    await aiogram_bot.get_me()
    sokha = await people.add("Sokha")
    await sokha.say("/start")
    sent = await aiogram_bot.send_photo(sokha.id, BufferedInputFile(PNG, "p.png"), caption="one")
    document = InputMediaDocument(media=BufferedInputFile(b"%PDF-", "ឃុំ.pdf"), caption="two")
    edited = await aiogram_bot.edit_message_media(document, chat_id=sokha.id, message_id=sent.message_id)
    assert (edited.document.file_name, edited.caption) == ("ឃុំ.pdf", "two")
    into = await aiogram_bot.download(edited.document.file_id, io.BytesIO())
    assert into.read() == b"%PDF-"
    back = InputMediaPhoto(media=sent.photo[-1].file_id)
    assert (await aiogram_bot.edit_message_media(back, chat_id=sokha.id, message_id=sent.message_id)).photo


async def test_ptb_sends_rewrites_and_fetches(ptb_bot, people):
    """Uploads as python-telegram-bot writes them, and a download."""
    sokha = await people.add("Sokha")
    await sokha.say("/start")
    sent = await ptb_bot.send_document(sokha.id, b"%PDF-", filename="ឃុំ.pdf", caption="one")
    edited = await sent.edit_caption("two")
    assert (edited.caption, edited.document.file_name) == ("two", "ឃុំ.pdf")
    edited = await sent.edit_media(telegram.InputMediaPhoto(PNG, caption="three"))
    assert edited.photo[-1].width == 1
    file = await ptb_bot.get_file(edited.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == PNG


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (PNG, ("image/png", 1, 1)),
        (b"GIF89a" + struct.pack("<HH", 3, 4), ("image/gif", 3, 4)),
        (b"RIFF????WEBPVP8X" + bytes(8) + b"\x09\0\0\x13\0\0", ("image/webp", 10, 20)),
        (b"RIFF????WEBPVP8 " + bytes(10) + struct.pack("<HH", 7, 8), ("image/webp", 7, 8)),
        (b"RIFF????WEBPVP8L" + bytes(5) + (9 | 4 << 14).to_bytes(4, "little"), ("image/webp", 10, 5)),
        (b"RIFF????WEBPVP9 ", None),
        (b"\xff\xd8\xff\xe0\0\x04JF\xff\xc0\0\x11\x08\0\x05\0\x06\x03\x01", ("image/jpeg", 6, 5)),
        (b"\xff\xd8\xff\xe0", None),
        (b"", None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_beginning(data, found):
    """PNG, GIF, WebP in its three kinds, JPEG; anything else is no picture."""
    assert kind_and_size(data) == found


def test_files_are_forgotten_when_there_are_too_many():
    """The one that was used longest ago goes first; the same bytes are kept once."""
    files = Files()
    first, second = (files.add("document", Upload(name, "x/y", bytes(KEPT_BYTES // 2))) for name in "ab")
    assert files.add("document", Upload("a", "x/y", bytes(KEPT_BYTES // 2))) == first
    files.add("document", Upload("c", "x/y", b"x"))
    assert files.get(first.unique)
    assert files.get(second.unique) is None
