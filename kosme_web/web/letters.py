"""What every message is made of, before it becomes a mail or a text message."""

from dataclasses import dataclass
from typing import Any

from flask import current_app

from kosme_web.web.toolbox import settings


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says in one language: sentences, the lines of a list, and a link with its words."""

    subject: str
    sentences: tuple[str, ...]
    items: tuple[str, ...] = ()
    link: str = ""
    link_text: str = ""


def link_to(endpoint: str, **values: Any) -> str:  # noqa: ANN401  as Werkzeug has it
    """Give the address of a page; the host is a setting, never what a request said."""
    return settings().public_url + current_app.url_map.bind("").build(endpoint, values)
