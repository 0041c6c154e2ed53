"""Rules for the files themselves: what a machine can hold is not left to people."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.template_checks import problems, problems_of

ROOT = Path(__file__).parents[2]
MOST_LINES = 300
MADE = "kosme_web/migrations/versions/"  # Alembic writes them
OF_BOTH_LANGUAGES = {"components/_language_switch.html"}  # each language is named in itself
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|--(?:find-links)|--(?:trusted-host)|\"(?:resolved)\":|^registry *="
    r"|pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)\b",
    re.MULTILINE,
)
HOME = re.compile(r"(?:^|[\"'`\s=:(])/(?:home|root|work|Users)/[\w.]", re.MULTILINE)
REQUIREMENT = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==\S+(.*(?:\n    .*)*)", re.MULTILINE)
HELPERS = ("both", "both_n", "only", "message")


def texts(*endings: str) -> Iterator[tuple[str, str]]:
    """Give the name and text of each file of the repository, those too that will be added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.check_output(command, cwd=ROOT, text=True).split("\0"):  # noqa: S603  our own words
        path = ROOT / name
        if path.is_file() and name.endswith(endings or "") and b"\0" not in path.read_bytes():
            yield name, path.read_text(encoding="utf-8", errors="replace")


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


@pytest.mark.parametrize("path", templates(), ids=named)
def test_a_template_shows_only_pairs_and_nothing_the_content_policy_forbids(path: Path) -> None:
    told = problems_of(path)

    assert [line for line in told if named(path) not in OF_BOTH_LANGUAGES or "outside a pair" not in line] == []


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("<p>Résumé saved</p>", "text outside a pair"),
        ("<p>{% if saved %}저장했습니다{% endif %}</p>", "text outside a pair"),
        ('<p>{{ "Your changes are saved" if saved }}</p>', "text outside a pair"),
        ('{{ both("Saved") }}<b>now</b>', "text outside a pair"),
        ('<input placeholder="{{ hint }}">', "placeholder="),
        ('<a title="Home" href="/"></a>', "title="),
        ('<button aria-label="{{ only("Close", "ko") }}"></button>', "aria-label="),
        ('<img src="/a" alt="photo">', "alt="),
        ('<p style="color: red"></p>', "style="),
        ('<button onclick="go()"></button>', "onclick="),
        ('<form hx-on:submit="go()"></form>', "hx-on:submit="),
        ('<a href="javascript:go()"></a>', "href="),
        ('<i hx-vals="js:{a: 1}"></i>', "hx-vals="),
        ("<script>go()</script>", "<script> in the page"),
        ("<style>p { color: red }</style>", "<style> in the page"),
        ("<p>{{ text|safe }}</p>", "|safe"),
        ("{% autoescape false %}{{ text }}{% endautoescape %}", "autoescape"),
    ],
)
def test_a_mistake_in_a_template_is_found(source: str, problem: str) -> None:
    assert any(problem in line for line in problems(source))


@pytest.mark.parametrize(
    "source",
    [
        '<p class="{{ "a b" }}">{{ both("Résumé saved") }}</p>',
        '<title>{{ only("Log in", "en") }}</title>',
        "<p>{# 저장했습니다 #} 1 / {{ count }} · <bdi>응우옌 {{ name }}</bdi></p>",
        '<script type="module" src="{{ asset("site.js") }}"></script><img src="/a" alt="">',
        '{% macro states() %}{% if bad %} required aria-invalid="true"{% endif %}{% endmacro %}',
    ],
)
def test_a_sound_template_passes(source: str) -> None:
    assert problems(source) == []


def test_no_file_names_a_registry() -> None:
    found = {name: REGISTRY.findall(text) for name, text in texts() if REGISTRY.search(text)}

    assert found == {}


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    found = {name: HOME.findall(text) for name, text in texts() if HOME.search(text)}

    assert found == {}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (REGISTRY, f"pip install --extra-{'index'}-url https://host"),
        (REGISTRY, f'"{"resolved"}": "https://host/a.tgz"'),
        (REGISTRY, f"from files.{'pythonhosted'}.org"),
        (HOME, f'path = "/{"home"}/me/kosme"'),
        (HOME, f"cd /{'root'}/kosme"),
    ],
)
def test_an_address_or_folder_of_one_machine_is_found(rule: re.Pattern[str], text: str) -> None:
    assert rule.search(text)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "tools/requirements-uv.txt"])
def test_every_pinned_package_has_a_hash(name: str) -> None:
    packages = REQUIREMENT.findall((ROOT / name).read_text())

    assert packages
    assert [package for package, rest in packages if "--hash=sha256:" not in rest] == []


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"]
    asked = {"requirements.txt": wanted, "requirements-dev.txt": wanted + project["dependency-groups"]["dev"]}
    for name, ranges in asked.items():
        pinned = {package for package, _ in REQUIREMENT.findall((ROOT / name).read_text())}

        assert {re.split(r"[\[<>=~!; ]", one)[0] for one in ranges} - pinned == set()


def test_no_source_is_longer_than_can_be_read_at_once() -> None:
    lengths = {name: text.count("\n") for name, text in texts(".py", ".js", ".mjs", ".css", ".html")}

    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES and not name.startswith(MADE)} == {}


def texts_put_together(source: str) -> list[int]:
    """Give the lines where a text for the catalogues is an f-string or a sum, which no catalogue can hold."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    ours = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in HELPERS]
    return [call.lineno for call in ours if isinstance(call.args[0], ast.JoinedStr | ast.BinOp)]


def test_no_text_for_the_catalogues_is_put_together_where_it_is_used() -> None:
    found = {name: texts_put_together(text) for name, text in texts(".py") if name.startswith("kosme_web/")}

    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("source", ['both(f"{n} saved")', 'only("Saved " + name, "ko")', 'message("%s" % name)'])
def test_a_text_that_is_put_together_is_found(source: str) -> None:
    assert texts_put_together(source) == [1]
