"""고유식별정보 수집 및 이용 동의 (R-125)."""

from kosme_web.web.fields import BilingualForm, Required, TickField
from kosme_web.web.languages import both


class IdentifierConsentForm(BilingualForm):
    unique_identifier_consent = TickField(
        both("I have read this and agree"),
        [Required(both("Read the text and tick the box, so that your number can be kept"))],
    )
