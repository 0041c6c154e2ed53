"""The way from Authlib to the outside: each of its calls is one of a visit, with the visit's limits."""

from typing import Any

from requests import PreparedRequest, Request, Response
from requests.adapters import BaseAdapter

from kosme_web.providers.http import TRY_LATER
from kosme_web.providers.service import Visit


class BoundedAdapter(BaseAdapter):
    """Sends what a ``requests`` session sends, bounded in time and size; a redirect leads nowhere."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit

    def send(self, request: PreparedRequest, **_options: Any) -> Response:  # type: ignore[override]  # noqa: ANN401
        headers = {name: text for name, text in request.headers.items() if name != "Content-Length"}
        reply = self.visit.ask(Request(request.method, request.url, headers=headers, data=request.body))
        if reply.status in TRY_LATER:
            raise reply.failure()
        response = Response()
        response.status_code = reply.status
        response.url = request.url or ""
        response.request = request
        response._content = reply.body  # noqa: SLF001  as the adapter of requests itself does
        return response

    def close(self) -> None:
        """Nothing is kept open."""
