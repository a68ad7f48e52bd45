"""The Python API gives what it says; its examples run as they stand in the docstrings."""

import doctest
import importlib
from functools import lru_cache
from pathlib import Path

import pytest

import ciskg
from ciskg.explain import UnknownThing
from ciskg.query import QueryError
from ciskg.read import ReadError
from ciskg.result import Result
from ciskg.store import StoreError

ROOT = Path(__file__).parent.parent


@lru_cache(maxsize=1)
def _seeds() -> Result:
    return ciskg.build(ROOT / "seeds")


@pytest.mark.parametrize("module", ["ciskg", "ciskg.result"])
def test_the_examples_of_the_docstrings_run(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    ran = doctest.testmod(importlib.import_module(module), optionflags=doctest.ELLIPSIS)
    assert ran.attempted > 0
    assert ran.failed == 0


def test_all_names_of_the_api_are_there_and_stay_functions() -> None:
    """A module of the same name would take a function's place when it is imported."""
    _seeds()
    for name in ciskg.__all__:
        assert isinstance(getattr(ciskg, name), str) or callable(getattr(ciskg, name)), name


def test_paths_may_be_one_or_several() -> None:
    one = ROOT / "seeds" / "002_52ccf306c54d955b.txt"
    for paths in (one, str(one), [one], (str(one),)):
        assert ciskg.build(paths).documents == (one.stem,)


def test_a_result_gives_graphs_of_rdflib() -> None:
    import rdflib

    graph, dataset = _seeds().graph(), _seeds().dataset()
    assert isinstance(graph, rdflib.Graph)
    assert isinstance(dataset, rdflib.Dataset)
    assert len(graph) == len(_seeds().store)
    names = {str(named.identifier) for named in dataset.graphs() if len(named)}
    assert names == {str(g)[1:-1] for g in _seeds().store.named_graphs()}
    asked = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/ciskg/def#Claim> }"
    assert int(next(iter(graph.query(asked)))[0]) == len(_seeds().facts())  # type: ignore[index]
    assert int(next(iter(dataset.query(asked)))[0]) == len(_seeds().facts())  # type: ignore[index]
    assert graph.namespace_manager.expand_curie("ck:Claim") == rdflib.URIRef(
        "https://w3id.org/ciskg/def#Claim"
    )


def test_both_engines_give_the_same_rows() -> None:
    from ciskg.query import run

    rows = _seeds().query("who-chaired", organization="CIS", year=2020)
    assert rows.records()
    assert run(_seeds().dataset(), "who-chaired", organization="CIS", year=2020).rows == rows.rows


def test_a_build_on_disk_opens_as_the_same_result(tmp_path: Path) -> None:
    result = ciskg.build(ROOT / "seeds", out=tmp_path / "build")
    opened = ciskg.open(tmp_path / "build")
    assert result.folder == opened.folder == tmp_path / "build"
    assert opened.documents == result.documents == _seeds().documents
    assert opened.facts() == result.facts() == _seeds().facts()
    assert opened.summary == result.summary
    key = opened.documents[0]
    assert opened.text(key) == result.text(key) == _seeds().text(key)
    thing = "tenure/vladimir-putin--president--rus"
    assert opened.explain(thing) == _seeds().explain(thing)


def test_a_mistake_is_an_exception_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not a ciskg build"):
        ciskg.open(tmp_path)
    with pytest.raises(QueryError, match="did you mean who-chaired"):
        _seeds().query("who-chared")
    with pytest.raises(UnknownThing, match="not in this graph"):
        _seeds().explain("id:person/nobody-at-all")


def test_a_result_does_not_print_its_texts() -> None:
    assert len(repr(_seeds())) < 1000


@pytest.mark.parametrize("published", ["yesterday", "8 October 2024", "2024-13-45", ""])
def test_a_date_of_a_text_must_be_one(published: str) -> None:
    text = "Vladimir Putin visited Minsk yesterday."
    with pytest.raises(ReadError, match=r"published is no date: .*; write 2022-10-14"):
        ciskg.read_text(text, published=published)
    assert ciskg.read_text(text, published="2024-10-08").document.published == "2024-10-08"
