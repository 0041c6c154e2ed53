"""How somebody is verified to find an ID or to set a new password."""

from flask.testing import FlaskClient

from tests.people import IDENTITY, last_code

PASSWORD = "nine yellow ferries to Tongyeong"


def verified(client: FlaskClient, sandbox_url: str, **claim: str) -> FlaskClient:
    client.post("/recover/identity", data={**IDENTITY, **claim})
    answer = client.post("/recover/identity/confirm", data={"code": last_code(sandbox_url)})
    assert answer.location == "/recover", answer.text
    return client
