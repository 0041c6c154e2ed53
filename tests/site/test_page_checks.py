"""The checks of every page see what they are for."""

import pytest

from tests.site.page_checks import problems

PAIR = '<span lang="ko">저장</span><span lang="en">Save</span>'
TITLE = '<title data-ko="홈" data-en="Home">홈</title>'
PAGE = f'<!DOCTYPE html><html lang="ko"><head>{TITLE}</head><body><main><h1>{PAIR}</h1></main></body></html>'


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        (PAGE.replace(f"<h1>{PAIR}</h1>", ""), "0 h1"),
        (PAGE.replace("</main>", f"<h1>{PAIR}</h1></main>"), "2 h1"),
        (PAGE.replace(TITLE, ""), "no title"),
        (PAGE.replace(TITLE, "<title> </title>"), "no title"),
        (PAGE.replace(' data-en="Home"', ""), "a title in one language"),
        (PAGE.replace('lang="ko">', ">", 1), "no language"),
        ('<p id="a"></p><p id="a"></p>', "id 'a' 2 times"),
        ('<label for="b"></label>', "for without a target"),
        ('<p aria-describedby="a b" id="a"></p>', "aria-describedby without a target"),
        ('<p aria-labelledby="b"></p>', "aria-labelledby without a target"),
        ('<a href="#b"></a>', "link without a target"),
        (f"<label>{PAIR}</label>", "label of nothing"),
        ('<input id="a">', "a control without a label"),
        ('<form method="post"></form>', "0 csrf_token"),
        ('<form method="POST"><input name="csrf_token" value=""></form>', "1 csrf_token"),
        ("<p>Saved</p>", "text outside a pair"),
        (f"<p>{PAIR}다</p>", "text outside a pair"),
        ('<span lang="fr">Bonjour</span>', "text outside a pair"),
        ('<span lang="ko">저장</span>', "half a pair"),
        ('<span lang="en">Save</span><span lang="ko">저장</span>', "half a pair"),
        ('<span lang="ko">저장</span> <span lang="en">Save</span>', "half a pair"),
        ('<span lang="ko">저장</span><span lang="en"> </span>', "an empty half"),
        ("<select><option>베트남</option></select>", "an option in one language"),
        ('<datalist><option value="베트남"></option></datalist>', "an option in one language"),
        ("<select><option></option></select>", "an empty option"),
        ('<p title="Home"></p>', "title: "),
        ('<input placeholder="010">', "placeholder: "),
        ('<button aria-label="닫기"></button>', "aria-label: "),
        ('<img src="/a" alt="photo">', "alt: "),
        ('<img src="/a">', "an image without alt"),
    ],
)
def test_a_mistake_is_found(html: str, problem: str) -> None:
    assert any(problem in line for line in problems(html))


@pytest.mark.parametrize(
    "html",
    [
        PAGE,
        f"<p>{PAIR} 1 / 2 · <bdi>응우옌 Van</bdi> · <b>KOSME</b></p><!-- 저장 --><img src='/a' alt=''>",
        '<form method="post"><input name="csrf_token" value="x"></form><form></form>',
        f'<label for="a">{PAIR}</label><input id="a" aria-describedby="b"><p id="b"></p><a href="#b"></a>',
        f'<label><input id="a" type="checkbox">{PAIR}</label>',
        "<select aria-labelledby='x' id='x'><option>베트남 · Vietnam</option><option>KT</option></select>",
        f'<span lang="ko">이름 <b>{PAIR[17:19]}</b></span><span lang="en">Name</span>',
        '<dialog aria-labelledby="comes-with-what-opens"></dialog>',
    ],
)
def test_what_is_sound_passes(html: str) -> None:
    assert problems(html) == []


def test_a_part_may_point_to_its_page() -> None:
    part = '<p aria-describedby="status"></p>'

    assert problems(part, ["status"]) == []
    assert problems(part) != []
