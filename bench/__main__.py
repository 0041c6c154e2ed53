"""``make bench``: each figure with its budget and their ratio, then the headers of the static files."""

from itertools import chain

from bench import addresses, browser, documents, photos, saves, server
from bench.site import new_site
from bench.table import HEAD


def main() -> None:
    with new_site() as member:
        print(HEAD)
        alone = (saves.measure(), documents.measure(), photos.measure(), addresses.measure())
        for figure in chain(server.measure(member), *alone, browser.measure(member)):
            print(figure.line(), flush=True)
        print(*server.list_files(member), sep="\n")


main()
