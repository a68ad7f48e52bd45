"""An evaluation as text for a terminal."""

import re
from collections.abc import Iterable, Iterator

from ciskg.evaluate.diagnose import Mistake
from ciskg.evaluate.report import KINDS, Report, Table, said, shown
from ciskg.evaluate.scores import Row, Scores

BLANKS = re.compile(r"\s+")
CONTEXT = 60  # characters of the sentence on each side of the words that show the fact


def as_text(report: Report, *, errors: int | None = None) -> str:
    """The tables, the kinds of error, and the first errors of each kind."""
    lines = _titled(report.name, report.whole)
    for grouping, tables in report.groups.items():
        if grouping == "document":
            rows = [(table.label, table.scores["all"]) for table in tables]
            lines += ["", *_table("document", rows)]
        else:
            for table in tables:
                lines += ["", *_titled(f"{report.name}, {table.label}", table)]
    counted = list(report.counted())
    if counted:
        width = max(len(class_.id) for class_, _, _ in counted)
        lines += ["", "errors by kind"]
        for class_, number, types in counted:
            by = ", ".join(f"{type_} {n}" for type_, n in types.items())
            lines.append(f"{number:5}  {class_.what:7}{class_.id:{width}}  {class_.label} ({by})")
    for kind, title in KINDS.items():
        of_kind = shown(report, kind, errors)
        total = sum(m.what == kind for m in report.mistakes)
        if of_kind:
            some = f"{total}" if len(of_kind) == total else f"{len(of_kind)} of {total}"
            lines += ["", f"{title} ({some})"]
            lines += [line for mistake in of_kind for line in _mistake(mistake)]
    return "\n".join(lines) + "\n"


def as_table(scores: Scores) -> str:
    """The scores as a text table of the types that occur."""
    return "\n".join(_table("type", [(row.type, row) for row in scores.rows]))


def _titled(name: str, table: Table) -> list[str]:
    number = "1 document" if table.documents == 1 else f"{table.documents} documents"
    return [f"{name} ({number})", as_table(table.scores)]


def _table(head: str, rows: Iterable[tuple[str, Row]]) -> list[str]:
    shown = [(label, row) for label, row in rows if row.gold or row.predicted or head != "type"]
    width = max([15, *(len(label) + 2 for label, _ in shown)])
    lines = [
        f"{head:{width}}{'P':>7}{'R':>7}{'F1':>7}{'hit':>6}{'pred':>6}{'gold':>6}{'fields':>8}"
    ]
    for label, row in shown:
        shares = f"{row.precision:7.3f}{row.recall:7.3f}{row.f1:7.3f}"
        counts = f"{row.hit:6}{row.predicted:6}{row.gold:6}"
        fields = "-" if row.fields is None else f"{row.fields:.3f}"
        lines.append(f"{label:{width}}{shares}{counts}{fields:>8}")
    return lines


def _mistake(m: Mistake) -> Iterator[str]:
    where = m.document if m.at is None else f"{m.document}:{m.at.line}"
    field = f" ({m.field})" if m.field else ""
    rule = f", read by {m.rule}" if m.rule else ""
    yield f"  {where}  {m.fact['type']} {m.fact.get('id', '')}: {m.class_}{field}{rule}"
    if m.what == "field":
        yield f"      gold {m.fact.get(m.field)!r}, found {m.found!r}"
    else:
        yield f"      {said(m.fact)}"
    if m.at is not None:
        before, quote, after = (
            BLANKS.sub(" ", words) for words in (m.at.before, m.at.quote, m.at.after)
        )
        yield f"      {before[-CONTEXT:]}[{quote}]{after[:CONTEXT]}".rstrip()
