"""Headers that every answer has: those that keep browsers in bounds, and the ids of the request."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


# By these, callers find an answer in their own records; NHS England's directory gives them back as well.
REQUEST_IDS = ("X-Request-ID", "X-Correlation-ID")
LONGEST_ID = 200


class GivesBackIds:
    """Adds to every answer the ids that the request was sent with."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)

        async def send_with_ids(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in REQUEST_IDS:
                    if len(asked.get(name, "")) in range(1, LONGEST_ID):
                        headers[name] = asked[name]
            await send(message)

        await self.app(scope, receive, send_with_ids)


class SafeHeaders:
    """Adds the headers to every answer that does not have stricter or wider ones of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)
