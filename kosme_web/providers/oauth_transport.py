"""The way from Authlib to the outside: each of its calls goes through our one door, with its limits."""

from typing import Any

from requests import PreparedRequest, Request, Response
from requests.adapters import BaseAdapter

from kosme_web.providers.http import ask

SECONDS = 5.0


class BoundedAdapter(BaseAdapter):
    """Sends what a ``requests`` session sends, bounded in time and size; a redirect leads nowhere."""

    def send(self, request: PreparedRequest, **_options: Any) -> Response:  # type: ignore[override]  # noqa: ANN401
        headers = {name: text for name, text in request.headers.items() if name != "Content-Length"}
        reply = ask(Request(request.method, request.url, headers=headers, data=request.body), seconds=SECONDS)
        response = Response()
        response.status_code = reply.status
        response.url = request.url or ""
        response.request = request
        response._content = reply.body  # noqa: SLF001  as the adapter of requests itself does
        return response

    def close(self) -> None:
        """Nothing is kept open."""
