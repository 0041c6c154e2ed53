"""JSON Resume (version 1.0.0 of its schema): a published résumé in that form, and such a file as typed texts."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kosme_web.domain.districts import district_of
from kosme_web.models import EducationEntry, Resume, WorkEntry
from kosme_web.resume.document import OTHER_RANK, Document, Seen, lines_of
from kosme_web.services.typed_resumes import TypedEntry, TypedResume

DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-[0-9]{2})?)?")
HANGUL = re.compile("[\uac00-\ud7a3]")
MOST_RANK = 50


def written(resume: Resume, lang: str) -> dict[str, Any]:
    """Give the résumé; codes by their names, and own texts as they were written, in that language."""
    document = Document(resume, lang, Seen())
    district = district_of(resume.road_address)
    return {
        "basics": {
            "name": resume.english_name,
            "label": document.own(resume, "title"),
            "phone": resume.phone_number,
            "location": {"countryCode": "KR", "region": district.name(lang) if district else ""},
            **({"email": resume.email} if resume.email else {}),
        },
        "work": [_job(document, one) for one in resume.work],
        "education": [_school(document, one) for one in resume.education],
        "meta": {"version": "v1.0.0", "lastModified": resume.published_at.isoformat(timespec="seconds")},
    }


def _job(document: Document, one: WorkEntry) -> dict[str, Any]:
    name = document.own(one, "company_name")
    said = {"name": name, "position": document.position(one), "startDate": _month(one.started_on)}
    if one.ended_on:
        said["endDate"] = _month(one.ended_on)
    return {**said, "location": document.workplace(one), "highlights": lines_of(document.own(one, "duties"))}


def _school(document: Document, one: EducationEntry) -> dict[str, Any]:
    said = {
        "institution": document.own(one, "university"),
        "area": document.own(one, "department") or document.own(one, "major"),
        "studyType": document.degree(one),
        "startDate": _month(one.entered_on),
        "courses": lines_of(document.own(one, "coursework")),
    }
    if one.left_on:
        said["endDate"] = _month(one.left_on)
    return said | ({"url": one.project_url} if one.project_url else {})


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def typed(data: Mapping[str, Any]) -> Iterator[TypedResume]:
    """Give what a person would have typed; what our résumé does not ask stays behind."""
    basics = data["basics"]
    jobs = [_typed_job(one) for one in data.get("work") or []]
    texts = {
        "title": _text(basics, "label"),
        "english_name": _text(basics, "name"),
        "email": _text(basics, "email"),
        "phone_number": _text(basics, "phone"),
        "career_kind": "EXPERIENCED" if jobs else "",
    }
    yield TypedResume(texts, [_typed_school(one) for one in data.get("education") or []] + jobs)


def _typed_job(one: Mapping[str, Any]) -> TypedEntry:
    position, ended = _text(one, "position"), _text(one, "endDate")
    is_short = 0 < len(position) <= MOST_RANK
    duties = [_text(one, "summary"), *_bullets(one, "highlights")]
    texts = {
        "company_name": _text(one, "name") or _text(one, "company"),
        "rank": OTHER_RANK if is_short else "",
        "rank_other": position if is_short else "",
        "duties": "\n".join(filter(None, ["" if is_short else position, *duties])),
        "is_current": "" if ended else "1",
    }
    return TypedEntry("work", texts | _months("started", _text(one, "startDate")) | _months("ended", ended))


def _typed_school(one: Mapping[str, Any]) -> TypedEntry:
    name = _text(one, "institution")
    coursework = [_text(one, "studyType"), *_bullets(one, "courses")]
    texts = {
        "university": name,
        "department": _text(one, "area"),
        "project_url": _text(one, "url"),
        "coursework": "\n".join(filter(None, coursework)),
    }
    months = _months("entered", _text(one, "startDate")) | _months("left", _text(one, "endDate"))
    return TypedEntry("education" if HANGUL.search(name) else "overseas", texts | months)


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name) or ""
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _bullets(data: Mapping[str, Any], name: str) -> list[str]:
    lines = data.get(name) or []
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise TypeError(name)
    return [f"- {line}" for line in lines]


def _months(name: str, text: str) -> dict[str, str]:
    found = DAY.fullmatch(text)
    return {f"{name}_year": found[1], f"{name}_month": str(int(found[2] or 0) or "")} if found else {}
