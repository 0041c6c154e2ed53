"""아이디, 비밀번호 for every form that asks for new ones: what keeps them from being that, in words."""

from collections.abc import Sequence

from wtforms.validators import ValidationError

from kosme_web.domain import credentials
from kosme_web.domain.credentials import PasswordProblem
from kosme_web.models import IdentityVerification, User
from kosme_web.web.fields import AtMost, BilingualForm, Required, TextField
from kosme_web.web.languages import both
from kosme_web.web.toolbox import settings

ID_TAKEN = both("This ID is taken. Choose another one")
REQUIRED = Required(both("Enter a password"))
TEXTS = {
    PasswordProblem.TOO_LONG: both("Write at most 128 characters"),
    PasswordProblem.COMMON: both("This password is easy to guess. Choose words that do not belong together"),
    PasswordProblem.OWN_DATA: both("Do not build the password from your ID, name, birth date or phone number"),
}


class KeysForm(BilingualForm):
    """What opens a membership without an SNS account."""

    login_id = TextField(both("ID"), [Required(both("Enter an ID")), AtMost(20)])
    password = TextField(both("Password"), [REQUIRED])

    def validate_login_id(self, field: TextField) -> None:
        if not credentials.is_login_id(field.text):
            raise ValidationError(both("Write 4 to 20 letters (a-z) and digits"))


def own_data(person: IdentityVerification | User, login_id: str) -> list[str]:
    """Give what others may know of the person."""
    born = person.birth_date
    dates = [f"{born:%Y%m%d}", f"{born:%y%m%d}"] if born else []
    return [login_id, *person.name.split(), person.name, *dates, person.phone_number[-8:]]


def is_good_password(field: TextField, own: Sequence[str]) -> bool:
    """Judge what was typed, unless the form complains of the field already."""
    shortest = settings().password_min_length
    found = credentials.password_problem(field.data or "", own, shortest=shortest)
    if found and not field.errors:
        field.errors = (TEXTS.get(found, both("Write at least %(least)s characters", least=shortest)),)
    return not field.errors
