"""A published version as a person would have typed it: what going on from it puts back into the draft."""

from collections.abc import Iterable
from datetime import date

from kosme_web.domain import address_codes
from kosme_web.domain.code_lists import COUNTRY
from kosme_web.domain.phone_numbers import format_phone
from kosme_web.models import EducationEntry, Resume, WorkEntry
from kosme_web.services.second_texts import MARK, OF_PAGE, OF_ROW
from kosme_web.services.typed_resumes import TypedEntry, TypedResume

AS_TYPED = ("title", "english_name", "nationality", "visa", "seeker_type", "program_type", "career_kind")
OF_ADDRESS = ("road_address", "english_address", "postal_code", "detail_address")
OF_SCHOOL = ("university", "major", "department", "univ_kind", "admission_kind", "graduation_kind", "project_url")
OF_JOB = ("company_name", "industry", "sub_industry", "sido", "sigungu", "company_department", "rank", "rank_other")
ENDS = ("job_title", "duties", "leave_reason", "leave_reason_other")


def typed_again(resume: Resume) -> TypedResume:
    """Give its texts; the jobs of the draft stay as they are where a newcomer's version holds none (N13)."""
    texts = {name: getattr(resume, name) or "" for name in (*AS_TYPED, *OF_ADDRESS, "email", "visa_subtype")}
    texts |= {"gap_reason": resume.gap_reason or "", **seconds(resume, OF_PAGE)}
    texts |= {
        "phone_number": format_phone(resume.phone_number, "ko"),
        "found_address": resume.road_address if resume.english_address else "",
        "address_codes": address_codes.join(resume.legal_area_code, resume.road_code, resume.building_code),
        **day_texts("visa_expires", resume.visa_expires_on),
    }
    entries = [school(one) for one in resume.education] + [job(one) for one in resume.work]
    kinds = {"education", "overseas"} | ({"work"} if resume.career_kind == "EXPERIENCED" else set())
    return TypedResume(texts, entries, frozenset(kinds))


def school(one: EducationEntry) -> TypedEntry:
    texts = {name: getattr(one, name) or "" for name in (*OF_SCHOOL, "coursework")}
    texts |= seconds(one, OF_ROW["education"])
    texts |= month_texts("entered", one.entered_on) | month_texts("left", one.left_on)
    if one.is_overseas:
        return TypedEntry("overseas", {**texts, "school_country": country(one.school_country)})
    return TypedEntry("education", {**texts, "school_region": one.school_region or ""})


def job(one: WorkEntry) -> TypedEntry:
    texts = {name: getattr(one, name) or "" for name in (*OF_JOB, *ENDS)}
    texts |= seconds(one, OF_ROW["work"])
    texts |= month_texts("started", one.started_on) | month_texts("ended", one.ended_on)
    texts |= {"is_current": "1" if one.is_current else "", "work_country": country(one.work_country)}
    return TypedEntry("work", texts)


def seconds(of: Resume | EducationEntry | WorkEntry, names: Iterable[str]) -> dict[str, str]:
    """Give what was written in the other language; nothing where it was written once."""
    return {MARK + name: (of.second_texts or {}).get(name, "") for name in names}


def country(code: str | None) -> str:
    """Give the name that the text field of a country reads back as the same code."""
    return COUNTRY.label(code, "ko") if code else ""


def month_texts(name: str, month: date | None) -> dict[str, str]:
    year, number = (str(month.year), str(month.month)) if month else ("", "")
    return {f"{name}_year": year, f"{name}_month": number}


def day_texts(name: str, day: date | None) -> dict[str, str]:
    return month_texts(name, day) | {f"{name}_day": str(day.day) if day else ""}
