"""Every page and answer of a case, by its address: what to visit when all must be visited."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI

from tests.addresses import Address, addresses


@dataclass(frozen=True)
class Visit:
    """One address of one case; ``name`` is the route, which is the same for every case."""

    name: str
    path: str
    is_api: bool


# What stands in a path, by the part before it; and whole addresses that need a query.
NUMBERS = {"c": 2, "p": 1, "b": 1, "comments": 1}
QUERIES = {
    "/d/{slug}/comments/new": "?clause=2",
    "/d/{slug}/b/new": "?proposal=3",
    "/d/{slug}/p/new": "?clause=2",
}
# Addresses that are about another thing of their kind than the first.
OTHERS = {
    "/d/{slug}/comments/{number}/report": 2,
    "/d/{slug}/comments/{number}/hide": 2,
    "/d/{slug}/comments/{number}/lift": 3,
}
# Files, not pages; and what answers only once.
NOT_PAGES = (".md", ".html", ".json", ".pdf", ".txt", ".bib", ".csv")


def path_of(one: Address, slug: str, group: str, **values: object) -> str:
    """The address, in a case with this definition and this group."""
    filled = {
        "slug": slug,
        "group": group,
        "label": "0.1",
        "pair": "0.1...0.2",
        "kind": "blocks",
        "a": "0.1",
        "b": "0.2",
        **values,
    }
    parts: list[str] = []
    for part in one.path.split("/"):
        if "{number" in part or "{n}" in part:
            part = str(OTHERS.get(one.path, NUMBERS.get(parts[-1], 1)))
        while "{" in part:
            name = part.partition("{")[2].partition("}")[0]
            part = part.replace("{" + name + "}", str(filled.get(name.split(":")[0], 1)))
        parts.append(part)
    return "/".join(parts) + QUERIES.get(one.path, "")


def visits(app: FastAPI, slug: str, group: str) -> Iterator[Visit]:
    """All addresses that can be read."""
    for one in addresses(app):
        if one.method == "GET":
            yield Visit(one.path, path_of(one, slug, group), one.is_api)


def pages(app: FastAPI, slug: str, group: str) -> list[Visit]:
    """Those that people look at."""
    return [
        one
        for one in visits(app, slug, group)
        if not one.is_api and not one.name.endswith(NOT_PAGES)
    ]
