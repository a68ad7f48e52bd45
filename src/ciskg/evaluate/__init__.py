"""Holds facts read out of documents against gold facts (docs/annotation.md)."""

from ciskg.evaluate.compare import Fields
from ciskg.evaluate.gold import Gold, GoldError, read_facts, read_gold, select
from ciskg.evaluate.scores import Error, Facts, Match, Row, Scores, score

__all__ = [
    "Error", "Facts", "Fields", "Gold", "GoldError", "Match", "Row", "Scores", "read_facts",
    "read_gold", "score", "select",
]  # fmt: skip
