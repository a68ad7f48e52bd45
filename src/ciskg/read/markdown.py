"""Markdown to the lines that a reader sees, with their kinds."""

import re
from collections.abc import Iterator, Mapping

from ciskg.read.hidden import without
from ciskg.read.html import Mark

_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t]*#*")
_UNDERLINE = re.compile(r"(?:=+|-{2,})[ \t]*")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_BULLET = re.compile(r"(?:[*+-]|[0-9]{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(.*)")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^()\s]{0,500}(?:[ \t]+\"[^\"\n]{0,200}\")?\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,500})\](?:\([^()\s]{0,500}(?:[ \t]+\"[^\"\n]{0,200}\")?\)|\[[^\]\n]{0,100}\])"
)
_STRONG = re.compile(r"(\*\*\*|\*\*|___|__|~~)(?=\S)([^*_~\n]{1,500}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"`([^`\n]{1,300})`")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|~>-])")
_FRONT = re.compile(r"---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z_]{2,20})[ \t]*:[ \t]+(.{1,300})")


def front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """The `name: value` lines between --- at the head of a text, and the text after them."""
    match = _FRONT.match(text)
    if match is None:
        return {}, text
    pairs = (_PAIR.fullmatch(line.strip()) for line in match[1].split("\n"))
    values = {p[1].lower(): p[2].strip().strip("\"'").strip() for p in pairs if p}
    return values, text[match.end() :]


def visible_lines(text: str) -> Iterator[Mark]:
    """Yield the lines of a Markdown text without marks, one for each paragraph, item or row."""
    paragraph: list[str] = []
    kind = "paragraph"
    fenced = False
    raw_lines = [*without(text, "<!--", "-->").split("\n"), ""]
    for number, raw in enumerate(raw_lines):
        line = raw.strip()
        line = line.lstrip("> ") if line.startswith(">") else line
        following = raw_lines[number + 1].strip() if number + 1 < len(raw_lines) else ""
        alone = _line_alone(line, following, fenced, kind)
        bullet = None if fenced else _BULLET.fullmatch(line)
        underline = not fenced and bool(paragraph) and _UNDERLINE.fullmatch(line) is not None
        if paragraph and (alone is not None or bullet or underline or not line):
            yield " ".join(paragraph), "heading" if underline else kind
            paragraph.clear()
        kind = "paragraph" if not paragraph else kind
        if line.startswith(("```", "~~~")):
            fenced = not fenced
        elif alone is not None:
            kind = alone[1]
            if alone[0]:
                yield alone
        elif bullet:
            kind = "item"
            paragraph.append(plain(bullet[1]))
        elif line and not underline:
            paragraph.append(plain(line))
            if raw.endswith(("  ", "\\")):  # a forced break
                yield " ".join(paragraph), kind
                paragraph.clear()


def _line_alone(line: str, following: str, fenced: bool, before: str) -> Mark | None:
    """A line that is a block by itself: of code, a heading, a row, or a rule without words."""
    if line.startswith(("```", "~~~")):
        return "", "paragraph"
    if fenced:
        return line, "paragraph"
    heading = _HEADING.fullmatch(line)
    if heading:
        return plain(heading[1]), "heading"
    if "|" in line:
        if _TABLE_RULE.fullmatch(line):
            return "", "row"
        if line.startswith("|") or _TABLE_RULE.fullmatch(following) or before == "row":
            cells = line.removeprefix("|").removesuffix("|").split("|")
            return " | ".join(plain(cell.strip()) for cell in cells), "row"
    return None


def plain(line: str) -> str:
    """A line without the marks of emphasis, links, images, code and tags."""
    line = _LINK.sub(r"\1", _IMAGE.sub("", line))
    line = _CODE.sub(r"\1", _TAG.sub("", line))
    line = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", line))
    return _ESCAPE.sub(r"\1", line).strip()
