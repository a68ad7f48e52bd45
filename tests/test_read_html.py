"""HTML and Markdown: what is seen, what is furniture, what the head of a page tells."""

from pathlib import Path

import pytest

from ciskg.model import Document
from ciskg.read import ReadError, Source, read_document, read_text

SENTENCE = "The heads of state of the Commonwealth of Independent States met in Minsk."


def read(body: str, head: str = "", attributes: str = "") -> Document:
    return read_text(
        f"<!doctype html><html {attributes}><head>{head}</head><body>{body}</body></html>",
        form="html",
    )


def blocks(document: Document, *kinds: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if not kinds or b.kind in kinds]


def test_each_block_is_a_line_in_the_order_of_the_page() -> None:
    document = read(
        f"<div>Before <div>inside</div> after</div><h2>Head</h2><p>{SENTENCE}<br>Second</p>"
        "<ul><li>one<li>two</ul><dl><dt>Term<dd>Definition</dl><pre>a\n  b</pre>"
    )
    assert document.text == (
        f"Before\ninside\nafter\nHead\n{SENTENCE}\nSecond\none\ntwo\nTerm\nDefinition\na\nb"
    )
    assert blocks(document, "item") == ["one", "two", "Term", "Definition"]
    assert "Head" in blocks(document, "heading")


def test_words_are_joined_as_they_are_seen() -> None:
    document = read(
        f"<p>St&nbsp;George &amp; <b>Serdar</b>\n   <i>B</i>erdimuhamedov &#8212; 1<sup>st</sup>"
        f" of Russia<sup>a</sup> and<sup>[2]</sup></p><p><sup>a</sup> {SENTENCE}</p>"
    )
    assert document.text == (
        "St\u00a0George & Serdar Berdimuhamedov — 1st of Russia[a] and[2]\n[a] " + SENTENCE
    )


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>secret()</script>",
        "<style>.secret{}</style>",
        "<noscript>secret</noscript>",
        "<template><p>secret</p></template>",
        "<!-- secret -->",
        "<div hidden>secret</div>",
        '<div aria-hidden="true"><p>secret</p></div>',
        '<div role="dialog">secret</div>',
        '<p style="color:red; DISPLAY : none">secret</p>',
        '<span style="visibility:hidden">secret</span>',
        '<p class="a hide">secret</p>',
        '<p id="gone">secret</p>',
        '<div class="box"><b>secret</b></div>',
        "<button>secret</button>",
        "<select><option>secret</option></select>",
        "<svg><title>secret</title><text>secret</text></svg>",
        "<iframe>secret</iframe>",
        "<sup hidden>secret</sup>",
        "<table hidden><tr><td>secret<td>secret<tr><td>secret<td>secret</table>",
        "<table><tr><td>1<td>2<tr hidden><td>secret<td>4<tr><td>5<td hidden>secret<td>6</table>",
    ],
)
def test_what_is_not_seen_is_left_out(hidden: str) -> None:
    style = "<style>/* .no{} */ .hide, #gone{display:none} .box > b { display: none }</style>"
    document = read(f"<p>{SENTENCE}</p>{hidden}<p>{SENTENCE}</p>", style)
    assert "secret" not in document.text
    assert document.text.count(SENTENCE) == 2


@pytest.mark.parametrize(
    "style",
    [
        "@media print { .seen { display: none } }",
        ".seen:hover { display: none }",
        "/* .seen { display: none } */",
        ".seen{color:red} }} .other{color:red} @supports (x) { .a{} .seen{display:none} }",
        ".seen::after{display:none}",
    ],
)
def test_what_is_hidden_only_at_times_is_seen(style: str) -> None:
    assert (
        "seen" in read(f'<p class="seen">seen</p><p>{SENTENCE}</p>', f"<style>{style}</style>").text
    )


def test_a_page_whose_body_waits_for_a_script_is_read() -> None:
    page = f'<body style="display:none"><p>{SENTENCE}</p></body>'
    assert read_text(page, form="html").text == SENTENCE


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><ul><li>Home</li></ul></nav>",
        "<header><p>Home</p></header>",
        "<footer>Home</footer>",
        "<aside><h3>Home</h3></aside>",
        '<div role="navigation"><a>Home</a></div>',
        '<div class="cookie-notice"><p>Home</p></div>',
        '<ul id="breadcrumbs"><li>Home</ul>',
        '<div class="social share"><span>Home</span></div>',
        "<nav><table><tr><td>Home<td>News<tr><td>Law<td>Map</table></nav>",
    ],
)
def test_containers_of_furniture_are_furniture(furniture: str) -> None:
    document = read(f"{furniture}<main><h1>A title</h1><p>{SENTENCE}</p></main>")
    assert blocks(document, "heading", "paragraph", "item", "row") == ["A title", SENTENCE]
    assert "Home" in document.text


def test_the_title_may_stand_in_the_header() -> None:
    document = read(f"<header><span>Courier</span><h1>A title</h1></header><p>{SENTENCE}</p>")
    assert blocks(document, "heading") == ["A title"]
    assert blocks(document, "furniture") == ["Courier"]
    document = read(f"<article><header><h1>A title</h1><p>{SENTENCE}</p></header></article>")
    assert blocks(document, "furniture") == []


@pytest.mark.parametrize(
    "wrapper", ['<div class="with-sidebar">', "<form>", '<div id="menu">', "<nav>", "<footer>"]
)
def test_a_wrapper_of_the_whole_page_is_no_furniture(wrapper: str) -> None:
    assert (
        blocks(read(f"{wrapper}<p>{SENTENCE}</p><p>{SENTENCE}</p>"), "paragraph") == [SENTENCE] * 2
    )


def test_lines_of_furniture_are_known_in_html_too() -> None:
    document = read(
        f"<h1>A title</h1><p>Staff report | Politics</p><p>{SENTENCE}</p>"
        "<h3>Related</h3><ul><li>A link</li><li>Another</li></ul><p>(c) Courier</p>"
    )
    assert blocks(document, "furniture") == [
        "Staff report | Politics",
        "Related",
        "A link",
        "Another",
        "(c) Courier",
    ]


def test_a_table_of_data_becomes_rows() -> None:
    document = read(
        f"<p>{SENTENCE}</p><table><caption>Chairs</caption>"
        "<thead><tr><th>Year</th><th>Chair</th><th>Note</th></tr></thead>"
        '<tr><td rowspan="2">2013</td><td>Belarus<br>again</td><td></td></tr>'
        "<tr><td>Ukraine<sup>a</sup></td><td><b>de</b>clined</td></tr></table>"
    )
    assert blocks(document, "row") == [
        "Year | Chair | Note",
        "2013 | Belarus again | ",
        "2013 | Ukraine[a] | declined",
    ]
    assert blocks(document, "heading") == ["Chairs"]


def test_a_table_that_lays_out_the_page_is_no_row() -> None:
    document = read(
        f"<table><tr><td>Left</td><td><h1>A title</h1><p>{SENTENCE}</p>"
        "<table><tr><td>2023</td><td>Belarus</td></tr><tr><td>2024</td><td>Russia</td></tr></table>"
        "</td></tr><tr><td>x</td><td>y</td></tr></table>"
    )
    assert blocks(document, "row") == ["2023 | Belarus", "2024 | Russia"]
    assert SENTENCE in blocks(document, "paragraph")


def test_a_hostile_rowspan_does_not_blow_up_the_text() -> None:
    rows = "<tr><td>b</td></tr>" * 2000
    document = read(
        f'<table><tr><td rowspan="999999999">{"x" * 200}</td><td>a</td></tr>{rows}</table>'
    )
    assert len(document.text) < 20_000


def test_offsets_are_of_the_stored_text() -> None:
    document = read(f"<nav>Menu</nav><h1>Саммит 😀</h1><p>{SENTENCE}</p>", "", 'lang="ru"')
    for block in document.blocks:
        line = document.text[block.start : block.end]
        assert line
        assert "\n" not in line
    assert "\n".join(blocks(document)) == document.text


TITLE = "<title>Chairs of the CIS | Our Handbook</title>"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content="From og"><title>Other</title>', "From og"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"From LD"}'
            "</script><title>Other</title>",
            "From LD",
        ),
        (TITLE + '<meta property="og:site_name" content="Our Handbook">', "Chairs of the CIS"),
        (
            TITLE.replace("|", "&mdash;") + '<meta name="publisher" content="our handbook">',
            "Chairs of the CIS",
        ),
        ("<title>Another heading — Site</title>", "Another heading"),
        ("<title>East — West summit</title>", "East — West summit"),
        ("<title> </title>", "Another heading"),
    ],
)
def test_the_title_of_a_page(head: str, title: str) -> None:
    assert read(f"<h1>Another heading</h1><p>{SENTENCE}</p>", head).title == title


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (
            '<script type="application/ld+json">[{"@graph":[{"datePublished":'
            '"2025-12-23T23:40:00+05:00"}]}]</script>'
            '<meta property="article:published_time" content="2025-12-24">',
            "",
            "2025-12-23",
        ),
        (
            '<meta property="article:published_time" content="2025-12-24T01:00:00Z">',
            "",
            "2025-12-24",
        ),
        ('<meta name="date" content="24.12.2025">', "", "2025-12-24"),
        ('<meta itemprop="datePublished" content="2025-12">', "", "2025-12"),
        ("", '<article><time datetime="2024-02-29T10:00">today</time></article>', "2024-02-29"),
        (
            '<meta property="article:published_time" content="soon">'
            '<meta property="article:modified_time" content="2025-12-31">',
            "<p>24 December 2025</p>",
            "2025-12-24",
        ),
        ('<link rel="canonical" href="https://example.org/2022/10/14/x">', "", "2022-10-14"),
        ("", "<header>Tuesday, 23 December 2025</header>", None),
    ],
)
def test_the_date_of_a_page(head: str, body: str, published: str | None) -> None:
    document = read(f"<h1>A title</h1>{body}<p>{SENTENCE}</p>", head)
    assert document.published == published
    origin = {"2022-10-14": "url", None: None}.get(published, "metadata")
    assert document.published_from == ("text" if "<p>24" in body else origin)


def test_publisher_address_and_language_of_a_page() -> None:
    head = (
        '<meta property="og:site_name" content="Site"><meta name="publisher" content="Company">'
        '<link rel="canonical" href="https://example.org/a">'
    )
    document = read(f"<p>{SENTENCE}</p>", head, 'lang="en-GB"')
    assert (document.publisher, document.language) == ("Site", "en")
    assert document.url == "https://example.org/a"
    named = '{"headline":"H","publisher":{"name":"Gazette"}}'
    head = f'<script type="application/ld+json">{named}</script>{head}'
    assert read(f"<p>{SENTENCE}</p>", head).publisher == "Gazette"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "/relative", 'https://e.org/"onload=', ""])
def test_an_address_that_is_none_is_not_taken(href: str) -> None:
    head = f"<link rel=canonical href='{href}'>"
    assert read(f"<p>{SENTENCE}</p>", head).url is None


def test_a_language_that_the_script_contradicts_is_not_taken() -> None:
    russian = "<p>Главы государств собрались в Минске.</p>"
    assert read(russian, "", 'lang="en"').language == "ru"
    assert read(f"<p>{SENTENCE}</p>", "", 'lang="ru-RU"').language == "en"
    assert read("<p>Глави держав зібралися в Мінську.</p>", "", 'lang="uk"').language == "uk"


@pytest.mark.parametrize("data", ["{broken", "[" * 100_000, '"text"', "[1, null]", "{}", ""])
def test_data_in_a_page_that_are_no_json_do_not_matter(data: str) -> None:
    script = f'<script type="application/ld+json">{data}</script>'
    assert read(f"<h1>A title</h1><p>{SENTENCE}</p>", script).title == "A title"


def test_a_page_without_visible_words_is_refused() -> None:
    with pytest.raises(ReadError, match="it holds no words"):
        read("<script>x</script><p> </p><img alt='summit'>")


def test_a_page_nested_beyond_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<div>" * 200_000 + SENTENCE)
    with pytest.raises(ReadError, match="nest 200,000 deep"):
        read_document(Source("a", path))
    assert SENTENCE in read("<div>" * 5000 + SENTENCE).text


MARKDOWN = f"""---
title: "A title, given above"
date: 2024-10-08
publisher: Gazette
---
Meeting of the *Council*
========================

# Second #

{SENTENCE[:40]}
{SENTENCE[40:]} See [the **list**](https://example.org/a_b "t") and ![photo](x.png) `code`.

- one *item*
  goes on
2. two

| Year | Chair |
|------|:-----:|
| 2023 | **Belarus** |

> snake_case_name and 2 * 3 * 4 \\* stay. <br>

```
kept
```
<!-- secret -->
"""


def test_markdown_is_read_without_its_marks() -> None:
    document = read_text(MARKDOWN, form="md")
    assert [(b.kind, document.text[b.start : b.end]) for b in document.blocks] == [
        ("heading", "Meeting of the Council"),
        ("heading", "Second"),
        ("paragraph", f"{SENTENCE[:40]} {SENTENCE[40:].strip()} See the list and  code."),
        ("item", "one item goes on"),
        ("item", "two"),
        ("row", "Year | Chair"),
        ("row", "2023 | Belarus"),
        ("paragraph", "snake_case_name and 2 * 3 * 4 * stay."),
        ("paragraph", "kept"),
    ]
    assert document.title == "A title, given above"
    assert (document.published, document.publisher) == ("2024-10-08", "Gazette")


def test_markdown_without_front_matter_has_its_heading_as_title() -> None:
    document = read_text(f"# A title\n\n5 May 2020\n\n{SENTENCE}\n", form="md")
    assert (document.title, document.published) == ("A title", "2020-05-05")


@pytest.mark.parametrize(
    "text", ["*_[`" * 50_000, "[a](" * 50_000, "| " * 100_000, "<!--" * 50_000]
)
def test_hostile_markdown_is_read_in_little_time(text: str) -> None:
    assert read_text(f"{SENTENCE}\n\n{text}", form="md").text.startswith(SENTENCE)


@pytest.mark.parametrize(
    "css", ["/*" * 100_000, "a" * 200_000 + "}", "{" * 200_000, ".a{" * 50_000]
)
def test_hostile_styles_are_read_in_little_time(css: str) -> None:
    assert read(f"<p>{SENTENCE}</p>", f"<style>{css}</style>").text == SENTENCE
