"""회원정보 입력 of somebody whose verification ran out: what was typed waits, sealed, in the browser's own session."""

import base64
import binascii
import json
import time
from contextlib import suppress

from flask import request, session
from werkzeug.datastructures import MultiDict

from kosme_web.models import IdentityVerification
from kosme_web.services.vault import VaultError
from kosme_web.sign_up.forms.member_details import MemberForm
from kosme_web.web.session import browser_key
from kosme_web.web.toolbox import toolbox

KEY = "member_form"
SECONDS = 3600
MOST = 1500  # bytes: all the cookie may hold is 4096


def keep(asked: IdentityVerification | None) -> bool:
    """Keep the posted answers, and never the password; False where a cookie is too small for them."""
    names = [field.name for field in MemberForm() if field.name != "password"]
    answers = {name: texts[-1] for name in names if (texts := request.form.getlist(name)) and texts[-1]}
    sealed = toolbox().vault.seal(json.dumps([time.time() + SECONDS, answers], ensure_ascii=False), place(asked))
    if not answers or len(sealed) > MOST:
        return False
    session[KEY] = base64.b64encode(sealed).decode()
    return True


def kept(proof: IdentityVerification) -> MultiDict[str, str]:
    """Give the answers that wait for this person, as if they had just been posted; for anybody else there are none."""
    for whose in (proof, None):
        with suppress(VaultError, binascii.Error, ValueError):
            text = toolbox().vault.open(base64.b64decode(session.get(KEY, "")), place(whose))
            until, answers = json.loads(text)
            if until > time.time():
                return MultiDict(answers)
    return MultiDict()


def place(whose: IdentityVerification | None) -> str:
    """Name the person who was verified when it was typed, or else this browser."""
    return f"{KEY}/{(whose and whose.identity_key) or browser_key()}"
