"""한국 대학교 명, 외국 대학교 명 (R-130, R-140): suggests universities while a name is typed."""

import json

from flask import request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kosme_web.domain.code_lists import COUNTRY, REGION, UNIV_KIND
from kosme_web.domain.universities import School
from kosme_web.resume import blueprint
from kosme_web.services import universities
from kosme_web.web.formats import today
from kosme_web.web.languages import LANGUAGES, each
from kosme_web.web.options import named
from kosme_web.web.partials import partial_response
from kosme_web.web.toolbox import settings

GRADUATE_KINDS = ("GRAD_M", "GRAD_D", "GRAD_MD")


@blueprint.post("/universities")
def suggest_universities() -> ResponseReturnValue:
    """Give what the text may mean; the page keeps the text itself, whatever it is. Nothing is stored."""
    text = request.form.get("text", "")
    if request.form.get("kind") == "overseas":
        schools = universities.find_foreign(text)
    else:
        schools = universities.find_korean(settings().data_dir, text)
    return partial_response("resume/_universities.html", schools=schools, fills=fills, told_of=told_of, name_of=name_of)


def fills(school: School) -> str:
    """Give what picking the school writes, by the name of the entry's field; a graduate says which degree it was."""
    region = school.region_on(today())
    kind = "" if request.form.get("univ_kind") in GRADUATE_KINDS else school.kind
    country = " · ".join(COUNTRY.label(school.country, lang) for lang in LANGUAGES) if school.country else ""
    texts = {"university": school.text, "univ_kind": kind, "school_region": region, "school_country": country}
    return json.dumps({name: text for name, text in texts.items() if text}, ensure_ascii=False)


def name_of(school: School) -> Markup:
    if school.ko and school.en:
        return each(lambda lang: school.ko if lang == "ko" else school.en)
    return Markup("<bdi>{}</bdi>").format(school.names[0])


def told_of(school: School) -> Markup:
    """Tell kind and place of the school, to know it by."""
    region = school.region_on(today())
    told = [
        named(UNIV_KIND, school.kind) if school.kind else "",
        each(lambda lang: REGION.label(region, lang)) if region else "",
        named(COUNTRY, school.country) if school.country else "",
        Markup("<bdi>{}</bdi>").format(school.campus) if school.campus else "",
    ]
    return Markup(" · ").join(filter(None, told))
