"""Knowledge of one's own, laid over ours: the recipe of the README, what wins, what is refused."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

import ciskg
from ciskg.examples import broken_examples, own_rules
from ciskg.knowledge import KnowledgeError, folder, installed_folder, laid_over
from ciskg.knowledge.tables import as_toml
from ciskg.normal import name_form
from ciskg.recognise import load_lexicon
from ciskg.reference import installed

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PREFIXES = """\
PREFIX body: <https://w3id.org/ciskg/id/org/>
PREFIX ck: <https://w3id.org/ciskg/def#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX role: <https://w3id.org/ciskg/id/role/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX state: <https://w3id.org/ciskg/id/state/>
"""
BODY = """
body:eurasian-archive-network a org:OrganizationalUnit ;
    skos:prefLabel "Eurasian Archive Network"@en , "Евразийская сеть архивов"@ru ;
    org:unitOf body:eaeu .
"""
OFFICE = """
role:chief-archivist a org:Role ;
    skos:prefLabel "Chief Archivist"@en , "главный архивист"@ru .
"""
RULE = """
[[rule]]
id = "took-the-helm-en"
type = "role"
pattern = '{person=person} took the helm as {office=office}'
[[rule.reads]]
text = "Anna Petrova took the helm as Chief Archivist of the Eurasian Archive Network."
person = "Anna Petrova"
title = "Chief Archivist"
of = "Eurasian Archive Network"
[[rule.ignores]]
text = "Anna Petrova took the helm as the storm began."
"""
SENTENCE = "Boris Orlov took the helm as Chief Archivist of the Eurasian Archive Network."


def write(own: Path, name: str, text: str) -> Path:
    path = own / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return own


def names(own: Path, blocks: str, name: str = "names") -> Path:
    return write(own, f"ontology/reference/{name}.ttl", PREFIXES + blocks)


def roles(text: str, own: Path | None) -> list[tuple[object, ...]]:
    read = ciskg.read_text(text, knowledge=own)
    return [
        tuple(fact.values.get(name) for name in ("person", "title", "of"))
        for fact in read.facts
        if fact.type == "role"
    ]


def test_the_recipe_of_the_readme_works_as_it_is_written(tmp_path: Path) -> None:
    section = README.split("## Teach it your own names and rules")[1].split("\n## ")[0]
    blocks = re.findall(r"```(\w+)\n(.*?)```", section, re.DOTALL)
    for language, text in blocks:
        if language in ("turtle", "toml"):
            write(tmp_path, str(re.match(r"# (mine/\S+)\n", text)[1]), text)  # type: ignore[index]
    (commands,) = (text for language, text in blocks if language == "sh")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-c", commands],
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    answer = done.stdout.splitlines()[-2:]
    assert all(line.startswith("Chief Archivist  Eurasian Archive Network  ") for line in answer), (
        done.stdout
    )
    assert "Ivan Sidorov has taken the helm" in answer[0]
    assert "Главный архивист Евразийской сети архивов Иван Сидоров" in answer[1]
    assert roles((tmp_path / "new/en.txt").read_text("utf-8"), None) == []


def test_a_copy_of_our_knowledge_with_a_body_an_office_and_a_rule_reads_a_new_sentence(
    tmp_path: Path,
) -> None:
    for name in ("ontology", "queries", "rules"):
        shutil.copytree(installed_folder(name), tmp_path / name)
    for file, added in (("bodies.ttl", BODY), ("roles.ttl", OFFICE)):
        path = tmp_path / "ontology/reference" / file
        path.write_text(path.read_text("utf-8") + added, encoding="utf-8")
    path = tmp_path / "rules/en/roles.toml"
    path.write_text(path.read_text("utf-8") + RULE, encoding="utf-8")
    assert roles(SENTENCE, tmp_path) == [
        ("Boris Orlov", "Chief Archivist", "Eurasian Archive Network")
    ]
    with laid_over(tmp_path):
        assert [rule.id for rule in own_rules()] == ["took-the-helm-en"]
        assert list(broken_examples(own_rules())) == []


def test_an_unchanged_copy_changes_no_fact(tmp_path: Path) -> None:
    for name in ("ontology", "queries", "rules"):
        shutil.copytree(installed_folder(name), tmp_path / name)
    seed = ROOT / "seeds" / "003_c647624496657154.txt"
    plain, copied = ciskg.build(seed), ciskg.build(seed, knowledge=tmp_path)
    assert copied.facts() == plain.facts()
    assert copied.conforms
    said = {str(quad) for quad in copied.store} - {str(quad) for quad in plain.store}
    assert 0 < len([quad for quad in said if "sha256:" in quad]) == 1


def test_nothing_stays_of_a_folder_once_the_call_is_over(tmp_path: Path) -> None:
    own = names(tmp_path / "own", BODY + OFFICE)
    write(own, "rules/en/mine.toml", RULE)
    other = names(tmp_path / "other", BODY + OFFICE.replace("Archivist", "Keeper"))
    found = [("Boris Orlov", "Chief Archivist", "Eurasian Archive Network")]
    before = load_lexicon()
    assert roles(SENTENCE, None) == []
    assert roles(SENTENCE, own) == found
    assert roles(SENTENCE, other) == []
    assert roles(SENTENCE, None) == []
    assert roles(SENTENCE, own) == found
    assert load_lexicon() is before
    names(own, BODY)  # what is changed is read anew
    assert roles(SENTENCE, own) == []


def test_a_block_that_says_what_it_is_replaces_and_one_that_does_not_adds(tmp_path: Path) -> None:
    new = 'state:kaz skos:altLabel "Steppeland"@en .\n'
    with laid_over(names(tmp_path / "adds", new)):
        assert installed().known(("state",), "Steppeland") == f"{ID}state/kaz"
        assert installed().known(("state",), "Kazakhstan") == f"{ID}state/kaz"
    new = 'role:adviser a org:Role ; skos:prefLabel "Counsel"@en , "советчик"@ru .\n'
    with laid_over(names(tmp_path / "replaces", new)):
        assert installed().known(("role",), "Counsel") == f"{ID}role/adviser"
        assert installed().known(("role",), "Adviser") is None
        assert installed().known(("role",), "Aide") is not None
    assert installed().known(("role",), "Adviser") == f"{ID}role/adviser"


ID = "https://w3id.org/ciskg/id/"


def test_a_rule_takes_the_place_of_ours_with_its_id(tmp_path: Path) -> None:
    text = "Boris Berezovsky becomes Executive Secretary of the CIS."
    assert roles(text, None) == [("Boris Berezovsky", "Executive Secretary", "CIS")]
    changed = RULE.replace("took-the-helm-en", "becomes-en").replace("took the helm", "turns")
    assert roles(text, write(tmp_path / "own", "rules/en/mine.toml", changed)) == []
    turns = text.replace("becomes", "turns as")
    assert roles(turns, tmp_path / "own") == [("Boris Berezovsky", "Executive Secretary", "CIS")]


def test_a_rule_may_use_the_words_of_our_file_of_its_name(tmp_path: Path) -> None:
    rule = RULE.replace("took the helm as", "was duly <named>")
    names(tmp_path, BODY + OFFICE)
    text = "Boris Orlov was duly elected Chief Archivist of the Eurasian Archive Network."
    assert roles(text, write(tmp_path, "rules/en/roles.toml", rule))
    (tmp_path / "rules/en/roles.toml").rename(tmp_path / "rules/en/mine.toml")
    with pytest.raises(KnowledgeError, match=r"rules/en/mine\.toml: took-the-helm-en: <named>"):
        roles(text, tmp_path)


def test_a_cue_of_ones_own_adds_to_ours(tmp_path: Path) -> None:
    from ciskg.cues import cue

    row = '[[cue]]\nid = "chairmanships-twice"\npattern = "twice running"\n'
    with laid_over(write(tmp_path / "adds", "rules/en/cues-mine.toml", row)):
        assert cue("chairmanships-twice").search("twice running")
        assert cue("chairmanships-twice").search("two years in a row")
    with laid_over(write(tmp_path / "replaces", "rules/en/cues-facts.toml", row)):
        assert cue("chairmanships-twice").search("twice running")
        assert not cue("chairmanships-twice").search("two years in a row")
        assert cue("years-word").search("a year of peace")
    assert not cue("chairmanships-twice").search("twice running")


def test_tables_are_joined_key_by_key(tmp_path: Path) -> None:
    own = write(tmp_path, "rules/homes.toml", '[publisher]\n"the archive herald" = "KAZ"\n')
    write(own, "rules/en/words.toml", '[list]\nrank = "archimandrite"\n')
    write(own, "ontology/normal-forms.toml", '[romanise.letters]\n"ж" = "qq"\n')
    from ciskg.cues import word_list
    from ciskg.extract.home import _homes

    with laid_over(own):
        assert _homes()["publisher"]["the archive herald"] == "KAZ"
        assert _homes()["publisher"]["akorda"] == "KAZ"
        assert "archimandrite" in word_list("rank")
        assert len(word_list("rank")) > 5
        assert name_form("Жук") == "kuk"
    assert name_form("Жук") == "juk"
    assert "archimandrite" not in word_list("rank")


def test_a_question_and_a_shape_of_ones_own_are_used(tmp_path: Path) -> None:
    text = (folder("queries") / "who-chaired.rq").read_text("utf-8")
    own = write(tmp_path, "queries/mine.rq", text)
    assert "mine" in {query.name for query in ciskg.queries(knowledge=own)}
    assert "mine" not in {query.name for query in ciskg.queries()}
    result = ciskg.build(ROOT / "seeds" / "003_c647624496657154.txt", knowledge=own)
    asked = {"organization": "CIS", "year": 2024}
    assert result.query("mine", **asked).rows == result.query("who-chaired", **asked).rows


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("ontology/reference/x.ttl", "\n\noops", r"x\.ttl:9: not Turtle"),
        ("ontology/reference/x.ttl", BODY + BODY, r"x\.ttl:12: eurasian-archive-network has a "),
        (
            "ontology/reference/x.ttl",
            BODY.replace("prefLabel", "prefLable"),
            r"x\.ttl:9: no property is called prefLable; did you mean prefLabel\?",
        ),
        (
            "ontology/reference/x.ttl",
            'body:no-such skos:altLabel "X"@en .',
            r"x\.ttl:7: no-such is no thing of ours to add to",
        ),
        ("ontology/reference/x.ttl", OFFICE + "role:chief-archivist ck:rank 1 .", "called rank"),
        ("rules/en/x.toml", "[[rule]\n", r"x\.toml: not TOML: .*line 1"),
        ("rules/en/x.toml", RULE.replace("pattern", "patern"), r"x\.toml:5: unknown key patern "),
        ("rules/en/x.toml", RULE + RULE, r"x\.toml: took-the-helm-en: two rules of it"),
        ("rules/en/x.toml", RULE.replace('"role"', '"rolle"'), "no type of rule 'rolle'"),
        ("rules/en/x.toml", RULE.replace("{office=", "{offise="), None),
        ("rules/en/x.toml", RULE.replace("took", "to(ok"), "does not compile"),
        ("rules/en/x.toml", RULE.replace("=office}", "=offices}"), "no such kind of mention"),
        ("rules/en/x.toml", "[[rules]]\nid = 'x'\n", r"x\.toml:1: unknown key rules; .*rule\?"),
        ("rules/en/cues-x.toml", '[[cue]]\nid = "x"\npattern = "y"\n', "looks at a cue of this"),
        ("rules/x.toml", RULE, r"x\.toml: no table of ours has this name"),
        ("rules/de/x.toml", RULE, "nothing is read from rules/de/"),
        ("rules/en/x.yaml", "", r"files in rules/en/ end in \.toml"),
        ("queries/x.sparql", "", r"files in queries/ end in \.rq"),
        ("x.toml", "", "holds none of the folders"),
    ],
)
def test_what_is_broken_is_named_with_file_and_remedy(
    tmp_path: Path, name: str, text: str, message: str | None
) -> None:
    own = write(tmp_path, name, PREFIXES + text if name.endswith(".ttl") else text)
    if message is None:  # a slot of another name is nobody's
        assert roles(SENTENCE, own) == []
        return
    with pytest.raises(KnowledgeError, match=message):
        ciskg.read_text(SENTENCE, knowledge=own)


def test_all_that_is_broken_is_told_at_once(tmp_path: Path) -> None:
    own = names(tmp_path, BODY.replace("unitOf", "unitof"))
    write(own, "rules/en/x.toml", RULE.replace("type", "typ"))
    with pytest.raises(KnowledgeError) as caught:
        ciskg.read_text(SENTENCE, knowledge=own)
    assert len(str(caught.value).splitlines()) == 2


def test_an_example_that_is_not_read_is_told(tmp_path: Path) -> None:
    own = names(tmp_path, BODY + OFFICE)
    text = RULE.replace('title = "Chief Archivist"', 'title = "Keeper"') + RULE.replace(
        "took-the", "took-a"
    ).replace("as {office", "in {office")
    with laid_over(write(own, "rules/en/x.toml", text)):
        wrong = list(broken_examples(own_rules()))
    assert [line.split(": ")[1] for line in wrong] == ["took-the-helm-en", "took-a-helm-en"]
    assert "'title': 'Keeper'" in wrong[0]
    assert "does not fit its own example" in wrong[1]


def test_toml_is_written_as_it_is_read() -> None:
    import tomllib

    for path in [*installed_folder("rules").rglob("*.toml"), *(ROOT / "ontology").glob("*.toml")]:
        table = tomllib.loads(path.read_text("utf-8"))
        assert tomllib.loads(as_toml(table)) == table
    odd = {"a b": "\x7f\x00\n\"'\\😀", "c": [{"d": [1, 1.5, True, []]}, {}]}
    assert tomllib.loads(as_toml(odd)) == odd


def test_the_command_line_takes_the_folder_everywhere_and_from_the_environment(
    tmp_path: Path,
) -> None:
    one = write(tmp_path / "one", "queries/first.rq", QUESTION)
    two = write(tmp_path / "two", "queries/second.rq", QUESTION)
    code = "import sys; from ciskg.cli import run; sys.exit(run(sys.argv[1:]))"

    def output(*arguments: str, **variables: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env={**os.environ, "PYTHONUTF8": "1", **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            timeout=60,
        ).stdout

    in_environment = {"CISKG_KNOWLEDGE": str(two)}
    for found in (
        output("--knowledge", str(one), "query", "show", "first"),
        output("query", "show", "first", "--knowledge", str(one)),
        output("query", "--knowledge", str(one), "show", "first", **in_environment),
        output("query", f"--knowledge={one}", "show", "first"),
        output("query", "show", "second", **in_environment),
    ):
        assert found == QUESTION
    assert "first" in output("query", "first", "--knowledge", str(one), "--help")
    listed = output("query", "--knowledge", str(one), **in_environment)
    assert "first" in listed
    assert "second" not in listed


QUESTION = (
    "#+ summary: The first\n#+ description: All graphs.\n#+ tags:\n#+   - mine\n#\n"
    "# ?g  a graph\n\n"
    "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g\n"
)


READERS = {"folder", "cue", "word_list", "word_table", "forms", "rules", "tables", "fact_types"}


def _forgetful(source: str) -> list[str]:
    """The functions whose results are kept whatever knowledge is laid over ours."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        decorators = {
            getattr(d.func if isinstance(d, ast.Call) else d, "attr", "")
            or getattr(d.func if isinstance(d, ast.Call) else d, "id", "")
            for d in function.decorator_list
        }
        keyed = any(
            word in ast.unparse(argument.annotation or argument)
            for argument in function.args.args
            for word in ("Path", "Own", "Rule", "Furniture")
        )
        calls = {getattr(n.func, "id", "") for n in ast.walk(function) if isinstance(n, ast.Call)}
        if decorators & {"cache", "lru_cache"} and calls & READERS and not keyed:
            found.append(function.name)
    return found


def test_a_planted_cache_that_forgets_whose_knowledge_it_holds_is_found() -> None:
    assert _forgetful("@cache\ndef f():\n    return folder('rules')") == ["f"]
    assert _forgetful("@lru_cache(maxsize=1)\ndef f(x: str):\n    return cue(x)") == ["f"]
    assert _forgetful("@cached\ndef f():\n    return folder('rules')") == []
    assert _forgetful("@cache\ndef f(path: Path):\n    return cue('x')") == []


def test_what_is_kept_is_kept_for_one_knowledge() -> None:
    modules = sorted((ROOT / "src" / "ciskg").rglob("*.py"))
    assert len(modules) > 100
    assert {p.name: f for p in modules if (f := _forgetful(p.read_text("utf-8")))} == {}


def test_every_command_that_reads_knowledge_takes_the_option() -> None:
    from ciskg.cli import VERBS, cli

    for verb in sorted({*VERBS} - {"review"}):  # what is decided stands in a file of its own
        command = cli.get_command(click.Context(cli), verb)
        assert command is not None
        assert "--knowledge" in {o for p in command.params for o in p.opts}, verb
