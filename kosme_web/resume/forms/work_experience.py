"""경력사항 (Work Experience): newcomer or experienced, and one job (R-150…R-162)."""

from markupsafe import Markup
from wtforms.validators import ValidationError

from kosme_web.domain import work_rules
from kosme_web.domain.code_lists import (
    CAREER_KIND,
    COUNTRY,
    INDUSTRY,
    JOB_TITLE,
    LEAVE_REASON,
    OVERSEAS,
    RANK,
    SIDO,
    SIGUNGU,
    SUB_INDUSTRY,
    find,
)
from kosme_web.domain.months import YearMonth
from kosme_web.domain.work_rules import WorkProblem
from kosme_web.resume.forms.education import FIRST_YEAR, LAST_YEAR, check_country, line, month_of, month_text
from kosme_web.services.resumes import WorkDetails
from kosme_web.web.fields import (
    AtMost,
    Between,
    BilingualForm,
    CodeField,
    Required,
    RowForm,
    TextField,
    Texts,
    TickField,
)
from kosme_web.web.formats import today
from kosme_web.web.languages import both, both_as
from kosme_web.web.options import named

PROBLEM_TEXTS = {
    WorkProblem.START_IN_FUTURE: both("The start cannot be in the future"),
    WorkProblem.END_BEFORE_START: both("The end cannot be before the start"),
    WorkProblem.END_IN_FUTURE: both(
        "The end cannot be in the future. Tick “Currently employed” if you still work there"
    ),
    WorkProblem.END_MISSING: both("Enter the year and month it ended, or tick “Currently employed”"),
}


class CareerForm(BilingualForm):
    career_kind = CodeField(
        both("Newcomer or experienced"), CAREER_KIND, [Required(both("Choose newcomer or experienced"))]
    )


OTHER_RANK = "R99"


def work_line(texts: Texts) -> Markup:
    """Say what the folded entry is about: whether the job goes on, and its months as they were typed."""
    if texts["is_current"]:
        return line(both("Currently employed"), month_text(texts, "started"))
    return line(both("Work Experience"), month_text(texts, "started"), month_text(texts, "ended"))


def position_line(texts: Texts) -> Markup:
    """Give rank and job title as they were chosen (R-159)."""
    rank, title = texts["rank"], texts["job_title"]
    said = []
    if rank in RANK:
        other = texts["rank_other"] if rank == OTHER_RANK else ""
        said.append(Markup("<bdi>{}</bdi>").format(other) if other else named(RANK, rank))
    if title in JOB_TITLE:
        said.append(named(JOB_TITLE, title))
    return Markup("<p>{}</p>").format(Markup(" · ").join(said)) if said else Markup()


class WorkRow(RowForm):
    """One job, as typed; ``details`` is for a row that was found valid."""

    name_field = "company_name"
    shown = {"line": work_line, "position": position_line}  # noqa: RUF012

    company_name = TextField(both("Company name"), [Required(both("Enter the company name")), AtMost(100)])
    industry = CodeField(both("Industry"), INDUSTRY)
    sub_industry = CodeField(both("Detailed industry"), SUB_INDUSTRY, parent="industry")
    sido = CodeField(both("Province"), SIDO)
    sigungu = CodeField(both("District"), SIGUNGU, parent="sido")
    work_country = TextField(both("Country"), [])
    started_year = TextField(
        both("Year"), [Required(both("Enter the year you started")), Between(FIRST_YEAR, LAST_YEAR)]
    )
    started_month = TextField(both("Month"), [Required(both("Enter the month you started")), Between(1, 12)])
    ended_year = TextField(both("Year"), [Between(FIRST_YEAR, LAST_YEAR)])
    ended_month = TextField(both("Month"), [Between(1, 12)])
    is_current = TickField(both("Currently employed"))
    company_department = TextField(both_as("work", "Department"), [AtMost(100)])
    rank = CodeField(both("Rank"), RANK)
    rank_other = TextField(both("Rank in your own words"), [AtMost(50)])
    job_title = CodeField(both("Job title"), JOB_TITLE)
    duties = TextField(both("Duties"), [AtMost(5000)])
    leave_reason = CodeField(both("Reason for leaving"), LEAVE_REASON)
    leave_reason_other = TextField(both("Reason in your own words"), [AtMost(100)])

    @property
    def is_abroad(self) -> bool:
        return self.sido.text == OVERSEAS

    def validate_work_country(self, field: TextField) -> None:
        if self.is_abroad:
            check_country(field)

    def validate_ended_month(self, field: TextField) -> None:
        if not self.is_current.is_on and bool(field.text) != bool(self.ended_year.text):
            raise ValidationError(both("Enter both the year and the month"))
        if self.started is None or self.ended_year.errors:
            return
        problem = work_rules.problem(
            self.started, self.ended, is_current=self.is_current.is_on, this_month=YearMonth.of(today())
        )
        if problem:
            raise ValidationError(PROBLEM_TEXTS[problem])

    @property
    def started(self) -> YearMonth | None:
        return month_of(self.started_year, self.started_month)

    @property
    def ended(self) -> YearMonth | None:
        """The last month; nothing while the job goes on, whatever was typed before the box was ticked."""
        return None if self.is_current.is_on else month_of(self.ended_year, self.ended_month)

    def details(self) -> WorkDetails:
        is_current = self.is_current.is_on
        started, ended = self.started, self.ended
        if started is None:
            raise ValueError("details are for a row that was found valid")
        return WorkDetails(
            company_name=self.company_name.text,
            industry=self.industry.code,
            sub_industry=self.sub_industry.code,
            sido=self.sido.code,
            sigungu=self.sigungu.code,
            work_country=find(COUNTRY, self.work_country.text) if self.is_abroad else None,
            started_on=started.first_day,
            ended_on=ended.first_day if ended else None,
            is_current=is_current,
            company_department=self.company_department.text,
            rank=self.rank.code,
            rank_other=self.rank_other.text,
            job_title=self.job_title.code,
            duties=self.duties.text,
            leave_reason=None if is_current else self.leave_reason.code,
            leave_reason_other="" if is_current else self.leave_reason_other.text,
        )
