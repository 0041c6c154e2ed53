"""로그인 뒤 한 번: what changed in a text that was agreed to, and, after two years, whether advertising is wanted."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kosme_web.account import blueprint
from kosme_web.account.consents import shown_now
from kosme_web.domain import legal
from kosme_web.domain.legal import LegalText
from kosme_web.extensions import db
from kosme_web.models import Consent, Decision
from kosme_web.services import consents
from kosme_web.web.fields import checked_if
from kosme_web.web.paths import is_own_path
from kosme_web.web.session import logged_in_user


@dataclass(frozen=True)
class Question:
    """One text to decide on: why it is asked about, and what was answered on this page so far."""

    text: LegalText
    said: Consent
    is_new: bool

    @property
    def is_advertising(self) -> bool:
        return self.text.kind in legal.ADVERTISING

    @property
    def name(self) -> str:
        return f"answer-{self.text.kind}"

    def checked_at(self, answer: str) -> str:
        return checked_if(request.form.get(self.name) == answer)


def questions() -> list[Question]:
    said = consents.standing(db.session(), logged_in_user().id)
    changed, old = consents.changed_texts(said), consents.to_renew(said)
    asked = [*changed, *(kind for kind in old if kind not in changed)]
    return [Question(legal.current(kind), said[kind], kind in changed) for kind in asked]


@blueprint.get("/review")
def show_review() -> ResponseReturnValue:
    asked = questions()
    return show_questions(asked) if asked else go_on()


@blueprint.post("/review")
def answer_review() -> ResponseReturnValue:
    """Add the answers; with one missing nothing is added yet, and those given stay on the page."""
    asked = questions()
    answers = given(asked)
    if len(answers) < len(asked):
        return show_questions(asked, HTTPStatus.UNPROCESSABLE_ENTITY)
    consents.decide(db.session(), logged_in_user(), answers, shown_now())
    return go_on()


def given(asked: list[Question]) -> Mapping[str, Decision]:
    texts = {one.text.kind: request.form.get(one.name, "") for one in asked}
    return {kind: Decision(text) for kind, text in texts.items() if text in (Decision.AGREED, Decision.REFUSED)}


def go_on() -> ResponseReturnValue:
    return redirect(target(), HTTPStatus.SEE_OTHER)


def target() -> str:
    wish = request.values.get("next", "")
    return wish if is_own_path(wish) else url_for("resume.list_resumes")


def show_questions(asked: list[Question], status: HTTPStatus = HTTPStatus.OK) -> ResponseReturnValue:
    has_gaps = status is HTTPStatus.UNPROCESSABLE_ENTITY
    return render_template("account/review.html", asked=asked, next=target(), has_gaps=has_gaps), status
