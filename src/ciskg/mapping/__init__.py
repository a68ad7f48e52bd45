"""Turns facts into quads: what documents say into their graphs, what is so into one graph of facts.

No class or property of a fact is named here: ontology/facts.toml says what each field becomes.
"""

from ciskg.mapping.documents import to_quads
from ciskg.mapping.reconciled import facts_quads

__all__ = ["facts_quads", "to_quads"]
