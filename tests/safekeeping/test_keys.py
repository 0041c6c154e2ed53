"""``flask keys`` and the start: no key that is needed may be missing, and a rotation overwrites no save."""

import base64
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.app import create_app
from kosme_web.config import Settings, SettingsError
from kosme_web.extensions import db
from kosme_web.models import DraftNumber, IdentifierAccess, MemberKey, User
from kosme_web.services import key_ring
from kosme_web.services.registration_numbers import sealed
from kosme_web.services.vault import Vault
from kosme_web.web.key_commands import refuse_missing_keys
from kosme_web.web.toolbox import NAME
from tests.conftest import Membership
from tests.people import NUMBER, new_resume

ROOT = Path(__file__).parents[2]
NEW = {"new1": bytes(range(32))}
TYPED = {"registration_front": NUMBER[0], "registration_back": NUMBER[1], "unique_identifier_consent": ["", "1"]}


@pytest.fixture
def url(visitor: FlaskClient, membership: Membership) -> str:
    """Give a résumé with a number in it."""
    membership.give(visitor)
    url = new_resume(visitor)
    visitor.post(url, data={**TYPED, "seen": "99"})
    return url


@pytest.fixture
def rotating(app: Flask, url: str) -> Flask:  # noqa: ARG001  the number is there first
    """The same site, with a new key in front of the one that sealed the number."""
    tools = app.extensions[NAME]
    app.extensions[NAME] = replace(tools, vault=Vault({**NEW, **tools.settings.number_keys}))
    return app


def told(app: Flask, *words: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["keys", *words])
    return answer.exit_code, answer.output


def kept(session: Session, vault: Vault) -> str:
    session.rollback()
    (number,) = session.scalars(select(DraftNumber)).all()
    return vault.open(number.sealed, f"draft_number/sealed/{number.draft_id}")


def test_a_rotation_seals_numbers_masks_and_members_keys_anew_and_is_written_down(
    rotating: Flask, session: Session, visitor: FlaskClient, url: str, tmp_path: Path
) -> None:
    assert rotating.test_cli_runner().invoke(args=["backup", "keys", str(tmp_path)]).exit_code == 0
    assert told(rotating, "check") == (0, "new1  seals  1\ndev1  opens  1\n")  # the member's key is new already
    member_key = session.scalars(select(MemberKey)).one()
    old = rotating.extensions[NAME].settings.number_keys
    place = f"member_key/sealed/{member_key.user_id}"
    member_key.sealed = Vault(old).seal(rotating.extensions[NAME].vault.open(member_key.sealed, place), place)
    session.commit()

    assert told(rotating, "rotate")[1] == "2 sealed anew; 0 were saved meanwhile\n"

    assert kept(session, Vault(NEW)) == "-".join(NUMBER)
    session.refresh(member_key)
    assert len(base64.b64decode(Vault(NEW).open(member_key.sealed, place))) == 32
    rotating.extensions[NAME] = replace(rotating.extensions[NAME], vault=Vault(NEW))
    assert f"{NUMBER[0]}-•••••••" in visitor.get(url).text
    assert told(rotating, "check") == (0, "new1  seals  2\n")
    assert told(rotating, "rotate")[1].strip() == "0 sealed anew; 0 were saved meanwhile"
    assert list(session.scalars(select(IdentifierAccess.action))) == ["SEALED", "REKEYED"]


def test_a_number_that_is_saved_while_it_is_sealed_anew_stays_the_saved_one(
    rotating: Flask, session: Session, visitor: FlaskClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(*words: object) -> tuple[bytes, bytes]:
        visitor.post(url, data={**TYPED, "registration_back": "6123457", "seen": "99"})
        return sealed(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(key_ring, "sealed", slowly)

    assert told(rotating, "rotate")[1].strip() == "0 sealed anew; 1 were saved meanwhile"

    assert kept(session, Vault(NEW)) == f"{NUMBER[0]}-6123457"
    assert list(session.scalars(select(IdentifierAccess.action))) == ["SEALED", "OPENED", "SEALED"]


def test_a_number_of_before_the_masks_shows_none_of_its_digits_until_it_gets_one(
    app: Flask, session: Session, visitor: FlaskClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_ring, "BATCH", 1)
    session.scalars(select(DraftNumber)).one().sealed_mask = None
    session.commit()
    assert "••••••-•••••••" in visitor.get(url).text

    assert told(app, "rotate") == (0, "1 so far\n1 sealed anew; 0 were saved meanwhile\n")

    assert f"{NUMBER[0]}-•••••••" in visitor.get(url).text


def test_a_seal_that_no_key_opens_is_named_and_holds_up_none_of_the_others(rotating: Flask, session: Session) -> None:
    number = session.scalars(select(DraftNumber)).one()
    number.sealed = number.sealed[:-1] + bytes([number.sealed[-1] ^ 1])
    user_id = session.scalars(select(User.id)).one()
    session.add(MemberKey(user_id=user_id, sealed=number.sealed))
    session.commit()

    code, output = told(rotating, "rotate")

    assert code == 1
    assert f"draft_number/sealed/{number.draft_id}\nmember_key/sealed/{user_id}\n" in output
    assert "cannot be opened: see flask keys" in refused_backup(rotating)


def refused_backup(app: Flask) -> str:
    answer = app.test_cli_runner().invoke(args=["backup", "keys", str(app.extensions[NAME].settings.data_dir)])
    assert answer.exit_code == 1
    return answer.output


def test_a_missing_key_is_named_by_check_by_rotate_and_by_the_start(app: Flask, url: str) -> None:  # noqa: ARG001
    refuse_missing_keys(app)
    app.extensions[NAME] = replace(app.extensions[NAME], vault=Vault(NEW))

    assert told(app, "check") == (
        1,
        "new1  seals  0\ndev1  MISSING  1\nError: a key is missing: what it sealed cannot be opened\n",
    )
    assert "the key dev1 is not in the ring" in told(app, "rotate")[1]
    with pytest.raises(SettingsError, match="KOSME_NUMBER_KEYS: the key dev1"):
        refuse_missing_keys(app)


def test_a_database_without_tables_or_away_refuses_no_start(settings: Settings) -> None:
    site = create_app(settings)
    refuse_missing_keys(site)
    away = create_app(replace(settings, database_url="postgresql+psycopg://nobody@127.0.0.1:9/none"))
    refuse_missing_keys(away)
    for app in (site, away):
        with app.app_context():
            db.engine.dispose()


def test_the_site_does_not_start_without_the_key_but_the_commands_do(app: Flask, url: str, tmp_path: Path) -> None:  # noqa: ARG001
    secrets = json.loads((tmp_path / "secrets.json").read_text())
    ring = secrets["KOSME_NUMBER_KEYS"].replace("dev1:", "dev2:")
    env = {**os.environ, "KOSME_DATA_DIR": str(tmp_path), "KOSME_NUMBER_KEYS": ring}

    start = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )

    assert start.returncode == 1
    assert "the key dev1 is not in the ring" in start.stderr
    assert ring not in start.stderr
