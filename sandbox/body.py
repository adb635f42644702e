"""Parameters of a call as they travel: query string, form, multipart or JSON, in a request or a webhook's answer."""

import json
from typing import Any

from aiohttp import BodyPartReader, MultipartReader, StreamReader
from yarl import URL

from sandbox.files import Upload
from sandbox.refusals import RefusedError, bad_request, too_large

MAX_BYTES = 50 * 1024 * 1024 + 100_000
"""A file may have 50 MB; what else is sent with it is small."""


async def parameters(kind: str, header: str, content: StreamReader) -> dict[str, Any]:
    """A content type, its whole header, and a body of that type; what it names. Raises RefusedError."""
    if kind == "multipart/form-data":
        return await _multipart(header, content)
    body = await _read(content)
    if not body:
        return {}
    if kind == "application/json":
        return _json(body)
    try:
        text = body.decode()
    except UnicodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    # A form is written as a query string is; yarl unquotes in C, and a Khmer letter is nine characters there.
    return dict(URL.build(query_string=text, encoded=True).query)


def _json(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise bad_request("can't parse the body: it is no JSON") from None
    if not isinstance(given, dict):
        raise bad_request("can't parse the body: it is no JSON object")
    return given


async def _multipart(header: str, content: StreamReader) -> dict[str, Any]:
    """Fields as text, files as Upload."""
    given: dict[str, Any] = {}
    left = MAX_BYTES
    try:
        async for part in MultipartReader({"Content-Type": header}, content):
            if not isinstance(part, BodyPartReader) or part.name is None:
                raise _no_form()
            data = await _part(part, left)
            left -= len(data)
            if part.filename is None:
                given[part.name] = data.decode()
            else:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                given[part.name] = Upload(part.filename, mime, data)
    except RefusedError:
        raise
    except UnicodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    # The reader has no error of its own: it asserts, and raises ValueError and RuntimeError.
    except (AssertionError, ValueError, RuntimeError, LookupError):
        raise _no_form() from None
    return given


async def _part(part: BodyPartReader, left: int) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(65536):
        data += chunk
        if len(data) > left:
            raise too_large()
    return bytes(part.decode(data))


async def _read(content: StreamReader) -> bytes:
    data = bytearray()
    async for chunk in content.iter_any():
        data += chunk
        if len(data) > MAX_BYTES:
            raise too_large()
    return bytes(data)


def _no_form() -> RefusedError:
    return bad_request("can't parse the body: it is no multipart form")
