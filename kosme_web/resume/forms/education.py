"""학력사항 (Education): a Korean or a foreign university (R-130…R-149)."""

from functools import partial
from typing import Any
from urllib.parse import SplitResult, urlsplit

from markupsafe import Markup
from wtforms.validators import ValidationError

from kosme_web.domain import education_rules
from kosme_web.domain.code_lists import ADMISSION_KIND, COUNTRY, GRADUATION_KIND, REGION, UNIV_KIND, find
from kosme_web.domain.education_rules import EducationProblem
from kosme_web.domain.months import YearMonth
from kosme_web.services.resumes import EducationDetails
from kosme_web.web.fields import AtMost, Between, CodeField, Required, RowForm, TextField, Texts, whole_number
from kosme_web.web.formats import today
from kosme_web.web.languages import both

FIRST_YEAR, LAST_YEAR = 1940, 2100
PROBLEM_TEXTS = {
    EducationProblem.END_BEFORE_START: both("The end cannot be before the start"),
    EducationProblem.END_MISSING: both("Enter the year and month it ended"),
    EducationProblem.END_IN_FUTURE: both("This month is still to come. Choose “Expected to graduate” or correct it"),
    EducationProblem.END_IN_PAST: both("This month is over. Choose how it ended or correct it"),
}


def check_web_address(_form: RowForm, field: TextField) -> None:
    if not field.text:
        return
    parts = _split(field.text)
    if parts is None or parts.scheme not in ("http", "https") or "." not in parts.netloc:
        raise ValidationError(both("Write the whole address, such as https://example.com/project"))


def _split(text: str) -> SplitResult | None:
    try:
        return urlsplit(text)
    except ValueError:
        return None


def month_text(texts: Texts, which: str) -> str:
    """Give a month as it was typed, such as 2022.03, however much of it is there."""
    year, month = texts[f"{which}_year"], texts[f"{which}_month"]
    return f"{year}.{month.rjust(2, '0')}" if year and month else year


def line(kind: Markup, start: str, end: str = "") -> Markup:
    """Give the second line of a folded entry: what it is, and from when to when."""
    return Markup("{} <bdi>{} \N{EN DASH}{}</bdi>").format(kind, start, f" {end}" if end else "") if start else kind


def school_line(kind: Markup, texts: Texts) -> Markup:
    return line(kind, month_text(texts, "entered"), month_text(texts, "left"))


class EducationBase(RowForm):
    """What both kinds of university ask; its own columns follow in the subclasses."""

    name_field = "university"

    univ_kind = CodeField(both("University kind"), UNIV_KIND)
    major = TextField(both("Major"), [AtMost(100)])
    entered_year = TextField(
        both("Year"), [Required(both("Enter the year you entered")), Between(FIRST_YEAR, LAST_YEAR)]
    )
    entered_month = TextField(both("Month"), [Required(both("Enter the month you entered")), Between(1, 12)])
    admission_kind = CodeField(both("Admission kind"), ADMISSION_KIND)
    left_year = TextField(both("Year"), [Between(FIRST_YEAR, LAST_YEAR)])
    left_month = TextField(both("Month"), [Between(1, 12)])
    graduation_kind = CodeField(
        both("Graduation kind"), GRADUATION_KIND, [Required(both("Choose how your studies ended or stand"))]
    )
    project_url = TextField(both("Project URL"), [AtMost(500), check_web_address])
    coursework = TextField(both("What was learned or done"), [AtMost(5000)])

    def validate_left_month(self, field: TextField) -> None:
        if bool(field.text) != bool(self.left_year.text):
            raise ValidationError(both("Enter both the year and the month"))
        start, end = self.entered, self.left
        if start is None or self.left_year.errors or not self.graduation_kind.text:
            return
        problem = education_rules.problem(start, end, self.graduation_kind.text, YearMonth.of(today()))
        if problem:
            raise ValidationError(PROBLEM_TEXTS[problem])

    @property
    def entered(self) -> YearMonth | None:
        return month_of(self.entered_year, self.entered_month)

    @property
    def left(self) -> YearMonth | None:
        return month_of(self.left_year, self.left_month)

    def common(self) -> dict[str, Any]:
        left = self.left
        return {
            "univ_kind": self.univ_kind.code,
            "major": self.major.text,
            "entered_on": self.entered.first_day if self.entered else None,
            "admission_kind": self.admission_kind.code,
            "left_on": left.first_day if left else None,
            "graduation_kind": self.graduation_kind.code,
            "project_url": self.project_url.text,
            "coursework": self.coursework.text,
        }


class EducationRow(EducationBase):
    """One Korean university, as typed; ``details`` is for a row that was found valid."""

    shown = {"line": partial(school_line, both("Korean university"))}  # noqa: RUF012

    university = TextField(both("Korean university name"), [AtMost(100)])
    school_region = CodeField(both("Region"), REGION)
    department = TextField(both("Department"), [Required(both("Enter the department")), AtMost(100)])

    def details(self) -> EducationDetails:
        return EducationDetails(
            **self.common(),
            is_overseas=False,
            university=self.university.text,
            department=self.department.text,
            school_region=self.school_region.code,
            school_country=None,
        )


class OverseasEducationRow(EducationBase):
    """One foreign university; its country may be typed in either language."""

    shown = {"line": partial(school_line, both("Foreign university"))}  # noqa: RUF012

    university = TextField(both("Foreign university name"), [AtMost(100)])
    school_country = TextField(both("Country"), [])
    department = TextField(both("Department"), [AtMost(100)])

    def validate_school_country(self, field: TextField) -> None:
        check_country(field)

    def details(self) -> EducationDetails:
        return EducationDetails(
            **self.common(),
            is_overseas=True,
            university=self.university.text,
            department=self.department.text,
            school_region=None,
            school_country=find(COUNTRY, self.school_country.text),
        )


def check_country(field: TextField) -> None:
    if field.text and find(COUNTRY, field.text) is None:
        raise ValidationError(both("Write the name of a country in Korean or English, or choose it from the list"))


def month_of(year: TextField, month: TextField) -> YearMonth | None:
    """Read a month from two fields, unless one is empty or was refused."""
    numbers = whole_number(year), whole_number(month)
    if numbers[0] is None or numbers[1] is None or year.errors or month.errors:
        return None
    return YearMonth(numbers[0], numbers[1])
