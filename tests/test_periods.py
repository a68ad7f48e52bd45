"""Dates in EDTF cover the days that they name, and no calendar is invented."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from ciskg.periods import contains, most_precise, overlap, period

DAYS = [date(2019, 12, 28) + timedelta(n) for n in range(0, 800, 7)]


@pytest.mark.parametrize(
    ("edtf", "start", "end", "earliest", "latest"),
    [
        ("2020", "2020", "2020", "2020-01-01", "2020-12-31"),
        ("2020-12", "2020-12", "2020-12", "2020-12-01", "2020-12-31"),
        ("2020-02", "2020-02", "2020-02", "2020-02-01", "2020-02-29"),
        ("2021-02", "2021-02", "2021-02", "2021-02-01", "2021-02-28"),
        ("2020-12-18", "2020-12-18", "2020-12-18", "2020-12-18", "2020-12-18"),
        ("2021/2025", "2021", "2025", "2021-01-01", "2025-12-31"),
        ("2024-10-08/2024-10-09", "2024-10-08", "2024-10-09", "2024-10-08", "2024-10-09"),
        ("2024-10/2025", "2024-10", "2025", "2024-10-01", "2025-12-31"),
        ("2016/..", "2016", None, "2016-01-01", None),
        ("../2016-05", None, "2016-05", None, "2016-05-31"),
        ("2020?", "2020", "2020", "2020-01-01", "2020-12-31"),
        ("2020-10-XX", "2020-10", "2020-10", "2020-10-01", "2020-10-31"),
        ("2020-XX-XX", "2020", "2020", "2020-01-01", "2020-12-31"),
        ("202X", None, None, "2020-01-01", "2029-12-31"),
        ("XXXX-10-12", None, None, None, None),
        ("XXXX-02-29", None, None, None, None),
    ],
)
def test_a_date_has_the_bounds_of_the_days_it_names(
    edtf: str, start: str | None, end: str | None, earliest: str | None, latest: str | None
) -> None:
    found = period(edtf)
    assert found.edtf == edtf
    assert (found.start, found.end) == (start, end)
    assert found.earliest == (date.fromisoformat(earliest) if earliest else None)
    assert found.latest == (date.fromisoformat(latest) if latest else None)


NO_DATES = """
2020-02-30 2021-02-29 2020-13 2020-00 2020-04-31 2020-10-00 XXXX-02-30 20 20200101 2020-1-1
2020-12-18T10:00 2020-21 2025/2021 2024-10-09/2024-10-08 ../.. / 0000 yesterday ２０２０ XX20
2020//2021 2020/2021/2022
"""


@pytest.mark.parametrize("text", [*NO_DATES.split(), "", " ", "2020-12-18 ", "2020\n"])
def test_what_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|no such|ends"):
        period(text)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_day_is_in_its_month_and_its_year(day: date) -> None:
    text = day.isoformat()
    exact, month, year = period(text), period(text[:7]), period(text[:4])
    assert exact.is_full
    assert not month.is_full
    assert exact.earliest == exact.latest == day
    for coarse, fine in pairwise((year, month, exact)):
        assert contains(coarse, fine)
        assert not contains(fine, coarse)
        assert overlap(coarse, fine)
    assert contains(period(f"XXXX-{text[5:]}"), exact)
    assert most_precise([text[:4], text, text[:7], f"XXXX-{text[5:]}"]) == [text]


@pytest.mark.parametrize(("left", "right"), list(pairwise(DAYS)), ids=str)
def test_a_span_holds_its_days_and_no_day_outside(left: date, right: date) -> None:
    span = period(f"{left}/{right}")
    assert span.is_full
    assert contains(span, period(left.isoformat()))
    assert contains(span, period(right.isoformat()))
    assert not contains(span, period((right + timedelta(1)).isoformat()))
    assert not overlap(span, period((left - timedelta(1)).isoformat()))


def test_dates_that_contradict_each_other_all_stay() -> None:
    assert most_precise(["2020-12-18", "2020-12-19", "2020"]) == ["2020-12-18", "2020-12-19"]
    assert most_precise(["2020", "2020?"]) == ["2020"]
    assert most_precise(["XXXX-10-12", "2020-10-13"]) == ["2020-10-13", "XXXX-10-12"]
