"""What an applicant does in the browser, by the labels of either language."""

import re
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page

from tests.people import IDENTITY, LOG_IN, MEMBER, NUMBER, approve_in_pass, last_code

WORDS = {
    "next": ("다음", "Next"),
    "verify": ("인증하기", "Verify"),
    "search": ("검색", "Search"),
    "select": ("선택", "Select"),
    "join": ("회원가입 완료", "Complete sign-up"),
    "log in": ("로그인", "Log in"),
    "write": ("외국인 이력서 작성하기", "Write résumé for foreigner"),
    "check name": ("실명 확인하기", "Check name"),
    "add school": ("한국 대학교 추가", "Add a Korean university"),
    "add job": ("경력 추가", "Add work experience"),
    "update list": ("목록 바꾸기", "Update the list"),
    "publish": ("이력서 등록", "Publish résumé"),
}
HANGUL = re.compile("[가-힣]")
VISIBLE_TEXT = """() => {
  for (const part of document.querySelectorAll(".sheet, .entry__body"))  // what is out of sight waits to be drawn
    part.style.contentVisibility = "visible";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const isOurs = !parent.closest("bdi, option, noscript, template, .lang, textarea");
    if (isOurs && parent.checkVisibility({ visibilityProperty: true }))
      texts.push(walker.currentNode.data.trim());
  }
  return texts.filter(Boolean);
}"""


@dataclass
class Applicant:
    """Goes through the site in Korean (``ko``), in English (``en``), or turning over at each step (``switch``)."""

    page: Page
    sandbox_url: str
    way: str
    has_script: bool

    def __post_init__(self) -> None:
        self.turns = cycle(("en", "ko"))
        self.lang = "en" if self.way == "en" else "ko"

    def turn(self) -> None:
        """Choose the language of this step; without the script a new page starts in the remembered one."""
        wish = next(self.turns) if self.way == "switch" else self.lang
        self.page.locator(f"header label:has([name=_lang][value={wish}])").click()
        self.lang = wish

    def button(self, name: str) -> Locator:
        words = WORDS[name]
        return self.page.get_by_role("button", name=words[self.lang == "en"], exact=True).locator("visible=true")

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"label.chip:has([name='{name}'][value='{value}'])").first.click()

    def fill(self, place: Locator | Page, values: dict[str, str]) -> None:
        for name, text in values.items():
            place.locator(f"[name$='{name}']:not([type=hidden])").first.fill(text)

    def verify_identity(self, method: str = IDENTITY["verify_method"]) -> None:
        self.page.goto("/sign-up/identity")
        self.turn()
        for name, value in {**IDENTITY, "verify_method": method}.items():
            if name in ("carrier", "network", "verify_method", "sex"):
                self.choose(name, value)
        for name in ("name", "birth_year", "birth_month", "birth_day", "phone_number"):
            self.page.locator(f"#{name}").fill(IDENTITY[name])
        self.turn()
        self.button("next").click()
        self.page.wait_for_url("**/confirm")
        self.turn()
        if method == "SMS":
            self.page.locator("#code").fill(last_code(self.sandbox_url))
        else:
            approve_in_pass(self.sandbox_url)
        self.button("verify").click()
        self.page.wait_for_url("**/member")

    def find_address(self) -> None:
        self.page.locator("#address-search").click()
        self.page.locator("#address-keyword").fill("초북로 77")
        if self.has_script:
            self.page.locator("#address-keyword").press("Enter")
        else:
            self.turn()
            self.button("search").click()
        self.button("select").first.click()
        self.page.locator("#road_address[value='경상남도 진주시 초북로 77']").wait_for()

    def join(self) -> None:
        self.turn()
        self.page.locator("#login_id").fill(MEMBER["login_id"])
        self.page.locator("#password").fill(MEMBER["password"])
        self.find_address()
        assert self.page.locator("#password").input_value() == MEMBER["password"]
        self.complete_sign_up()

    def join_by_sns(self) -> None:
        self.turn()
        self.find_address()
        assert self.page.locator("#email").input_value() == MEMBER["email"]
        self.complete_sign_up()

    def complete_sign_up(self) -> None:
        self.page.locator("#detail_address").fill("306동 602호")
        for name in ("seeker_type", "program_type", "mkt_sns", "mkt_email"):
            self.choose(name, MEMBER[name])
        self.page.locator("#referral_route").select_option(MEMBER["referral_route"])
        self.page.locator("[name=agree_all]").check()
        self.turn()
        self.button("join").last.click()
        self.page.wait_for_url("**/complete")

    def log_in(self) -> None:
        self.page.goto("/resume")
        self.turn()
        for name, text in LOG_IN.items():
            self.page.locator(f"#{name}").fill(text)
        self.page.locator("#page .btn--main").click()
        self.page.wait_for_url("**/resume")

    def begin_resume(self) -> None:
        self.turn()
        self.button("write").click()
        self.page.locator("#registration-number").wait_for()

    def fill_basics(self) -> None:
        self.turn()
        self.page.locator("#title").fill("생산관리 · QA")
        self.page.locator("#nationality").select_option("VN")
        self.page.locator("#visa").select_option("D-10")
        self.fill(self.page, {"visa_expires_year": "2099", "visa_expires_month": "3", "visa_expires_day": "14"})
        self.page.locator("#unique_identifier_consent").check()
        self.page.locator("#registration_front").fill(NUMBER[0])
        self.page.locator("#registration_back").fill(NUMBER[1])

    def check_name(self) -> None:
        self.page.locator("#name-check-open").click()
        self.page.locator("#check_name").wait_for()
        if not self.has_script:
            self.turn()
        self.button("check name").click()
        self.page.locator("#registration-number .note--good").wait_for()
        assert self.page.locator("#title").input_value() == "생산관리 · QA"

    def add_photo(self, photo: bytes) -> None:
        file = FilePayload(name="me.png", mimeType="image/png", buffer=photo)
        self.page.locator("#photo-file").set_input_files(file)
        if self.has_script:
            self.page.locator(".photo img").wait_for()

    def add_school(self, **more: str) -> Locator:
        self.turn()
        self.button("add school").click()
        school = self.page.locator("details[id^=education-]").last
        school.locator("[name$=university]").fill("부경대학교")
        values = {"department": "산업시스템공학과", "entered_year": "2020", "entered_month": "3"}
        self.fill(school, {**values, "left_year": "2024", "left_month": "2", **more})
        school.locator("[name$=graduation_kind]").select_option("GRADUATED")
        return school

    def add_job(self) -> None:
        self.choose("career_kind", "EXPERIENCED")
        self.turn()
        self.button("add job").click()
        job = self.page.locator("details[id^=work-]")
        self.fill(job, {"company_name": "(주)동진정밀", "started_year": "2024", "started_month": "3"})
        job.locator("[name$=is_current][type=checkbox]").check()
        job.locator("[name$='-industry']").select_option("C")
        if not self.has_script:
            self.turn()
            self.button("update list").last.click()
        job.locator("[name$=sub_industry] option[value='29']").wait_for(state="attached")
        job.locator("[name$=sub_industry]").select_option("29")
        self.choose_position(job)

    def choose_position(self, job: Locator) -> None:
        job.locator("[id$=position-open]").click()
        self.page.locator("label.chip:has([value=R02])").click()
        self.page.locator("label.chip:has([value=T01])").click()
        if not self.has_script:
            self.turn()
        self.button("select").first.click()
        self.page.locator("[name$='-rank'][type=hidden][value=R02]").wait_for(state="attached")

    def publish(self) -> None:
        self.turn()
        self.button("publish").click()
        self.page.wait_for_url("**/published")


def values_of(page: Page) -> dict[str, Any]:
    """Give everything the form would post, the number of chosen files too."""
    return dict(
        page.evaluate(
            """() => Object.fromEntries([...document.getElementById('page').elements]
              .filter((one) => one.name && !['_lang', 'seen'].includes(one.name))
              .map((one, at) => [one.name + at, one.files ? one.files.length : [one.value, one.checked]]))"""
        )
    )
