"""공유된 이력서: what somebody sees who was given a link; without it, or when it is over, nothing."""

from http import HTTPStatus

from flask import Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse

from kosme_web.extensions import db
from kosme_web.models import Resume
from kosme_web.resume import shared
from kosme_web.resume.document import Seen, pdf_of, photo_of, sheet_of
from kosme_web.services import share_links
from kosme_web.services.share_links import ShareLinkNotFoundError
from kosme_web.web.errors import show
from kosme_web.web.languages import message
from kosme_web.web.rate_limits import is_within

LOOKS = parse("120/15minutes")  # from one address
GONE = (
    message("This link shows nothing any more"),
    message("It is over, or the person took it back. Ask the person for a new one."),
)


@shared.before_request
def bound_looks() -> None:
    if not is_within(LOOKS, "shared résumés", request.remote_addr or ""):
        abort(HTTPStatus.TOO_MANY_REQUESTS)


@shared.errorhandler(ShareLinkNotFoundError)
def tell_gone(_error: ShareLinkNotFoundError) -> ResponseReturnValue:
    return show(HTTPStatus.NOT_FOUND, GONE)


@shared.after_request
def be_discreet(response: Response) -> Response:
    """Keep the page out of search engines, and its address out of what the browser tells with its next requests."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "strict-origin"  # the forgery check needs the origin
    return response


@shared.get("/<secret>")
def show_shared(secret: str) -> ResponseReturnValue:
    resume, seen = found(secret)
    photo_url = url_for(".show_shared_photo", secret=secret)
    return render_template("resume/shared.html", secret=secret, **sheet_of(resume, seen, photo_url))


@shared.get("/<secret>/pdf/<any(ko, en):language>")
def download_shared(secret: str, language: str) -> ResponseReturnValue:
    resume, seen = found(secret)
    return pdf_of(resume, language, seen)


@shared.get("/<secret>/photo")
def show_shared_photo(secret: str) -> ResponseReturnValue:
    resume, _ = found(secret)
    photo = photo_of(resume)
    if photo is None:
        return show(HTTPStatus.NOT_FOUND)
    response = make_response(photo)
    response.mimetype = "image/jpeg"
    response.headers["Content-Disposition"] = "inline"
    return response


def found(secret: str) -> tuple[Resume, Seen]:
    link, resume = share_links.shown_by(db.session(), secret)
    return resume, Seen(contact=link.shows_contact, street=link.shows_street)
