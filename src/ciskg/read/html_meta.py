"""What a page says of itself outside its text."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_SPACE = re.compile(r"[ \t\n\r\f]+")
_DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "pubdate",
    "date",
)


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page says of itself outside its text; values as they stand."""

    titles: tuple[str, ...]  # the best first
    publishers: tuple[str, ...]
    urls: tuple[str, ...]
    dates: tuple[str, ...]
    language: str | None
    site: str | None


NOTHING = Meta((), (), (), (), None, None)


def metadata(tree: LexborHTMLParser) -> Meta:
    """What a page says of itself in its head: JSON-LD, Open Graph, <title>, <h1>, <time>."""
    meta: dict[str, str] = {}
    for node in tree.css("meta"):
        name = (node.attributes.get("property") or node.attributes.get("name") or "").lower()
        name = name or (node.attributes.get("itemprop") or "").lower()
        content = _clean(node.attributes.get("content"))
        if name and content:
            meta.setdefault(name, content)
    linked = list(_json_ld(tree))
    title, h1 = tree.css_first("title"), tree.css_first("h1")
    canonical = tree.css_first('link[rel="canonical"]')
    html = tree.css_first("html")
    time = tree.css_first("article time[datetime], main time[datetime]") or tree.css_first(
        "time[datetime]"
    )
    titles = (
        meta.get("og:title"),
        *(_string(thing.get("headline")) for thing in linked),
        _clean(title.text(deep=True)) if title is not None else None,
        _clean(h1.text(deep=True)) if h1 is not None else None,
    )
    return Meta(
        titles=_present(*titles),
        publishers=_present(
            *(_string(thing.get("publisher")) for thing in linked),
            meta.get("og:site_name"),
            meta.get("publisher"),
            meta.get("dc.publisher"),
        ),
        urls=_present(
            canonical.attributes.get("href") if canonical is not None else None,
            meta.get("og:url"),
            *(_string(thing.get("url")) for thing in linked),
        ),
        dates=_present(
            *(_string(thing.get("datePublished")) for thing in linked),
            *(meta.get(name) for name in _DATE_NAMES),
            time.attributes.get("datetime") if time is not None else None,
        ),
        language=html.attributes.get("lang") if html is not None else None,
        site=meta.get("og:site_name"),
    )


def _json_ld(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Yield the things that JSON-LD describes, articles first; what is not JSON is passed over."""
    things: list[dict[str, Any]] = []
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            data = json.loads(script.text(deep=True))
        except (ValueError, RecursionError):  # a page may write anything there
            continue
        for thing in data if isinstance(data, list) else [data]:
            if isinstance(thing, dict):
                graph = thing.get("@graph")
                things.extend(g for g in graph if isinstance(g, dict)) if isinstance(
                    graph, list
                ) else things.append(thing)
    articles = [t for t in things if "headline" in t or "datePublished" in t]
    yield from articles


def _string(value: object) -> str | None:
    """A value of JSON-LD as text: a string, or the name of a thing."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    return _clean(value) if isinstance(value, str) else None


def _clean(value: str | None) -> str | None:
    """A value with single spaces; None where it is empty."""
    return (_SPACE.sub(" ", value).strip() or None) if value else None


def _present(*values: str | None) -> tuple[str, ...]:
    """The values that are there."""
    return tuple(value for value in values if value)
