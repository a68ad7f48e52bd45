"""An evaluation as one page of HTML that needs nothing else: no script, no file, no network."""

from collections.abc import Iterable, Iterator
from html import escape

from ciskg.evaluate.diagnose import Mistake
from ciskg.evaluate.report import KINDS, Report, said, shown
from ciskg.evaluate.scores import Row

STYLE = """
:root { color-scheme: light dark; --line: #8886; --mark: #fd6a; --soft: #8881; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0 2rem; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .7rem; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
td.n, th.n { text-align: right; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
tr.all { font-weight: 600; }
article { border-left: 3px solid var(--line); padding: .1rem 0 .1rem 1rem; margin: 1.2rem 0; }
article p { margin: .3rem 0; }
blockquote { margin: .4rem 0; padding: .4rem .8rem; background: var(--soft); white-space: pre-line;
  overflow-wrap: anywhere; }
mark { background: var(--mark); color: inherit; }
code { overflow-wrap: anywhere; }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
HEAD = ("P", "R", "F1", "hit", "pred", "gold", "fields")


def as_page(report: Report, *, errors: int | None = None) -> Iterator[str]:
    """Yield the lines of the page: tables, kinds of error, errors with their sentences."""
    title = f"Accuracy: {escape(report.name)}"
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )
    yield "<p>P: precision; R: recall; fields: of the facts found, further fields that agree.</p>\n"
    whole = [(row.type, row) for row in report.whole.scores.rows]
    yield from _table(_counted(report.name, report.whole.documents), "type", whole)
    for grouping, tables in report.groups.items():
        if grouping == "document":
            rows = [(table.label, table.scores["all"]) for table in tables]
            yield from _table("by document", "document", rows)
            continue
        for table in tables:
            rows = [(row.type, row) for row in table.scores.rows]
            caption = _counted(f"{report.name}, {table.label}", table.documents)
            yield from _table(caption, "type", rows)
    yield from _classes(report)
    for kind, heading in KINDS.items():
        found = shown(report, kind, errors)
        total = sum(m.what == kind for m in report.mistakes)
        number = f"{total}" if len(found) == total else f"{len(found)} of {total}"
        yield f'<h2 id="{kind}">{escape(heading[0].upper() + heading[1:])} ({number})</h2>\n'
        for mistake in found:
            yield from _mistake(mistake)
    yield "</body>\n</html>\n"


def _counted(name: str, documents: int) -> str:
    return f"{name} ({documents} document{'' if documents == 1 else 's'})"


def _table(caption: str, head: str, rows: Iterable[tuple[str, Row]]) -> Iterator[str]:
    yield f"<table>\n<caption>{escape(caption)}</caption>\n<thead><tr><th>{escape(head)}</th>"
    yield "".join(f'<th class="n">{name}</th>' for name in HEAD) + "</tr></thead>\n<tbody>\n"
    for label, row in rows:
        if not (row.gold or row.predicted or head != "type"):
            continue
        fields = "–" if row.fields is None else f"{row.fields:.3f}"
        shares = (f"{row.precision:.3f}", f"{row.recall:.3f}", f"{row.f1:.3f}")
        cells = (*shares, row.hit, row.predicted, row.gold, fields)
        numbers = "".join(f'<td class="n">{cell}</td>' for cell in cells)
        last = ' class="all"' if label == "all" else ""
        yield f'<tr{last}><th scope="row">{escape(label)}</th>{numbers}</tr>\n'
    yield "</tbody>\n</table>\n"


def _classes(report: Report) -> Iterator[str]:
    rows = list(report.counted())
    if not rows:
        return
    yield "<table>\n<caption>Errors by kind</caption>\n<thead><tr>"
    yield '<th class="n">errors</th><th></th><th>kind</th><th>types</th><th>what to change</th>'
    yield "</tr></thead>\n<tbody>\n"
    for class_, number, types in rows:
        by = ", ".join(f"{type_} {n}" for type_, n in types.items())
        cells = "".join(f"<td>{escape(c)}</td>" for c in (class_.label, by, class_.mend))
        kind = f'<a href="#{class_.what}">{class_.what}</a>'
        yield f'<tr><td class="n">{number}</td><td>{kind}</td>{cells}</tr>\n'
    yield "</tbody>\n</table>\n"


def _mistake(m: Mistake) -> Iterator[str]:
    where = m.document if m.at is None else f"{m.document}, line {m.at.line}"
    field = f" ({m.field})" if m.field else ""
    rule = f", read by {m.rule}" if m.rule else ""
    head = f"{m.fact['type']} {m.fact.get('id', '')}: {m.class_}{field}{rule}"
    yield f"<article>\n<p><strong>{escape(head)}</strong> · {escape(where)}</p>\n"
    if m.at is not None:
        before, quote, after = map(escape, (m.at.before, m.at.quote, m.at.after))
        yield f"<blockquote>{before}<mark>{quote}</mark>{after}</blockquote>\n"
    if m.what == "field":
        gold, found = escape(repr(m.fact.get(m.field))), escape(repr(m.found))
        yield f"<p>gold <code>{gold}</code>, found <code>{found}</code></p>\n"
    else:
        yield f"<p><code>{escape(said(m.fact))}</code></p>\n"
    yield "</article>\n"
