"""How the tests of 본인인증 ask, confirm, and look at both sides: our table and the agency."""

from dataclasses import replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kosme_web.models import IdentityVerification
from kosme_web.sandbox.state import Verification
from kosme_web.web.toolbox import NAME
from tests.people import IDENTITY

CONFIRM = "/sign-up/identity/confirm"
MEMBER_FORM = "/sign-up/member"


def ask(client: FlaskClient, **claim: str) -> None:
    assert client.post("/sign-up/identity", data={**IDENTITY, **claim}).location == CONFIRM


def confirm(client: FlaskClient, code: str = "") -> TestResponse:
    return client.post(CONFIRM, data={"code": code})


def verification(session: Session) -> IdentityVerification:
    session.rollback()
    return session.scalars(select(IdentityVerification)).one()


def at_the_agency(sandbox_app: Flask, session: Session) -> Verification:
    found: Verification = sandbox_app.extensions["state"].verifications[verification(session).id]
    return found


def change(app: Flask, **fields: Any) -> None:  # noqa: ANN401  any field of the adapter
    toolbox = app.extensions[NAME]
    adapter = replace(toolbox.identity_verification, **fields)
    app.extensions[NAME] = replace(toolbox, identity_verification=adapter)
