"""An SVG as 이력서 사진 (R-123): drawn if it keeps to itself, refused before anything draws it if not."""

import io
import resource

import pytest
from PIL import Image

from kosme_web.services import photos
from kosme_web.services.photos import PhotoProblem
from tests.studio import BLUE_SVG, CANVAS, STUDIO, SVG, drawn, problem_of

DOCTYPE = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    "content",
    [
        SVG % b"<script>alert(1)</script>",
        SVG % b'<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
        SVG % b'<image href="file:///etc/passwd"/>',
        SVG % b'<image xlink:href="http://192.0.2.1/" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
        SVG % b'<feImage href="data:,x"/>',
        SVG % b"<foreignObject><iframe/></foreignObject>",
        SVG % b'<a href="javascript:alert(1)"><rect/></a>',
        SVG % b'<use href="http://192.0.2.1/a.svg#b"/>',
        SVG % b'<use href=" \n//192.0.2.1/a.svg#b"/>',
        SVG % b'<rect onload="alert(1)"/>',
        SVG % b'<rect fill="url(http://192.0.2.1/)"/>',
        SVG % b'<rect fill="u r l ( http://192.0.2.1/ )"/>',
        SVG % b"<style>@import 'http://192.0.2.1/';</style>",
        SVG % b"<style>rect { fill: url(http://192.0.2.1/) }</style>",
        DOCTYPE + SVG % b"<text>&b;</text>",
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + SVG % b"",
        b'<?xml-stylesheet href="http://192.0.2.1/"?>' + SVG % b"",
        SVG % (b"<g/>" * 5000),
        SVG % (b'<g id="a"/>' + b'<use href="#a"/>' * 51),
        SVG % b'<rect fill="URL(http://192.0.2.1/)"/>',
        SVG % b"<style>@IMPORT 'http://192.0.2.1/';</style>",
    ],
)
def test_an_svg_that_reaches_out_or_grows_is_refused_before_it_is_drawn(content: bytes) -> None:
    assert problem_of(content) is PhotoProblem.UNSAFE_SVG


def test_an_svg_may_use_its_own_parts_and_be_measured_in_millimetres() -> None:
    inner = b'<defs><linearGradient id="a"><stop stop-color="blue"/></linearGradient></defs>'
    filled = b'<rect id="b" width="30" height="40" fill="url(#a)" style="fill: url( \'#a\' )"/><use href="#b"/>'
    photo = drawn(SVG.replace(b'"30" height="40"', b'"35mm" height="45mm" viewBox="0 0 30 40"') % (inner + filled))

    assert photo.getpixel((CANVAS[0] // 2, CANVAS[1] // 2))[2] > 200  # type: ignore[index]


def test_an_svg_becomes_no_larger_than_it_is_needed() -> None:
    size = b'width="200000" height="200000"'
    result = STUDIO.draw(SVG.replace(b'width="30" height="40"', size) % b'<rect width="9e9" height="9e9" fill="blue"/>')

    assert max(Image.open(io.BytesIO(result.whole)).size) <= 2 * CANVAS[1]


def test_an_svg_that_takes_for_ever_is_ended_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "WALL_SECONDS", 0.01)

    assert problem_of(BLUE_SVG) is PhotoProblem.TOO_SLOW


def test_an_svg_has_little_time_of_the_processor() -> None:
    bomb = b"<filter id='f'>" + b"<feGaussianBlur stdDeviation='300'/>" * 200 + b"</filter><rect filter='url(#f)'/>"
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime

    assert problem_of(SVG % bomb.replace(b"<rect", b"<rect width='30' height='40'")) is PhotoProblem.TOO_SLOW
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 4
