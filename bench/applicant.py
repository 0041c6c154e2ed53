"""A made-up applicant: what she types at sign-up, at log-in and into her résumé."""

from kosme_web.domain import legal

IDENTITY = {
    "carrier": "MVNO",
    "network": "KT",
    "verify_method": "SMS",
    "name": "Nguyen Van Anh",
    "birth_year": "1997",
    "birth_month": "3",
    "birth_day": "14",
    "sex": "F",
    "phone_number": "010-2345-6789",
}
MEMBER = {
    "login_id": "vananh97",
    "password": "seven purple kites over Jinju",
    "email": "vananh97@example.com",
    "road_address": "부산광역시 남구 용소로 45",
    "detail_address": "세종2관 306호",
    "seeker_type": "INTL_STUDENT",
    "program_type": "GENERAL",
    "referral_route": "SCHOOL",
    "mkt_sns": "REFUSED",
    "mkt_email": "AGREED",
    **{kind.lower(): "1" for kind in legal.REQUIRED_AT_SIGN_UP},
}
LOG_IN = {"login_id": "vananh97", "password": MEMBER["password"], "name": "Nguyen Van Anh"}

BASICS = {
    "title": "생산관리 · Quality assurance",
    "nationality": "VN",
    "visa": "D-10",
    "visa_expires_year": "2099",
    "visa_expires_month": "3",
    "visa_expires_day": "14",
    "career_kind": "EXPERIENCED",
}
_SCHOOL = {
    "univ_kind": "UNIV",
    "major": "공학계열",
    "department": "산업시스템공학과",
    "entered_year": "2016",
    "entered_month": "3",
    "admission_kind": "ADMIT",
    "left_year": "2020",
    "left_month": "2",
    "graduation_kind": "GRADUATED",
    "project_url": "https://example.com/vananh/line-balancing",
    "coursework": "품질경영, 생산계획, 통계적 공정관리\nLine balancing of a gearbox assembly, with a partner company",
}
ROWS = {
    "education": {**_SCHOOL, "university": "부경대학교", "school_region": "26"},
    "overseas": {**_SCHOOL, "university": "Hanoi University of Science and Technology", "school_country": "베트남"},
    "work": {
        "company_name": "(주)동진정밀",
        "industry": "C",
        "sub_industry": "29",
        "sido": "26",
        "started_year": "2022",
        "started_month": "3",
        "ended_year": "2024",
        "ended_month": "12",
        "company_department": "품질관리부",
        "rank": "R02",
        "job_title": "T01",
        "duties": "2022.03-2023.06 수입검사\n2023.07-2024.12 Statistical process control of two lines",
        "leave_reason": "CAREER",
    },
}
