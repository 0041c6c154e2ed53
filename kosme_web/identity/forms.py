"""본인인증 (R-021…R-023): carrier, method, name, date of birth, sex, phone number."""

import secrets
from datetime import date

from wtforms import Form
from wtforms.validators import StopValidation, ValidationError

from kosme_web.domain import names, phone_numbers
from kosme_web.domain.code_lists import CARRIER, NETWORK, VERIFY_METHOD
from kosme_web.domain.phone_numbers import format_phone
from kosme_web.models import IdentityVerification
from kosme_web.services.identity import WINDOW, Claim
from kosme_web.web.contact_fields import EMPTY_PHONE, check_phone
from kosme_web.web.fields import (
    AtMost,
    Between,
    BilingualForm,
    CodeField,
    Required,
    TextField,
    whole_number,
)
from kosme_web.web.formats import today
from kosme_web.web.languages import both

SEXES = [("M", both("Male")), ("F", both("Female"))]
MVNO = "MVNO"
LONGEST_NAME = 100
BIRTH_DATE = both("Enter your date of birth")


class RequiredAfter(Required):
    """A part of the date that must be there; what is missing before it complains for the whole date."""

    def __init__(self, *earlier: str) -> None:
        super().__init__(BIRTH_DATE)
        self.earlier = earlier

    def __call__(self, form: Form, field: TextField) -> None:
        if not field.text and not all(form[name].text for name in self.earlier):
            raise StopValidation
        super().__call__(form, field)


class IdentityForm(BilingualForm):
    carrier = CodeField(both("Choose carrier"), CARRIER, [Required(both("Choose your carrier"))])
    network = CodeField(both("MVNO network"), NETWORK)
    verify_method = CodeField(both("Method"), VERIFY_METHOD, [Required(both("Choose how to verify"))])
    name = TextField(both("Name"), [Required(both("Enter your name")), AtMost(LONGEST_NAME)])
    birth_year = TextField(both("Year"), [Required(BIRTH_DATE), Between(1900, 2099)])
    birth_month = TextField(both("Month"), [RequiredAfter("birth_year"), Between(1, 12)])
    birth_day = TextField(both("Day"), [RequiredAfter("birth_year", "birth_month"), Between(1, 31)])
    sex = TextField(both("Sex"), [Required(both("Choose your sex as on your residence card"))])
    phone_number = TextField(both("Mobile phone number"), [Required(EMPTY_PHONE), check_phone])
    attempt = TextField()  # hidden: a form that is sent twice asks once

    def new_attempt(self) -> None:
        """Make the next sending a question of its own: this one has got its answer."""
        self.attempt.data = secrets.token_urlsafe(12)

    def validate_name(self, field: TextField) -> None:
        if len(names.upper(field.text)) > LONGEST_NAME:  # ß and some other letters grow as capitals
            raise ValidationError(both("Write fewer letters: %(most)s at most", most=LONGEST_NAME))

    def validate_network(self, field: CodeField) -> None:
        if self.carrier.text == MVNO and not field.text:
            raise ValidationError(both("Choose the network your budget carrier uses"))

    def validate_sex(self, field: TextField) -> None:
        if field.text not in ("M", "F"):
            raise ValidationError(both("Choose one of the list"))

    def validate_birth_day(self, _field: TextField) -> None:
        if self.birth_year.errors or self.birth_month.errors:
            return
        try:
            is_past = self.birth_date < today()
        except ValueError:
            raise ValidationError(both("There is no such day in that month")) from None
        if not is_past:
            raise ValidationError(both("Your date of birth lies in the future. Check the year"))

    @property
    def birth_date(self) -> date:
        numbers = (whole_number(part) or 0 for part in (self.birth_year, self.birth_month, self.birth_day))
        return date(*numbers)

    def claim(self) -> Claim:
        carrier = f"{self.network.text}_MVNO" if self.carrier.text == MVNO else self.carrier.text
        return Claim(
            carrier=carrier,
            verify_method=self.verify_method.text,
            name=names.upper(self.name.text),
            birth_date=self.birth_date,
            sex=self.sex.text,
            phone_number=phone_numbers.parse_mobile(self.phone_number.text),
        )


class WindowForm(IdentityForm):
    """What we ask before the agency's own window opens, which asks for carrier and method itself."""

    carrier = network = verify_method = sex = None  # type: ignore[assignment]

    def claim(self) -> Claim:
        return Claim(
            carrier="",
            verify_method=WINDOW,
            name=names.upper(self.name.text),
            birth_date=self.birth_date,
            sex="",
            phone_number=phone_numbers.parse_mobile(self.phone_number.text),
        )


def answers_of(asked: IdentityVerification) -> dict[str, str]:
    """Give what was typed into the form, as far as it is kept; the opposite of ``claim``."""
    network, is_mvno, _ = asked.carrier.partition("_MVNO")
    born = asked.birth_date
    return {
        "carrier": MVNO if is_mvno else network,
        "network": network if is_mvno else "",
        "verify_method": asked.verify_method,
        "name": asked.name,
        "birth_year": str(born.year),
        "birth_month": str(born.month),
        "birth_day": str(born.day),
        "sex": asked.sex,
        "phone_number": format_phone(asked.phone_number, "ko"),
    }


class CodeForm(BilingualForm):
    code = TextField(both("Verification code"), [Required(both("Enter the code from the message")), AtMost(20)])
