"""The outside world, played on this machine: a WSGI app of its own that shares no code with the site.

It takes every well-formed person and number; only the magic inputs that its first page lists fail.
"""

from flask import Flask

from kosme_web.address_index import AddressIndex
from kosme_web.sandbox import facebook, juso, kakao, naver, nice, pages, portone, portone_window, solapi
from kosme_web.sandbox.state import State


def create_sandbox(*, slow_seconds: float = 8.0, report_url: str = "", addresses: str = "") -> Flask:
    """Build the sandbox with a memory of its own, empty at each start.

    SMS reports go to ``report_url``; ``addresses`` names the database of the nation's, if there is one.
    """
    app = Flask(__name__, static_folder=None)
    app.extensions["state"] = State(slow_seconds=slow_seconds, report_url=report_url)
    app.extensions["addresses"] = AddressIndex(addresses) if addresses else None
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    for part in (portone, portone_window, nice, juso, solapi, naver, kakao, facebook, pages):
        app.register_blueprint(part.blueprint)
    return app
