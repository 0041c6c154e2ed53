"""One URL serves the page and, for htmx, the parts of it that changed."""

from http import HTTPStatus

from flask import Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

OURS = "Kosme-Partial"  # without this header, as in a captive portal's page, the script swaps nothing in
DIALOG = "Kosme-Dialog"
FOCUS = "Kosme-Focus"


def is_htmx() -> bool:
    return request.headers.get("HX-Request") == "true"


def partial_response(*names: str, status: HTTPStatus = HTTPStatus.OK, **context: object) -> Response:
    """Render the parts one after the other; each stands on its own and is also included by its page."""
    response = make_response("".join(render_template(name, **context) for name in names), status)
    response.headers[OURS] = "true"
    return response


def answer(
    page_url: str, *names: str, message: Markup, status: HTTPStatus = HTTPStatus.OK, **context: object
) -> ResponseReturnValue:
    """Give htmx the parts and the message; send a plain post back to its page, which shows the message."""
    if is_htmx():
        return partial_response(*names, "components/_status.html", status=status, message=message, **context)
    flash(message)
    return redirect(page_url, HTTPStatus.SEE_OTHER)


def close_dialog(response: Response, focus: str, target: str = "") -> Response:
    """Have the page close its dialog and go on at the element of that id; the answer may take another's place."""
    if target:
        response.headers.update({"HX-Retarget": target, "HX-Reswap": "outerHTML"})
    response.headers[DIALOG] = "close"
    response.headers[FOCUS] = focus
    return response


def tell(message: Markup, status: HTTPStatus) -> Response:
    """Give htmx the message alone, for the page's status line: whatever was asked for stays as it is."""
    response = make_response(message, status)
    response.headers.update({OURS: "true", "HX-Retarget": "#status", "HX-Reswap": "innerHTML"})
    return response
