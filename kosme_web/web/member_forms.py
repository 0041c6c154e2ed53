"""What is asked for at sign-up, may be changed later, and stands in a résumé too: in the order of the page."""

from wtforms.validators import ValidationError

from kosme_web.domain import address_codes
from kosme_web.domain.code_lists import PROGRAM_TYPE, SEEKER_TYPE
from kosme_web.web.contact_fields import check_email
from kosme_web.web.fields import AtMost, BilingualForm, CodeField, Required, TextField
from kosme_web.web.languages import both

TYPED = ("road_address", "detail_address", "seeker_type", "program_type")
FOUND = ("english_address", "postal_code")  # of the address that was chosen, and of no other


class EmailForm(BilingualForm):
    email = TextField(both("Email"), [AtMost(254), check_email])


class PlaceForm(BilingualForm):
    """한국 주소, 구직자 유형, 참여사업 유형 (R-120…R-122).

    The address may be searched for or typed; what was found counts only while it stands as it was found.
    """

    road_address = TextField(both("Address"), [Required(both("Enter your address in Korea")), AtMost(200)])
    detail_address = TextField(both("Detailed address"), [AtMost(100)])
    found_address = TextField(both("Address"), [AtMost(200)])
    english_address = TextField(both("Address"), [AtMost(300)])
    postal_code = TextField(both("Address"), [AtMost(5)])
    address_codes = TextField(both("Address"), [AtMost(60)])
    seeker_type = CodeField(both("Type of job seeker"), SEEKER_TYPE, [Required(both("Choose your type of job seeker"))])
    program_type = CodeField(
        both("Type of participating project"), PROGRAM_TYPE, [Required(both("Choose the type of project"))]
    )

    def validate_postal_code(self, field: TextField) -> None:
        if field.text and not (field.text.isascii() and field.text.isdecimal()):
            raise ValidationError(both("Search for the address again"))

    @property
    def is_found(self) -> bool:
        """Whether the typed address is still the one that the search gave."""
        return bool(self.road_address.text) and self.road_address.text == self.found_address.text

    def details(self) -> dict[str, str | None]:
        """Give the values by column of the member, or of the résumé."""
        found = {name: self[name].text if self.is_found else "" for name in FOUND}
        codes = address_codes.split(self.address_codes.text if self.is_found else "")
        return {name: self[name].text for name in TYPED} | found | codes
