"""``make bench``: each figure with its budget and their ratio, then the headers of the static files."""

from itertools import chain

from bench import browser, documents, photos, saves, server
from bench.site import new_site
from bench.table import HEAD


def main() -> None:
    with new_site() as member:
        print(HEAD)
        measured = (server.measure(member), saves.measure(), documents.measure(), photos.measure())
        for figure in chain(*measured, browser.measure(member)):
            print(figure.line(), flush=True)
        print(*server.list_files(member), sep="\n")


main()
