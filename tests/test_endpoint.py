"""Stored queries asked of a SPARQL server: the rows of the embedded store, or one clear line."""

import http.server
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ciskg.assemble import Readings, assemble, write
from ciskg.cli import run
from ciskg.query import QueryError, stored
from ciskg.query import run as ask_store
from ciskg.query.remote import Endpoint, EndpointError, ask
from ciskg.store import open_build
from gold_readings import gold_readings

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
Say = Callable[[int, str, bytes], str]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("endpoint") / "build"
    folder.mkdir()
    write(assemble(Readings(gold_readings())), folder)
    return folder


@pytest.fixture(scope="module")
def server(build: Path) -> Iterator[str]:
    """The address of a SPARQL server on loopback that holds the graph of the seeds."""
    place = ["--location", str(build.parent / "server")]
    loaded = [OXIGRAPH, "load", *place, "--file", str(build / "graph.nq")]
    subprocess.run(loaded, check=True, capture_output=True, timeout=60)
    port = _free_port()
    command = [OXIGRAPH, "serve", *place, "--union-default-graph", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(300):
                assert process.poll() is None
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/query"
        finally:
            process.terminate()


@pytest.fixture
def says() -> Iterator[Say]:
    """A server that answers all with one status, kind and body; 0 is no answer at all."""
    answer: list[tuple[int, str, bytes]] = []
    ended = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, kind, body = answer[-1]
            if status == 0:
                ended.wait(30)
                return
            if self.headers.get("Authorization") == "Basic bWU6c2VjcmV0":  # me:secret
                status, kind, body = 200, "application/json", b'{"head":{"vars":[]},"results":{}}'
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()

        def say(status: int, kind: str, body: bytes) -> str:
            answer.append((status, kind, body))
            return f"http://127.0.0.1:{listening.server_port}/sparql"

        yield say
        ended.set()
        listening.shutdown()


def _cli(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["query", *arguments])
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return code, out, err


@pytest.mark.parametrize("name", [query.name for query in stored()])
def test_a_server_gives_the_rows_of_the_embedded_store(name: str, server: str, build: Path) -> None:
    assert ask(Endpoint(server), name) == ask_store(open_build(build), name)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("who-chaired", {"organization": "CIS", "year": 2024}),
        ("who-chaired", {"organization": "id:org/cis", "year": "2020"}),
        ("participants-on-day", {"day": "2020-12-18", "organization": "СНГ"}),
        ("meetings-of-person", {"person": "Sergei Lebedev"}),
        ("sentences-with-words", {"text": 'plan of action" } # ?'}),
        ("sentences-with-words", {"text": "plan of action"}),
        ("what-a-document-says", {"document": "001_16830d1d99dc7d5d"}),
    ],
)
def test_parameters_are_bound_alike(
    name: str, values: dict[str, object], server: str, build: Path
) -> None:
    assert ask(Endpoint(server), name, **values) == ask_store(open_build(build), name, **values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("who-chaired", {"organization": "Nowhere"}),
        ("who-chaired", {"organization": "id:org/nowhere"}),
        ("who-chaired", {"yeer": 1}),
        ("who-chared", {}),
    ],
)
def test_a_wrong_question_is_told_alike(
    name: str, values: dict[str, object], server: str, build: Path
) -> None:
    with pytest.raises(QueryError) as here:
        ask_store(open_build(build), name, **values)
    with pytest.raises(QueryError) as there:
        ask(Endpoint(server), name, **values)
    assert str(there.value) == str(here.value)


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "markdown"])
def test_the_command_prints_the_same(
    format: str, server: str, build: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = ("who-chaired", "--organization", "CIS", "--year", "2020", "--format", format)
    answer = _cli(capfd, *asked, "--endpoint", server)
    assert answer[0] == 0
    assert "Uzbekistan" in answer[1]
    assert answer == _cli(capfd, *asked, "--build", str(build))


def test_a_server_that_is_down_gives_3(capfd: pytest.CaptureFixture[str]) -> None:
    url = f"http://127.0.0.1:{_free_port()}/query"
    code, out, err = _cli(capfd, "visits", "--endpoint", url)
    assert (code, out) == (3, "")
    assert f"{url}: not reachable: Connection refused; check the address" in err
    code, _, err = _cli(capfd, "visits", "--endpoint", "http://no-such-host.invalid/query")
    assert code == 3
    assert "no-such-host.invalid/query: not reachable: " in err


def test_a_wrong_path_gives_3(server: str, capfd: pytest.CaptureFixture[str]) -> None:
    wrong = server.replace("/query", "/nothing")
    code, out, err = _cli(capfd, "visits", "--endpoint", wrong)
    assert (code, out) == (3, "")
    assert f"{wrong}: HTTP 404: " in err
    assert "nothing is at this path; SPARQL endpoints are often at /query or /sparql" in err


@pytest.mark.parametrize(
    ("status", "kind", "body", "message"),
    [
        (400, "text/plain", b"\nLine 1: not so\nmore", "HTTP 400: Line 1: not so; "),
        (401, "text/html", b"<html>", "HTTP 401: Unauthorized; it wants a user and a password"),
        (403, "text/plain", b"", "HTTP 403: Forbidden; it does not let you read"),
        (414, "text/plain", b"too long", "HTTP 414: too long; "),
        (500, "text/plain", b"\x1b[31mno\xff store\n", "HTTP 500: �[31mno� store; its log"),
        (503, "text/plain", "занято".encode(), "HTTP 503: занято; its log says more"),
        (200, "text/html", b"<html>Hello</html>", "answered with text/html, not with SPARQL"),
        (200, "application/json", b"[1]", "answered with application/json, not with SPARQL"),
        (200, "application/json", b'{"head": {}, "boolean": true}', "not with SPARQL results"),
        (200, "text/turtle", b"", "answered with text/turtle, not with SPARQL results in JSON"),
    ],
)
def test_any_other_answer_is_told_in_one_line(
    status: int,
    kind: str,
    body: bytes,
    message: str,
    says: Say,
    capfd: pytest.CaptureFixture[str],
) -> None:
    url = says(status, kind, body)
    code, out, err = _cli(capfd, "visits", "--endpoint", url)
    assert (code, out) == (3, "")
    assert f"ciskg: {url}: " in err
    assert message in err
    assert err.count("\n") == 1


def test_a_server_that_does_not_answer_is_left(
    says: Say, capfd: pytest.CaptureFixture[str]
) -> None:
    url = says(0, "", b"")
    code, _, err = _cli(capfd, "visits", "--endpoint", url, "--timeout", "1")
    assert code == 3
    assert f"{url}: no answer within 1 seconds; --timeout SECONDS waits longer" in err


def test_user_and_password_are_sent_and_not_shown(says: Say) -> None:
    url = says(401, "text/plain", b"who are you?")
    with pytest.raises(EndpointError, match="HTTP 401: who are you"):
        Endpoint(url.replace("//", "//me:wrong@")).select("SELECT * {}")
    with pytest.raises(EndpointError, match="not with SPARQL results") as caught:
        Endpoint(url.replace("//", "//me:secret@")).select("SELECT * {}")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/", "127.0.0.1:80", "http://", "http://a:b/", ""]
)
def test_an_address_that_is_none_is_wrong_usage(
    url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, err = _cli(capfd, "visits", "--endpoint", url)
    assert (code, out) == (2, "")
    assert "--endpoint takes an address http://" in err


def test_one_place_is_asked(server: str, build: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for other in (("--build", str(build)), ("--data", str(build / "graph.nq"))):
        code, _, err = _cli(capfd, "visits", "--endpoint", server, *other)
        assert code == 2
        assert "exclude each other" in err


def test_each_kind_of_term_is_read(says: Say) -> None:
    row = {
        "iri": {"type": "uri", "value": "urn:a"},
        "blank": {"type": "bnode", "value": "b0"},
        "text": {"type": "literal", "value": "ж", "xml:lang": "ru"},
        "number": {
            "type": "typed-literal",  # as older servers write it
            "value": "3",
            "datatype": "http://www.w3.org/2001/XMLSchema#integer",
        },
    }
    answer = {"head": {"vars": [*row, "none"]}, "results": {"bindings": [row]}}
    url = says(200, "application/sparql-results+json", json.dumps(answer).encode())
    rows = Endpoint(url).select("SELECT * {}")
    assert rows.rows == (("urn:a", "_:b0", "ж", 3, None),)
    assert [getattr(term, "language", None) for term in rows.terms[0]][2] == "ru"
