"""회원정보 that is asked for at sign-up and may be changed later: in the order of the page."""

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
    """Where a member lives and what kind of work is looked for (R-120…R-122)."""

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

    def details(self) -> dict[str, str | None]:
        """Give the values by column of the member."""
        is_found = self.road_address.text == self.found_address.text
        found = {name: self[name].text if is_found else "" for name in FOUND}
        codes = address_codes.split(self.address_codes.text if is_found else "")
        return {name: self[name].text for name in TYPED} | found | codes
