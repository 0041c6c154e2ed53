"""실명 확인 결과: what each answer of the bureau means, in words, and what to look at (N17)."""

from markupsafe import Markup

from kosme_web.providers.name_check import NameCheckResult
from kosme_web.web.languages import both

VERIFIED = both("Name verified")
RESULT_TEXTS: dict[NameCheckResult, Markup] = {
    NameCheckResult.NAME_DIFFERS: both("The name is not the one registered with this number"),
    NameCheckResult.NOT_FOUND: both("NICE has no record of this number. Register your name with NICE by phone first"),
    NameCheckResult.PROTECTED: both("Identity-theft protection is switched on for this number. Ask NICE to lift it"),
    NameCheckResult.MISUSE: both("The check of this number is blocked because misuse is suspected. Ask NICE"),
}
MAY_BE_A_SLIP = (RESULT_TEXTS[NameCheckResult.NAME_DIFFERS], RESULT_TEXTS[NameCheckResult.NOT_FOUND])
UNAVAILABLE = both("The check could not be made just now. Save your résumé and try again later")
CLOSED = both("NICE makes no checks at this hour. Save your résumé and try again later")
NOT_ENCODABLE = both("The name holds letters that NICE cannot read. Write it as printed on your residence card")
TOO_MANY = both("The name was checked too often today. Save your résumé and try again tomorrow")
CAUSES = (  # of a name and a number that do not belong together
    both("Order, capitals and spaces of the name: write it exactly as on your residence card"),
    both("A new card: it can take a few days until NICE knows it"),
    both("Another spelling: your bank or carrier may have registered you under it"),
    both("A typing error in the number"),
)
