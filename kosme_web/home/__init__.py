"""첫 화면: the landing page, the public texts, and whether the service is alive."""

from http import HTTPStatus

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST

from kosme_web.domain import legal
from kosme_web.extensions import db
from kosme_web.providers.metrics import exposition
from kosme_web.services.health import is_database_ready
from kosme_web.web.operators import is_operator
from kosme_web.web.toolbox import settings

blueprint = Blueprint("home", __name__)
PUBLIC_TEXTS = {"terms": "TERMS", "privacy": "PRIVACY"}


@blueprint.get("/")
def index() -> ResponseReturnValue:
    return render_template("home/index.html")


@blueprint.get("/legal/<kind>")
def legal_text(kind: str) -> ResponseReturnValue:
    if kind not in PUBLIC_TEXTS:
        abort(HTTPStatus.NOT_FOUND)
    text = legal.current(PUBLIC_TEXTS[kind])
    return render_template("home/legal.html", text=text, title=text.title.en)


@blueprint.get("/legal/periods")
def show_periods() -> ResponseReturnValue:
    """Say how long everything is kept, in the days that are set here."""
    return render_template("home/periods.html", periods=settings().periods, access_log_days=settings().access_log_days)


@blueprint.get("/healthz")
def is_alive() -> ResponseReturnValue:
    return {"status": "ok"}


@blueprint.get("/readyz")
def is_ready() -> ResponseReturnValue:
    """Whether the database answers and has today's tables."""
    if is_database_ready(db.session()):
        return {"status": "ok"}
    return {"status": "database not ready"}, HTTPStatus.SERVICE_UNAVAILABLE


@blueprint.get("/metrics")
def show_metrics() -> ResponseReturnValue:
    """Give the figures to whoever runs the site; for anybody else there is no such page."""
    if not is_operator():
        abort(HTTPStatus.NOT_FOUND)
    return exposition(), HTTPStatus.OK, {"Content-Type": CONTENT_TYPE_LATEST}


from kosme_web.home import installed  # noqa: E402, F401  registers its routes
