"""이력서 PDF: what a published résumé says in one language; codes by their names, own texts as they were written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from flask import Response, make_response
from markupsafe import Markup

from kosme_web.domain import code_lists, months, names
from kosme_web.domain.code_lists import CodeList
from kosme_web.domain.districts import district_of
from kosme_web.domain.months import Period, YearMonth
from kosme_web.domain.phone_numbers import format_phone
from kosme_web.models import EducationEntry, Resume, WorkEntry
from kosme_web.providers.photo_store import PhotoStoreError
from kosme_web.services.second_texts import choose, is_foreign
from kosme_web.services.typesetting import typeset
from kosme_web.web.formats import SEOUL, day_in, duration_in, month_in
from kosme_web.web.languages import LANGUAGES, each, only
from kosme_web.web.toolbox import toolbox

OTHER_RANK = "R99"
DASH = "\N{EN DASH}"
MARK = "\N{DAGGER}"  # of a text that was not written in the document's language
BULLET = re.compile(rf"\A[-{DASH}*•·∙▪●○■]\s+")


@dataclass(frozen=True)
class Seen:
    """How much of the person a reader of the résumé sees."""

    contact: bool = True  # phone number and e-mail address
    street: bool = False  # else province and district only


def name_of(resume: Resume) -> str:
    return names.in_document(resume.english_name, resume.name)


def published_month(resume: Resume) -> YearMonth:
    return YearMonth.of(resume.published_at.astimezone(SEOUL).date())


def period_of(job: WorkEntry) -> Period:
    return Period(YearMonth.of(job.started_on), YearMonth.of(job.ended_on) if job.ended_on else None)


def months_of(resume: Resume, jobs: Sequence[WorkEntry]) -> int:
    """Count the months in which there was any of the jobs; both months of a period count, overlaps once."""
    return months.merged_months([period_of(job) for job in jobs], published_month(resume))


def total_of(resume: Resume) -> Markup:
    """Give the whole experience, as both languages say it."""
    return each(partial(total_in, resume))


def total_in(resume: Resume, lang: str) -> str:
    return only("%(length)s in total", lang, length=duration_in(months_of(resume, resume.work), lang))


def lines_of(text: str) -> list[str]:
    """Give the lines of a text without the dash or dot that a person set before each."""
    return [BULLET.sub("", line.strip()) for line in text.splitlines() if line.strip()]


def own_in(of: Resume | EducationEntry | WorkEntry, name: str, lang: str) -> str:
    return choose(getattr(of, name) or "", of.second_texts, name, lang)


def own(of: Resume | EducationEntry | WorkEntry, name: str) -> Markup:
    """Give what the person wrote; in both languages, if it was written in both."""
    return Markup("<bdi>{}</bdi>").format(each(partial(own_in, of, name))) if getattr(of, name) else Markup()


def own_lines(of: EducationEntry | WorkEntry, name: str) -> list[Markup]:
    """Give the lines of what the person wrote; two texts of as many lines stand side by side, line by line."""
    texts = {lang: lines_of(own_in(of, name, lang)) for lang in LANGUAGES}
    if len({len(lines) for lines in texts.values()}) > 1:
        texts = {lang: ["; ".join(lines)] for lang, lines in texts.items()}
    return [each(lambda lang, n=n: texts[lang][n]) for n in range(len(texts[LANGUAGES[0]]))]  # type: ignore[misc]


@dataclass(frozen=True)
class Document:
    """The résumé in one language, as ``resume.typ`` sets it."""

    resume: Resume
    lang: str
    seen: Seen
    photo: bytes | None = None
    has_marks: bool = False  # on what was not written in the language; the sheet explains them

    def content(self) -> dict[str, object]:
        resume, say = self.resume, self.say
        name = name_of(resume)
        day = day_in(resume.published_at.astimezone(SEOUL).date(), self.lang)
        published = only("published %(day)s", self.lang, day=day)
        headline, sections = self.own(resume, "title"), [self.work(), self.education(), *self.between()]
        return {
            "lang": self.lang,
            "title": f"{name} {DASH} {own_in(resume, 'title', self.lang)}",
            "name": name,
            "headline": headline,
            "photo": list(self.photo) if self.photo else None,
            "photo_text": say("Photo"),
            "facts": [[label, value] for label, value in self.facts() if value],
            "sections": sections,
            "marked": self.marked() if self.has_marks and MARK in f"{headline}{sections}" else "",
            "foot": f"KOSME {say('Job matching platform')} · {published}",
        }

    def marked(self) -> str:
        return f"{MARK} " + only("As the applicant wrote it; not given in English", self.lang)

    def say(self, message: str) -> str:
        return only(message, self.lang)

    def code(self, code_list: CodeList, code: str | None) -> str:
        return code_list.full_label(code, self.lang) if code else ""

    def own(self, of: Resume | EducationEntry | WorkEntry, name: str) -> str:
        """Give what the person wrote, in this language if it was written in both, else with the mark."""
        text = own_in(of, name, self.lang)
        return f"{text} {MARK}" if self.has_marks and is_foreign(text, name, self.lang) else text

    def facts(self) -> Iterator[tuple[str, str]]:
        resume, say = self.resume, self.say
        yield say("Nationality"), self.code(code_lists.NATIONALITY, resume.nationality)
        yield say("Visa"), self.visa()
        yield say("Address"), self.address()
        if self.seen.contact:
            yield say("Phone number"), format_phone(resume.phone_number, self.lang)
            yield say("Email"), resume.email or ""
        yield say("Foreigner real-name check"), say("Verified") if resume.name_checked_at else ""

    def visa(self) -> str:
        resume = self.resume
        kind = self.code(code_lists.VISA_SUBTYPE, resume.visa_subtype) or self.code(code_lists.VISA, resume.visa)
        if resume.visa_expires_on is None:
            return kind
        until = only("%(visa)s, until %(day)s", self.lang, visa=kind, day=day_in(resume.visa_expires_on, self.lang))
        reason = self.code(code_lists.VISA_PAST_REASON, resume.visa_past_reason)
        return f"{until} ({reason})" if reason else until

    def address(self) -> str:
        resume = self.resume
        if not self.seen.street:
            district = district_of(resume.road_address)
            return district.name(self.lang) if district else ""
        if self.lang == "en" and resume.english_address:
            return ", ".join(filter(None, (resume.detail_address, resume.english_address)))
        return f"{resume.road_address} {resume.detail_address}".strip()

    def work(self) -> dict[str, object]:
        jobs = self.resume.work
        newcomer = self.code(code_lists.CAREER_KIND, self.resume.career_kind)
        return {
            "name": self.say("Work Experience"),
            "note": total_in(self.resume, self.lang) if jobs else newcomer,
            "entries": [self.job(one) for one in jobs],
        }

    def job(self, one: WorkEntry) -> dict[str, object]:
        code = self.code
        industry = code(code_lists.SUB_INDUSTRY, one.sub_industry) or code(code_lists.INDUSTRY, one.industry)
        period = f"{self.period(one.started_on, one.ended_on or self.say('present'))} · "
        return {
            "name": self.own(one, "company_name"),
            "period": period + duration_in(months_of(self.resume, [one]), self.lang),
            "lines": lined([self.own(one, "company_department"), self.position(one)], [industry, self.workplace(one)]),
            "bullets": lines_of(self.own(one, "duties")),
            "url": None,
        }

    def position(self, one: WorkEntry) -> str:
        rank = (one.rank == OTHER_RANK and self.own(one, "rank_other")) or self.code(code_lists.RANK, one.rank)
        return joined(rank, self.code(code_lists.JOB_TITLE, one.job_title))

    def workplace(self, one: WorkEntry) -> str:
        region = self.code(code_lists.COUNTRY, one.work_country) or self.code(code_lists.SIDO, one.sido)
        return joined(region, self.code(code_lists.SIGUNGU, one.sigungu))

    def education(self) -> dict[str, object]:
        return {
            "name": self.say("Education"),
            "note": None,
            "entries": [self.school(one) for one in self.resume.education],
        }

    def between(self) -> Iterator[dict[str, object]]:
        if self.resume.gap_reason:
            yield {
                "name": self.say("Between study and work"),
                "note": self.own(self.resume, "gap_reason"),
                "entries": [],
            }

    def school(self, one: EducationEntry) -> dict[str, object]:
        code = self.code
        nameless = self.say("Foreign university") if one.is_overseas else self.say("Korean university")
        place = code(code_lists.SIDO, one.school_region) + code(code_lists.COUNTRY, one.school_country)
        return {
            "name": self.own(one, "university") or nameless,
            "period": self.period(one.entered_on, one.left_on or "") + (f" · {place}" if place else ""),
            "lines": lined([self.own(one, "department"), self.own(one, "major"), self.degree(one)]),
            "bullets": lines_of(self.own(one, "coursework")),
            "url": one.project_url or None,
        }

    def degree(self, one: EducationEntry) -> str:
        kind = self.code(code_lists.UNIV_KIND, one.univ_kind)
        return joined(kind, self.code(code_lists.GRADUATION_KIND, one.graduation_kind))

    def period(self, start: date, end: date | str) -> str:
        last = month_in(end, self.lang) if isinstance(end, date) else end
        return f"{month_in(start, self.lang)} {DASH} {last}".strip()


def lined(*lines: list[str]) -> list[str]:
    """Give the lines that say something, each of its parts that do."""
    return list(filter(None, (joined(*line) for line in lines)))


def joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def pdf_of(resume: Resume, lang: str, seen: Seen) -> Response:
    """Set the résumé and give it as a file to keep; the name of the file tells nothing of the person."""
    content = Document(resume, lang, seen, photo_of(resume), has_marks=True).content()
    response = make_response(typeset(content, resume.published_at))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="resume-{lang}.pdf"'
    return response


def sheet_of(resume: Resume, seen: Seen, photo_url: str) -> dict[str, object]:
    """Give what ``resume/_cv.html`` takes."""
    return {
        "resume": resume,
        "seen": seen,
        "photo_url": photo_url,
        "name": name_of(resume),
        "district": district_of(resume.road_address),
        "months_of": partial(months_of, resume),
        "total": total_of(resume),
        "own": own,
        "own_lines": own_lines,
    }


def photo_of(resume: Resume) -> bytes | None:
    """Give the photo; a résumé without it is better than none while the store is away."""
    try:
        return toolbox().photo_store.get(resume.photo.key) if resume.photo else None
    except PhotoStoreError:
        return None
