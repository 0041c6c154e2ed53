"""외국인등록번호: format, date of birth and the seventh digit; there is no checksum to test (domain.md 1)."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kosme_web.domain.typed import bare, is_digits

CENTURIES = {"5": 1900, "6": 1900, "7": 2000, "8": 2000}
LENGTH, MOST_YEARS, LEAST_YEARS = 13, 110, 15
FRONT = 6  # digits that a view may show: the date of birth
HIDDEN = "•"


class Sex(StrEnum):
    MALE = "MALE"
    FEMALE = "FEMALE"


class Problem(StrEnum):
    LENGTH = "LENGTH"
    NOT_DIGITS = "NOT_DIGITS"
    CITIZEN = "CITIZEN"
    IMPOSSIBLE_DATE = "IMPOSSIBLE_DATE"
    FUTURE = "FUTURE"
    TOO_OLD = "TOO_OLD"
    UNDER_15 = "UNDER_15"


class RegistrationNumberError(ValueError):
    """Not a foreigner registration number, and why; never says the digits."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class RegistrationNumber:
    """Thirteen digits that name a date of birth and a foreigner. ``repr`` holds none of them."""

    digits: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "RegistrationNumber":
        """Read what was typed: hyphens, blanks and full-width digits are fine."""
        digits = bare(text)
        if digits and not is_digits(digits):
            raise RegistrationNumberError(Problem.NOT_DIGITS)
        if len(digits) != LENGTH:
            raise RegistrationNumberError(Problem.LENGTH)
        if digits[FRONT] not in CENTURIES:
            raise RegistrationNumberError(Problem.CITIZEN)
        number = cls(digits)
        try:
            number.birth_date  # noqa: B018  raises where there is no such day
        except ValueError:
            raise RegistrationNumberError(Problem.IMPOSSIBLE_DATE) from None
        return number

    @property
    def birth_date(self) -> date:
        year = CENTURIES[self.digits[FRONT]] + int(self.digits[:2])
        return date(year, int(self.digits[2:4]), int(self.digits[4:6]))

    @property
    def sex(self) -> Sex:
        return Sex.MALE if self.digits[FRONT] in "57" else Sex.FEMALE

    @property
    def masked(self) -> str:
        """Give what a view may show."""
        return f"{self.digits[:FRONT]}-{HIDDEN * (LENGTH - FRONT)}"

    def check(self, on: date) -> None:
        """Refuse a birth in the future, an age above 110, and one under 15 (Labour Standards Act)."""
        born = self.birth_date
        if born > on:
            raise RegistrationNumberError(Problem.FUTURE)
        age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        if age > MOST_YEARS:
            raise RegistrationNumberError(Problem.TOO_OLD)
        if age < LEAST_YEARS:
            raise RegistrationNumberError(Problem.UNDER_15)
