"""Pictures and documents: sent as an upload or by a file id, and fetched."""

from typing import Any

from sandbox.files import Media, Upload, file_id, file_path
from sandbox.methods.method import Method, Parameters
from sandbox.methods.send import send
from sandbox.pictures import kind_and_size
from sandbox.refusals import bad_request, not_implemented
from sandbox.world import Bot, World

PHOTO_BYTES = 10 * 1024 * 1024
FETCHED_BYTES = 20 * 1024 * 1024
PHOTO_SIDES, PHOTO_RATIO = 10_000, 20
"""A picture's width and height together, and how many times longer one may be than the other."""

ATTACHED = "attach://"


def send_photo(world: World, bot: Bot, given: Parameters) -> dict[str, Any]:
    return send(world, bot, given, media(world, bot, given, "photo", given["photo"]))


def send_document(world: World, bot: Bot, given: Parameters) -> dict[str, Any]:
    return send(world, bot, given, media(world, bot, given, "document", given["document"]))


def get_file(world: World, bot: Bot, given: Parameters) -> dict[str, Any]:
    found = world.files.named(given["file_id"], bot.id)
    if found is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    file, _ = found
    if file.size > FETCHED_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file_id(file, bot.id),
        "file_unique_id": file.unique,
        "file_size": file.size,
        "file_path": file_path(file, bot.id),
    }


def media(world: World, bot: Bot, given: Parameters, kind: str, source: Upload | str) -> Media:
    """The photo or document that a bot means: an upload, a name of one, or an id of its own. Raises RefusedError."""
    if isinstance(source, str):
        if not source.startswith(ATTACHED):
            return _known(world, bot, kind, source)
        name = source.removeprefix(ATTACHED)
        if name not in given.get("attached", {}):
            raise bad_request(f"there is no {kind} in the request")
        source = given["attached"][name]
    assert isinstance(source, Upload)
    if not source.data:
        raise bad_request("file must be non-empty")
    return _photo(world, source) if kind == "photo" else world.files.add(kind, source)


def _known(world: World, bot: Bot, kind: str, source: str) -> Media:
    if source.startswith(("http://", "https://")):
        raise not_implemented("files by HTTP URL: it calls nobody")
    found = world.files.named(source, bot.id)
    if found is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    known, _ = found
    if known.kind != kind:
        raise bad_request(f"can't use file of type {known.kind.title()} as {kind.title()}")
    return known


def _photo(world: World, upload: Upload) -> Media:
    size = len(upload.data)
    if size > PHOTO_BYTES:
        raise bad_request(f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes")
    seen = kind_and_size(upload.data)
    if seen is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    mime, width, height = seen
    if not 0 < width + height <= PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return world.files.add("photo", Upload(upload.name, mime, upload.data), width, height)


METHODS: dict[str, Method] = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "getFile": get_file,
}
