"""What the tests of the photo share: a picture, how it is posted, and what the page shows of it."""

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

HTMX = {"HX-Request": "true"}
both_ways = pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain"])


def picture(name: str) -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    Image.new("RGB", (120, 160), "blue").save(out, "PNG")
    return io.BytesIO(out.getvalue()), name


def post(client: FlaskClient, url: str, headers: dict[str, str], **data: Any) -> TestResponse:  # noqa: ANN401  a form
    return client.post(url, data={**data, "seen": "99"}, headers=headers, content_type="multipart/form-data")


def shown(client: FlaskClient, url: str) -> str:
    """Give the name of the photo that the page shows after a reload."""
    name = BeautifulSoup(client.get(url).text, "html.parser").select_one("#photo bdi")
    return name.text if name else ""


def page_of(client: FlaskClient, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).text, "html.parser")


def photo_id(client: FlaskClient, url: str) -> str:
    return str(page_of(client, url).select_one("#photo")["data-photo"])  # type: ignore[index]
