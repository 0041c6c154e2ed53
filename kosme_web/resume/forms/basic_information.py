"""이력서 제목, 기본정보: title, names, phone, e-mail, nationality, visa (R-100…R-110)."""

from datetime import date

from wtforms.validators import ValidationError

from kosme_web.domain import names, phone_numbers, visa_rules
from kosme_web.domain.code_lists import NATIONALITY, VISA, VISA_SUBTYPE
from kosme_web.web.contact_fields import EMPTY_PHONE, check_email, check_english_name, check_phone
from kosme_web.web.fields import (
    AtMost,
    Between,
    BilingualForm,
    CodeField,
    Required,
    TextField,
    whole_number,
)
from kosme_web.web.languages import both


class TitleForm(BilingualForm):
    title = TextField(both("Title of Resume"), [Required(both("Enter a title")), AtMost(100)])


class BasicInformation(BilingualForm):
    english_name = TextField(
        both("English Name"), [Required(both("Enter your name in English")), AtMost(100), check_english_name]
    )
    phone_number = TextField(both("Phone number"), [Required(EMPTY_PHONE), check_phone])
    email = TextField(both("Email"), [AtMost(254), check_email])
    nationality = CodeField(both("Nationality"), NATIONALITY, [Required(both("Choose your nationality"))])
    visa = CodeField(both("Visa"), VISA, [Required(both("Choose your visa"))])
    visa_subtype = CodeField(both("Visa subtype"), VISA_SUBTYPE, parent="visa")
    visa_expires_year = TextField(both("Year"), [Between(1990, 2100)])
    visa_expires_month = TextField(both("Month"), [Between(1, 12)])
    visa_expires_day = TextField(both("Day"), [Between(1, 31)])

    def validate_visa_expires_year(self, field: TextField) -> None:
        """Ask for the whole date, except of those whose stay does not end (F-5)."""
        parts = (field, self.visa_expires_month, self.visa_expires_day)
        if not any(part.text for part in parts):
            if visa_rules.needs_expiry(self.visa.text):
                raise ValidationError(both("Enter the date your visa ends"))
        elif not all(part.text for part in parts):
            raise ValidationError(both("Enter the year, the month and the day"))

    def validate_visa_expires_day(self, field: TextField) -> None:
        numbers = [whole_number(part) for part in (self.visa_expires_year, self.visa_expires_month, field)]
        if None in numbers or self.visa_expires_year.errors or self.visa_expires_month.errors:
            return
        if _date(*numbers) is None:
            raise ValidationError(both("There is no such day in that month"))

    @property
    def visa_expires_on(self) -> date | None:
        parts = (self.visa_expires_year, self.visa_expires_month, self.visa_expires_day)
        return _date(*(whole_number(part) for part in parts))

    def details(self) -> dict[str, object]:
        return {
            "english_name": names.upper(names.clean(self.english_name.text)),
            "phone_number": phone_numbers.parse_mobile(self.phone_number.text),
            "email": self.email.text or None,
            "nationality": self.nationality.code,
            "visa": self.visa.code,
            "visa_subtype": self.visa_subtype.code,
            "visa_expires_on": self.visa_expires_on,
        }


def _date(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
