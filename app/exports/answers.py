"""A file as an answer: its headers, and 304 for those who have it already."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request
from starlette.responses import Response

from app.definitions.models import Definition
from app.exports.copies import Copy
from app.exports.files import Format, file_of


def answer(request: Request, definition: Definition, copy: Copy, format: Format) -> Response:
    """The file. What only a group may read is kept by no cache."""
    file = file_of(copy, format)
    public = definition.visibility == "public"
    headers = {
        "ETag": file.etag,
        "Last-Modified": format_datetime(copy.at.astimezone(UTC), usegmt=True),
        "Cache-Control": "public, no-cache" if public else "private, no-store",
    }
    if has_it(request, file.etag, copy.at):
        return Response(status_code=304, headers=headers)
    headers |= {
        "Content-Type": format.media_type,
        "Content-Disposition": f'inline; filename="{file.name}"',
        "Content-Language": copy.language,
    }
    if format.policy is not None:
        headers["Content-Security-Policy"] = format.policy
    return Response(file.body, headers=headers)


def has_it(request: Request, etag: str, changed_at: datetime) -> bool:
    """Whether the asker's copy is the current one (RFC 9110, 13.1: tags first, then the time)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        given = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in given or etag in given
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return changed_at.replace(microsecond=0) <= since
    except (ValueError, TypeError):
        return False
