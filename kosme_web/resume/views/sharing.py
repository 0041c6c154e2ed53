"""이력서 공유: the owner makes a link to a published résumé, and takes it back."""

from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kosme_web.extensions import db
from kosme_web.resume import blueprint
from kosme_web.resume.views.published import published_page
from kosme_web.services import share_links
from kosme_web.services.resumes import published
from kosme_web.services.share_links import NewLink, Terms, TooManyLinksError
from kosme_web.web.languages import both
from kosme_web.web.session import logged_in_user

DAYS = (7, 30, 90)


@dataclass(frozen=True)
class ShownLink:
    """A link as its owner sees it, once."""

    url: str = field(repr=False)
    new: NewLink


@blueprint.post("/<uuid:draft_id>/share")
def share_resume(draft_id: UUID) -> ResponseReturnValue:
    """Make a link and show it in the answer itself: it is told nowhere else and never again."""
    owner, session = logged_in_user(), db.session()
    resume = published(session, owner, draft_id)
    lifetime = lifetime_of(request.form.get("days", ""))
    if lifetime is None:
        return published_page(resume, HTTPStatus.UNPROCESSABLE_ENTITY, problem=both("Choose for how long"))
    terms = Terms(lifetime, bool(request.form.get("shows_contact")), bool(request.form.get("shows_street")))
    try:
        new = share_links.create(session, owner, draft_id, terms)
    except TooManyLinksError:
        problem = both("You have 20 links to this résumé. Take one back first")
        return published_page(resume, HTTPStatus.CONFLICT, problem=problem)
    url = url_for("shared.show_shared", secret=new.secret, _external=True)
    return published_page(resume, new_link=ShownLink(url, new))


def lifetime_of(days: str) -> timedelta | None:
    return next((timedelta(days=choice) for choice in DAYS if days == str(choice)), None)


@blueprint.post("/<uuid:draft_id>/share/<uuid:link_id>/revoke")
def revoke_link(draft_id: UUID, link_id: UUID) -> ResponseReturnValue:
    share_links.revoke(db.session(), logged_in_user(), draft_id, link_id)
    flash(both("The link was taken back. It shows nothing any more"))
    return redirect(url_for(".show_published", draft_id=draft_id, _anchor="share"), HTTPStatus.SEE_OTHER)
