"""What the whole document settles for a gathering that does not say it itself."""

from ciskg.extract.context import Context
from ciskg.extract.dateline import day_in_head
from ciskg.extract.gathering import Gathering, host_of
from ciskg.recognise import Recognised


def complete(
    gatherings: list[Gathering],
    main: Gathering | None,
    dateline: str,
    context: Context,
    read: Recognised,
) -> None:
    """Fills what the document settles for a gathering that does not say it itself."""
    if main and main.status == "held" and not main.date:
        told = day_in_head(read.sentences, context)
        if told:
            main.date, main.steps = told.edtf, told.steps
    for g in gatherings:
        if g.beside and not g.date:
            near = [x for x in gatherings if x.sentence == g.sentence and x.kind == "council"]
            if near and near[0].date:
                g.date, g.steps = near[0].date, ("date-from-meeting",)
        if g is main and g.status == "held":
            if not g.date and context.date:
                g.date, g.steps = context.date, (*context.date_steps, "date-from-document-date")
            if (
                not g.place
                and dateline
                and g.mode != "videoconference"
                and (not g.country or g.country == context.country(dateline))
            ):
                g.place, g.country = dateline, context.country(dateline)
                g.steps = (*g.steps, "place-from-dateline")
        elif not g.date and (host := host_of(g, gatherings, main)):
            g.date, g.steps = host.date, ("date-from-meeting",)
            if not g.place and not g.country:
                g.place, g.country = host.place, host.country
        elif not g.date and g.status == "held":
            year = context.review_year or (context.date or "")[:4]
            if year.isdigit():
                g.date, g.steps = year, ("year-from-document-date",)
        if g.mode == "videoconference" and g.place and g is main:
            g.place, g.country = "", ""
