"""Doors for outside services: no browser comes here, so no CSRF token; a secret in the address opens them."""

import hmac
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from kosme_web.extensions import csrf, db
from kosme_web.providers.messages.sms import OUR_FIELD
from kosme_web.services import delivery_reports
from kosme_web.services.delivery_reports import Report
from kosme_web.web.toolbox import settings

blueprint = Blueprint("webhooks", __name__, url_prefix="/webhooks")
csrf.exempt(blueprint)
LONGEST_ID = 80


@blueprint.post("/solapi/<secret>")
def take_delivery_reports(secret: str) -> ResponseReturnValue:
    """Take reports of SOLAPI: each only says which message to look up, so a forged one changes nothing."""
    if not hmac.compare_digest(secret.encode(), settings().solapi_webhook_secret.encode()):
        abort(HTTPStatus.NOT_FOUND)
    try:
        events = request.get_json(silent=True)
    except RecursionError:  # brackets within brackets without end
        events = None
    if not isinstance(events, list):
        abort(HTTPStatus.BAD_REQUEST)
    delivery_reports.take(db.session(), filter(None, map(report_of, events)))
    return "", HTTPStatus.OK


def report_of(event: object) -> Report | None:
    """Read one event; what is not by the contract is passed over, for it would come again and again."""
    data = event.get("data") if isinstance(event, dict) else None
    if not isinstance(event, dict) or not isinstance(data, dict):
        return None
    event_id, provider_id, fields = event.get("eventDataId"), data.get("messageId"), data.get("customFields")
    if not is_id(event_id) or not is_id(provider_id):
        return None
    return Report(str(event_id), str(provider_id), outbox_id_of(fields))


def is_id(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text) <= LONGEST_ID and text.isascii() and text.isprintable()


def outbox_id_of(fields: object) -> UUID | None:
    text: Any = fields.get(OUR_FIELD) if isinstance(fields, dict) else None
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None
