"""What no template may hold: text outside a pair, text in attributes, and anything the content policy forbids."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from re import compile as pattern

from jinja2 import Environment, nodes

HELPERS = {"both", "both_n", "only", "message"}
OWN_NAMES = {"KOSME", "NICE"}  # the same in every language
ONE_LANGUAGE_ONLY = {"placeholder", "title", "aria-label", "alt", "aria-placeholder", "aria-roledescription", "label"}
NOT_OURS = {"script", "style", "bdi"}  # a bdi holds what a person typed, or says its language itself
ATTRIBUTES = pattern(r"\s*(?: (?:required|checked|disabled|[a-z-]+=\"[^\"]*\"))+\s*")  # what a macro puts into a tag
WORD = pattern(r"[가-힣]+|[A-Za-z][A-Za-z']+")
SENTENCE = pattern(r"[가-힣]|^[A-Z][a-z']+ [a-z]")
SHOWN = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands where an expression puts something


class Markup(HTMLParser):
    """Collects what is wrong with the HTML that is left when expressions and blocks are taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.open_not_ours = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open_not_ours += tag in NOT_OURS
        names = {name for name, _ in attrs}
        if tag == "style" or (tag == "script" and "src" not in names):
            self.told.append(f"<{tag}> in the page")
        for name, value in attrs:
            if name.startswith(("on", "hx-on")) or name == "style" or (value or "").startswith(("js:", "javascript:")):
                self.told.append(f"{name}= is refused by the content policy")
            if name in ONE_LANGUAGE_ONLY and value:
                self.told.append(f"{name}={value!r} cannot hold two languages")

    def handle_endtag(self, tag: str) -> None:
        self.open_not_ours -= tag in NOT_OURS

    def handle_data(self, data: str) -> None:
        words = [word for word in WORD.findall(data) if word not in OWN_NAMES]
        if words and not self.open_not_ours and not ATTRIBUTES.fullmatch(data):
            self.told.append(f"text outside a pair: {' '.join(words)}")


def plain_html(environment: Environment, source: str) -> str:
    """Give the template without comments and blocks, and with a sign in the place of each expression."""
    parts = {"data": lambda text: text, "variable_begin": lambda _: SHOWN}
    return "".join(parts[kind](text) for _, kind, text in environment.lex(source) if kind in parts)


def problems_of_code(tree: nodes.Template) -> Iterator[str]:
    """Tell of texts in expressions that are in one language only, and of Jinja's own ways around escaping."""
    calls = [call for call in tree.find_all(nodes.Call) if getattr(call.node, "name", "") in HELPERS]
    translated = {id(text) for call in calls for text in call.find_all(nodes.Const)}
    for text in tree.find_all(nodes.Const):
        if isinstance(text.value, str) and SENTENCE.search(text.value) and id(text) not in translated:
            yield f"text outside a pair: {text.value}"
    if any(used.name == "safe" for used in tree.find_all(nodes.Filter)):
        yield "|safe"
    if any(True for _ in tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier))):
        yield "autoescape is switched"


def problems(source: str) -> list[str]:
    """Tell everything that is wrong with a template."""
    environment = Environment(autoescape=True, extensions=["jinja2.ext.do"])
    markup = Markup()
    markup.feed(plain_html(environment, source))
    markup.close()
    return [*markup.told, *problems_of_code(environment.parse(source))]


def problems_of(path: Path) -> list[str]:
    return problems(path.read_text(encoding="utf-8"))
