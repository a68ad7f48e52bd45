"""Elements of a page that hold furniture: navigation, side columns, comments, footers."""

import re

from selectolax.lexbor import LexborNode

_TAGS = frozenset(["nav", "footer", "aside", "menu"])
_ROLES = frozenset(
    """
    navigation banner contentinfo complementary search menu menubar toolbar tablist
    """.split()  # noqa: SIM905
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|breadcrumbs?|share|sharing|social|socials|addthis|sidebar|related"
    r"|newsletter|subscribe|subscription|navbar|navigation|nav|menu|pagination|pager|comments?"
    r"|advert|advertisement|ads|promo|footer|popup|skip-links?|widgets?|most-read|most-popular"
    r"|latest-news|recent-posts|news-feed|newsfeed)(?:$|[\s_-])",
    re.IGNORECASE,
)


def is_furniture(node: LexborNode, tag: str, *, by_name: bool) -> bool:
    """Whether an element holds furniture; `by_name` also looks at its class and id."""
    attributes = node.attributes
    if tag in _TAGS or (attributes.get("role") or "").lower() in _ROLES:
        return True
    if tag == "header":
        return not is_in_article(node)
    if not by_name or tag in ("main", "article", "body", "html"):
        return False
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return _NAMES.search(names) is not None


def is_in_article(node: LexborNode) -> bool:
    """Whether an element stands in the article or main part of the page."""
    above = node.parent
    while above is not None:
        if above.tag in ("article", "main"):
            return True
        above = above.parent
    return False


def is_in_furniture(node: LexborNode) -> bool:
    """Whether an element, or one around it, holds furniture."""
    here: LexborNode | None = node
    while here is not None and here.tag not in (None, "body", "html"):
        if is_furniture(here, here.tag or "", by_name=True):
            return True
        here = here.parent
    return False
