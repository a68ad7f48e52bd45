"""JSON-LD of a page: which of the things that it describes is the page's own article."""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from ciskg.read.pages import names

Thing = Mapping[str, Any]
_WRAPPING = re.compile(r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$|;\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_SPACE = re.compile(r"\s+")
_MOST = 5_000  # things of one page that are looked at


def own_things(
    tree: LexborHTMLParser, addresses: Sequence[str], titles: Sequence[str]
) -> tuple[list[Thing], dict[str, Thing]]:
    """The things that describe the page itself, the surest first, and all things by their @id.

    Where a page describes several articles, its own has the page's address or title; where none
    has, the page is a list of others' and has no article.
    """
    things = list(_things(tree))
    by_id = {str(t["@id"]): t for t in things if isinstance(t.get("@id"), str) and len(t) > 1}
    articles = [t for t in things if _is_of(t, "article")]
    if len({(text(t.get("headline")), text(t.get("datePublished"))) for t in articles}) > 1:
        articles = [t for t in articles if _has_address(t, addresses)] or [
            t for t in articles if _has_title(t, titles)
        ]
        dates = {(text(t.get("datePublished")) or "")[:10] for t in articles}
        articles = articles if len(dates) == 1 else []
        return articles, by_id
    return [*articles, *(t for t in things if _is_of(t, "page"))], by_id


def _things(tree: LexborHTMLParser) -> Iterator[Thing]:
    """Yield the things that scripts of JSON-LD describe; what is not JSON is passed over."""
    count = 0
    for script in tree.css('script[type^="application/ld+json"]'):
        waiting: list[Any] = [_loads(script.text(deep=True))]
        while waiting and count < _MOST:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting[:0] = value
            elif isinstance(value, dict):
                count += 1
                waiting[:0] = [value[key] for key in ("@graph", "mainEntity") if key in value]
                yield value


def _loads(script: str) -> Any:
    """What a script holds; faults that many sites make are mended, else None."""
    script = _WRAPPING.sub("", _WRAPPING.sub("", script.strip()))
    for attempt in (script, _TRAILING_COMMA.sub(r"\1", script), html.unescape(script)):
        try:
            return json.loads(attempt, strict=False)  # newlines within strings are common
        except (ValueError, RecursionError):
            continue
    return None


def _is_of(thing: Thing, key: str) -> bool:
    """Whether a thing is of a type in this list; without a type, what has a headline is."""
    types = thing.get("@type")
    if types is None:
        return key == "article" and ("headline" in thing or "datePublished" in thing)
    own = {str(t).rpartition("/")[2] for t in (types if isinstance(types, list) else [types])}
    return not own.isdisjoint(names().of("linked", key))


def _has_address(thing: Thing, addresses: Sequence[str]) -> bool:
    """Whether a thing has one of the addresses of the page."""
    page = thing.get("mainEntityOfPage")
    own = [thing.get("url"), thing.get("@id"), page]
    if isinstance(page, dict):
        own += [page.get("@id"), page.get("url")]
    wanted = {_address(address) for address in addresses}
    return any(isinstance(value, str) and _address(value) in wanted for value in own)


def _address(url: str) -> str:
    """An address without what does not tell pages apart."""
    return re.sub(r"^https?://(?:www\.)?", "", url.split("#")[0].strip().casefold()).rstrip("/")


def _has_title(thing: Thing, titles: Sequence[str]) -> bool:
    """Whether the headline of a thing is a title of the page, or the beginning of one."""
    headline = (text(thing.get("headline")) or "").casefold()
    return len(headline) > 5 and any(t.casefold().startswith(headline) for t in titles)


def text(value: object, by_id: Mapping[str, Thing] | None = None) -> str | None:
    """A value as one line: a string, the name of a thing, or of the thing it refers to."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        named = value.get("name")
        if named is None and by_id is not None:
            named = by_id.get(str(value.get("@id")), {}).get("name")
        value = named[0] if isinstance(named, list) and named else named
    if not isinstance(value, str):
        return None
    return _SPACE.sub(" ", html.unescape(value)).strip() or None
