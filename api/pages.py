"""The pages that people open in a browser, built from web/ into api/web/."""

from pathlib import Path

from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

WEB = Path(__file__).with_name("web")

# Nothing comes from another host. Monaco, the editor, writes its styles into the page (ADR 9).
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

NOT_BUILT = """<!doctype html>
<html lang="en-GB">
<title>Signpost</title>
<h1>This page is not built yet</h1>
<p>Run <code>make assets</code> in the checkout, then load this page again.</p>
<p>Questions are answered all the same: send them to /graphql by POST.</p>
</html>
"""


class HashedFiles(StaticFiles):
    """Files whose names change with their content, so that a browser keeps them for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def assets() -> StaticFiles:
    """The scripts and styles of the pages."""
    return HashedFiles(directory=WEB / "assets", check_dir=False)


def explorer() -> Response:
    """The explorer, or how to build it."""
    shown = page("explorer.html")
    shown.headers["Vary"] = "Accept"
    return shown


def page(name: str) -> Response:
    """A page by the name of its file, or how to build it."""
    file = WEB / name
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    if not file.is_file():
        return HTMLResponse(NOT_BUILT, headers=headers)
    return FileResponse(file, media_type="text/html", headers=headers)
