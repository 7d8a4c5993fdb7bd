"""What a browser is served besides pages: our own style sheets and scripts, htmx, the typefaces.

Our files stand under ``/static/<digest>/``: a browser keeps them for a year and never asks again,
and a new release has a new digest. What a script imports by a relative path stays under the same
digest. The style sheets are joined into one when the first is asked for; there is no build, and no
page waits for fifty answers.
"""

import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent.parent.parent / "static"
SHEET = "css/app.css"

_A_YEAR = "public, max-age=31536000, immutable"
_A_WEEK = "public, max-age=604800"
_VERSIONED = re.compile(r"^[0-9a-f]{12}/")
_IMPORT = re.compile(r'^@import url\("([^"]+)"\);$', re.MULTILINE)


def digest_of(folder: Path) -> str:
    """Twelve hex digits that name the content of all files in a folder."""
    sha = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            sha.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return sha.hexdigest()[:12]


@lru_cache(maxsize=2)
def joined(digest: str) -> tuple[bytes, bytes]:
    """The one style sheet, plain and gzipped: what ``css/app.css`` imports, in its order."""
    css = STATIC / "css"
    text = _IMPORT.sub(lambda found: (css / found[1]).read_text(), (STATIC / SHEET).read_text())
    plain = text.encode()
    return plain, gzip.compress(plain, mtime=0)


class OwnFiles(StaticFiles):
    """The folder ``static/``. ``fresh``: in development files are looked at anew each time."""

    def __init__(self, *, fresh: bool) -> None:
        super().__init__(directory=STATIC)
        self.fresh = fresh
        self._digest = digest_of(STATIC)

    def digest(self) -> str:
        return digest_of(STATIC) if self.fresh else self._digest

    def address(self, path: str) -> str:
        """Where a file is served: ``css/app.css`` → ``/static/0123456789ab/css/app.css``."""
        return f"/static/{self.digest()}/{path}"

    async def get_response(self, path: str, scope: Scope) -> Response:
        versioned = _VERSIONED.match(path)
        path = path[versioned.end() :] if versioned else path
        answer = self._sheet(scope) if path == SHEET else await super().get_response(path, scope)
        if versioned and answer.status_code in (200, 304):
            answer.headers["Cache-Control"] = _A_YEAR
        return answer

    def _sheet(self, scope: Scope) -> Response:
        plain, small = joined(self.digest())
        if "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            return Response(plain, media_type="text/css", headers={"Vary": "Accept-Encoding"})
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(small, media_type="text/css", headers=headers)


class PackageFiles(StaticFiles):
    """Files of a package that npm installed; kept for a week, then asked about."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if answer.status_code in (200, 304):
            answer.headers["Cache-Control"] = _A_WEEK
        return answer
