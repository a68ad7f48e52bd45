"""Stored questions: what they are, asking one of a store, and showing the answer.

>>> rows = run(store, "who-chaired", organization="CIS", year=2020)
>>> pandas.DataFrame(rows.records())
>>> print(render(rows, "markdown"))
"""

from ciskg.query.bind import bind, resolve
from ciskg.query.render import FORMATS, render
from ciskg.query.run import Rows, run
from ciskg.query.stored import Parameter, QueryError, StoredQuery, get, stored

__all__ = [
    "FORMATS",
    "Parameter",
    "QueryError",
    "Rows",
    "StoredQuery",
    "bind",
    "get",
    "render",
    "resolve",
    "run",
    "stored",
]
