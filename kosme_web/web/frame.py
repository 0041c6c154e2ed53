"""The frame of every page, above and below its content: the same for all but for the token of its form."""

from functools import lru_cache

from flask import render_template, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from kosme_web.web.languages import page_display
from kosme_web.web.session import is_logged_in

TOKEN = "\ue000csrf\ue001"  # noqa: S105  a mark between two characters of the private-use area, which stand in no template


def framed(template: str) -> Markup:
    """Draw a part of the frame, once for each way it looks."""
    html = _drawn(template, page_display(), request.script_root, is_for_member=is_logged_in())
    return html.replace(TOKEN, generate_csrf()) if TOKEN in html else html


@lru_cache(maxsize=64)
def _drawn(template: str, _display: str, _root: str, *, is_for_member: bool) -> Markup:
    return Markup(render_template(template, token=TOKEN, is_for_member=is_for_member))  # noqa: S704  a template escapes
