"""The code lists (codelists.md): a code is stored, its names are looked up, and old codes stay readable.

A district's code is its region's code and its romanised name (``11-jongno-gu``): stable, readable and unique, since
the ten-digit administrative codes change with every reform.
"""

from kosme_web.domain.code_lists.code_list import CodeList, find
from kosme_web.domain.code_lists.countries import countries, nationalities
from kosme_web.domain.code_lists.loader import CodeListError, load

ADMISSION_KIND = load("admission_kind")
CAREER_KIND = load("career_kind")
CARRIER = load("carrier")
CONSENT_KIND = load("consent_kind")
CONSENT_STATE = load("consent_state")
COUNTRY = countries()
EMPLOYMENT_TYPE = load("employment_type")
GAP_REASON = load("gap_reason")
GRADUATION_KIND = load("graduation_kind")
INDUSTRY = load("industry")
JOB_TITLE = load("job_title")
KIIP = load("kiip")
LANGUAGE_LEVEL = load("language_level")
LEAVE_REASON = load("leave_reason")
LOGIN_METHOD = load("login_method")
NATIONALITY = nationalities()
NETWORK = load("network")
PROGRAM_TYPE = load("program_type")
RANK = load("rank")
REFERRAL_ROUTE = load("referral_route")
SEEKER_TYPE = load("seeker_type")
SIDO = load("sido")
OVERSEAS = "90"  # of SIDO: work abroad
REGION = CodeList("region", {code: row for code, row in SIDO.rows.items() if code != OVERSEAS})
SIGNUP_METHOD = load("signup_method")
SIGUNGU = load("sigungu", parents=SIDO)
SUB_INDUSTRY = load("sub_industry", parents=INDUSTRY)
TOPIK = load("topik")
UNIV_KIND = load("univ_kind")
VERIFY_METHOD = load("verify_method")
VISA = load("visa")
VISA_SUBTYPE = load("visa_subtype", parents=VISA)

__all__ = [
    "ADMISSION_KIND",
    "CAREER_KIND",
    "CARRIER",
    "CONSENT_KIND",
    "CONSENT_STATE",
    "COUNTRY",
    "EMPLOYMENT_TYPE",
    "GAP_REASON",
    "GRADUATION_KIND",
    "INDUSTRY",
    "JOB_TITLE",
    "KIIP",
    "LANGUAGE_LEVEL",
    "LEAVE_REASON",
    "LOGIN_METHOD",
    "NATIONALITY",
    "NETWORK",
    "OVERSEAS",
    "PROGRAM_TYPE",
    "RANK",
    "REFERRAL_ROUTE",
    "REGION",
    "SEEKER_TYPE",
    "SIDO",
    "SIGNUP_METHOD",
    "SIGUNGU",
    "SUB_INDUSTRY",
    "TOPIK",
    "UNIV_KIND",
    "VERIFY_METHOD",
    "VISA",
    "VISA_SUBTYPE",
    "CodeList",
    "CodeListError",
    "find",
    "load",
]
