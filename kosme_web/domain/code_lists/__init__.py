"""The code lists (codelists.md): a code is stored, its names are looked up, and old codes stay readable."""

from kosme_web.domain.code_lists.countries import countries
from kosme_web.domain.code_lists.loader import CodeList, CodeListError, find, load

ADMISSION_KIND = load("admission_kind")
CAREER_KIND = load("career_kind")
CARRIER = load("carrier")
COUNTRY = countries("country")
GRADUATION_KIND = load("graduation_kind")
INDUSTRY = load("industry")
JOB_TITLE = load("job_title")
LEAVE_REASON = load("leave_reason")
NATIONALITY = countries("nationality")
NETWORK = load("network")
PROGRAM_TYPE = load("program_type")
RANK = load("rank")
REFERRAL_ROUTE = load("referral_route")
SEEKER_TYPE = load("seeker_type")
SIDO = load("sido")
OVERSEAS = "90"  # of SIDO: work abroad
REGION = CodeList("region", {code: row for code, row in SIDO.rows.items() if code != OVERSEAS})
SIGUNGU = load("sigungu", parents=SIDO)
SUB_INDUSTRY = load("sub_industry", parents=INDUSTRY)
UNIV_KIND = load("univ_kind")
VERIFY_METHOD = load("verify_method")
VISA = load("visa")
VISA_SUBTYPE = load("visa_subtype", parents=VISA)

__all__ = [name for name in dir() if name.isupper()] + ["CodeList", "CodeListError", "find", "load"]
