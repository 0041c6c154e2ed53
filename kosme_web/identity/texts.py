"""본인인증: what can go wrong, in words, and what to look at (N17)."""

from markupsafe import Markup

from kosme_web.providers.identity_verification import Refusal
from kosme_web.services.identity import Denial
from kosme_web.web.languages import both

UNAVAILABLE = both("Verification is temporarily unavailable. What you typed is kept. Try again in a few minutes")
REFUSED = both("Your carrier could not confirm this person")
WRONG_CODE = both("The code is not the one we sent, or it is too old. Check it, or have it sent again")
NOT_APPROVED = both("The PASS app has not approved yet. Approve there first, then press the button again")
NOT_FINISHED = both("The verification is not finished yet. Open the window and finish it there")
TOO_MANY = both("Too many codes were sent to this number. Wait an hour and try again")
CAUSES = (
    both("The name must be as your carrier has it: order, capitals and spaces can differ from your card"),
    both("Budget carriers (MVNO) need the right network: SKT, KT or LG U+"),
    both("The line must be in your own name and registered with your residence card"),
    both("Check the date of birth and the number for typing errors"),
    both("The carrier itself may be out of order for a while"),
)
DENIALS = {
    Denial.EXPIRED: both("The time for this code is over. Have a new one sent"),
    Denial.TOO_MANY_TRIES: both("Too many wrong codes. Start the verification again"),
    Denial.TOO_MANY_SENDS: both("The code was sent too often. Start the verification again"),
    Denial.DIFFERS: both("The verified person differs from what you wrote. Check name, date of birth and number"),
    Denial.UNDER_AGE: both("People under 15 may not sign up, because the law does not let them be employed"),
    Denial.ENDED: both("This verification has ended. Start again"),
}
SEND_REFUSALS = {
    Refusal.TOO_MANY: TOO_MANY,
    Refusal.INVALID: both("Your carrier could not read this. Check name, date of birth and number"),
}
AT_THE_CODE = (Denial.EXPIRED,)  # what another code puts right; after every other denial there is nothing to type
ENDINGS = {
    Refusal.TOO_MANY: Denial.TOO_MANY_TRIES,
    Refusal.FAILED: Denial.TOO_MANY_TRIES,
    Refusal.NOT_SENT: Denial.ENDED,
    Refusal.NOT_FOUND: Denial.ENDED,
}


def send_refusal(refusal: Refusal) -> Markup:
    return SEND_REFUSALS.get(refusal, REFUSED)


def denial_of(refusal: Refusal) -> Denial | None:
    """Give what ends the verification; after any other refusal it goes on."""
    return ENDINGS.get(refusal)
