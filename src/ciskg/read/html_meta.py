"""What a page says of itself outside its text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from ciskg.read.html_dates import marked_dates, time_dates
from ciskg.read.linked import own_things, text
from ciskg.read.pages import names

_SPACE = re.compile(r"[ \t\n\r\f]+")
_SAVED = re.compile(  # what browsers and their additions write into a page that they save
    r"<!--\s*saved from url=\([0-9]{4}\)(\S+)|<!--[^>]{0,60}SingleFile\s+url:\s*(\S+)"
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


def saved_from(markup: str) -> str | None:
    """The address from which a browser says that it saved a page."""
    found = _SAVED.search(markup, 0, 4096)
    return (found[1] or found[2]).rstrip("-") if found else None


def metadata(tree: LexborHTMLParser) -> Meta:
    """What a page says of itself: JSON-LD, Open Graph, Dublin Core, microdata, <h1>, <time>."""
    meta = _meta(tree)
    title, h1 = tree.css_first("title"), tree.css_first("h1")
    canonical = tree.css_first('link[rel="canonical"]')
    html = tree.css_first("html")
    urls = _present(
        canonical.attributes.get("href") if canonical is not None else None,
        *_named(meta, "url"),
    )
    heads = _present(
        _clean(title.text(deep=True)) if title is not None else None,
        _clean(h1.text(deep=True)) if h1 is not None else None,
    )
    titles = tuple(_named(meta, "title"))
    linked, by_id = own_things(tree, urls, (*titles, *heads))
    language = html.attributes.get("lang") or html.attributes.get("xml:lang") if html else None
    return Meta(
        titles=_present(
            *titles[:1], *(text(thing.get("headline")) for thing in linked), *titles[1:], *heads
        ),
        publishers=_present(
            *(text(thing.get("publisher"), by_id) for thing in linked),
            *_named(meta, "publisher"),
            _marked_publisher(tree),
        ),
        urls=(*urls, *_present(*(text(thing.get("url")) for thing in linked))),
        dates=_present(
            *(text(thing.get("datePublished")) for thing in linked),
            *_named(meta, "published"),
            *marked_dates(tree),
            *time_dates(tree),
        ),
        language=next(iter(_present(language, *_named(meta, "language"))), None),
        site=meta.get("og:site_name"),
    )


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """The contents of <meta>, by their names in small letters; the first of a name counts."""
    meta: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        content = _clean(attributes.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (attributes.get(attribute) or "").lower().split():
                if content and (
                    node.parent is None or node.parent.tag == "head" or attribute != "itemprop"
                ):
                    meta.setdefault(re.sub(r"^(dc|dcterms|prism):", r"\1.", name), content)
    return meta


def _named(meta: Mapping[str, str], kind: str) -> Iterator[str]:
    """Yield the contents whose names stand in one list of pages.toml, in its order."""
    return (meta[name] for name in names().of("meta", kind) if name in meta)


def _marked_publisher(tree: LexborHTMLParser) -> str | None:
    """The publisher that microdata name."""
    node = tree.css_first('[itemprop="publisher"] [itemprop="name"]')
    if node is None:
        return None
    return _clean(node.attributes.get("content")) or _clean(node.text(deep=True))


def _clean(value: str | None) -> str | None:
    """A value with single spaces and plain letters; None where it is empty."""
    return (_SPACE.sub(" ", unescape(value)).strip() or None) if value else None


def _present(*values: str | None) -> tuple[str, ...]:
    """The values that are there."""
    return tuple(value for value in values if value)
