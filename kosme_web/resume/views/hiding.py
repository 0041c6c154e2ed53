"""개인정보 가리기 (N26) from the résumé page: what was typed is saved first, so that hiding costs nothing."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from kosme_web.resume import blueprint
from kosme_web.resume.posting import posted_draft, takes_whole_page
from kosme_web.web.languages import both
from kosme_web.web.session import hide_personal_data

HIDDEN = both("Saved. Somebody else may go on here now.")
UNSAVED = both("Not hidden yet: something on this page is not saved. Put it right first.")


@blueprint.post("/<uuid:draft_id>/hide")
@takes_whole_page
def hide(draft_id: UUID) -> ResponseReturnValue:
    with posted_draft(draft_id) as posted:
        pass
    if posted.must_show:
        return posted.answer("status", "resume/_saved.html", message=UNSAVED, **posted.standing())
    hide_personal_data()
    return posted.answer("status", "resume/_saved.html", message=HIDDEN, **posted.standing())
