"""What pages say of themselves in the markup of real sites; every page here is made up."""

import json

import pytest

from ciskg.model import Document
from ciskg.read import read_text
from ciskg.read.pages import names

SENTENCE = "The heads of state of the Commonwealth of Independent States met in Minsk."
ADDRESS = "https://gazette.example/news/17"
SIDEBAR = (
    '<aside class="sidebar"><h3>Latest news</h3><ul>'
    '<li><a href="/1">One</a> <time datetime="2025-06-01">today</time></li></ul></aside>'
)


def read(body: str, head: str = "", attributes: str = "") -> Document:
    return read_text(
        f"<!doctype html><html {attributes}><head>{head}</head><body>{body}"
        f"<p>{SENTENCE}</p></body></html>",
        form="html",
    )


def ld(*things: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things
    )


def article(**more: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", **more}


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            ld(
                {"@graph": [{"@type": "WebSite", "name": "x"}, article(datePublished="2021-10-15")]}
            ),
            "",
        ),
        (ld({"@type": "WebPage", "mainEntity": article(datePublished="2021-10-15T09:00:00Z")}), ""),
        (ld({"@type": "WebPage", "datePublished": "2021-10-15"}), ""),
        (ld({**article(datePublished="2021-10-15"), "@type": ["Article", "NewsArticle"]}), ""),
        ('<meta name="DC.Date" content="2021-10-15">', ""),
        ('<meta name="dcterms:issued" content="2021-10-15">', ""),
        ('<meta name="citation_publication_date" content="2021/10/15">', ""),
        ('<meta name="mediator_published_time" content="2021-10-15T12:00:00+03:00">', ""),
        ('<meta name="pubdate" content="Fri, 15 Oct 2021 12:00:00 GMT">', ""),
        ('<meta name="pubdate" content="20211015">', ""),
        ('<meta name="date" content="15 октября 2021, 18:30">', ""),
        ("", '<span itemprop="datePublished" content="2021-10-15T01:00">Friday</span>'),
        ("", '<div itemscope><time itemprop="datePublished">15.10.2021 18:30</time></div>'),
        (
            "",
            'Submitted on <span property="dc:date dc:created" content="2021-10-15T10:00:00+06:00"'
            ' datatype="xsd:dateTime">Fri, 15/10/2021</span>',
        ),
        (
            "",
            '<span class="posted-on"><a href="/17" rel="bookmark">'
            '<time class="entry-date published" datetime="2021-10-15">15 October</time>'
            '<time class="updated" datetime="2024-01-01">1 January</time></a></span>',
        ),
        ("", '<time class="updated" datetime="2024-01-01"></time><time datetime="2021-10-15">'),
        ("", '<p class="date">Minsk, <time datetime="2021-10-15">15 October 2021</time></p>'),
    ],
)
def test_the_day_of_publication_is_found(head: str, body: str) -> None:
    document = read(f"{SIDEBAR}<article><h1>A title</h1>{body}</article>", head)
    assert (document.published, document.published_from) == ("2021-10-15", "metadata")


@pytest.mark.parametrize(
    "body",
    [
        SIDEBAR,
        '<footer>© 1998–2025 Gazette <time datetime="2025-06-01">today</time></footer>',
        '<header><time datetime="2025-06-01">Sunday, 1 June</time></header>',
        '<div class="latest-news"><time datetime="2025-06-01">10:00</time> Other</div>',
        '<div id="comments"><article><time datetime="2025-06-01">1 June</time> Hi</article></div>',
        '<div class="comment-body"><time datetime="2025-06-01">1 June</time> Hello</div>',
        '<div class="widget"><span itemprop="datePublished" content="2025-06-01"></span></div>',
        '<div itemscope itemtype="https://schema.org/Comment">'
        '<span itemprop="datePublished" content="2025-06-01"></span></div>',
        '<p>The treaty was signed on <time datetime="1991-12-08">8 December 1991</time> in a forest'
        " by the leaders of three republics, who declared that the Union was no more.</p>",
        '<time class="updated" datetime="2025-06-01">Updated 1 June</time>',
        '<div><a href="/2"><time datetime="2025-06-01">1 June</time> Another article</a></div>',
        "<p>© 2003–2025 Gazette. Last update: 01.06.2025 10:05</p>",
        '<time datetime="PT15M">15 minutes</time>',
        '<time datetime="14:30">14:30</time>',
    ],
)
def test_days_of_other_things_are_not_taken(body: str) -> None:
    document = read(f"<main><h1>A title</h1></main>{body}")
    assert (document.published, document.published_from) == (None, None)


def test_a_list_of_articles_has_no_day_of_its_own() -> None:
    cards = "".join(
        f'<article><a href="/{n}">Title {n}</a><time datetime="2025-06-0{n}">x</time></article>'
        for n in (1, 2, 3)
    )
    things = [article(headline=f"Title {n}", datePublished=f"2025-06-0{n}") for n in (1, 2, 3)]
    document = read(f"<main>{cards}</main>", ld(things) + "<title>News of the day</title>")
    assert document.published is None
    assert document.title == "News of the day"


@pytest.mark.parametrize(
    "own",
    [
        {"url": ADDRESS},
        {"@id": ADDRESS + "/#article"},
        {"mainEntityOfPage": {"@type": "WebPage", "@id": "http://www.gazette.example/news/17/"}},
        {"mainEntityOfPage": ADDRESS},
        {"headline": "Leaders meet in Minsk"},
    ],
)
def test_of_several_articles_that_of_the_page_counts(own: dict[str, object]) -> None:
    others = [article(headline="Weather", url="/w", datePublished="2025-06-01")]
    mine = article(**{"headline": "Leaders meet", "datePublished": "2021-10-15", **own})
    head = f'<link rel="canonical" href="{ADDRESS}">' + ld(*others, mine, *others)
    document = read("<h1>Leaders meet in Minsk</h1>", head)
    assert document.published == "2021-10-15"


def test_articles_that_disagree_on_the_day_of_the_page_are_not_believed() -> None:
    things = [article(url=ADDRESS, datePublished=f"2021-10-1{n}") for n in (5, 6)]
    head = f'<link rel="canonical" href="{ADDRESS}">' + ld(*things)
    assert read("<h1>A title</h1>", head).published is None
    meta = '<meta property="article:published_time" content="2021-10-15">'
    assert read("<h1>A title</h1>", head + meta).published == "2021-10-15"


def test_marked_days_win_over_a_time_and_the_first_kind_over_the_next() -> None:
    body = '<article><h1>A title</h1><time datetime="2021-10-17">x</time></article>'
    meta = '<meta name="dc.date" content="2021-10-16">'
    both = meta + '<meta property="article:published_time" content="2021-10-15">'
    assert read(body).published == "2021-10-17"
    assert read(body, meta).published == "2021-10-16"
    assert read(body, both).published == "2021-10-15"
    assert read(body, both + ld(article(datePublished="2021-10-14"))).published == "2021-10-14"


FIELDS = '"headline":"A title","datePublished":"2021-10-15"'


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"A\ntitle","datePublished":"2021-10-15",}',
        '<!-- {"@type":"NewsArticle","headline":"A title","datePublished":"2021-10-15"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle",' + FIELDS + "}\n//]]>",
        '{"@type":"NewsArticle","headline":"A title","datePublished":"2021-10-15"};',
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;A title&quot;,"
        "&quot;datePublished&quot;:&quot;2021-10-15&quot;}",
        '{"@type":"https://schema.org/NewsArticle",' + FIELDS.replace(" ", " &nbsp;") + "}",
    ],
)
def test_faults_that_many_sites_make_are_mended(script: str) -> None:
    document = read("", f'<script type="application/ld+json">{script}</script>')
    assert (document.title, document.published) == ("A title", "2021-10-15")


def test_things_that_are_no_article_say_nothing_of_the_page() -> None:
    things = [
        {"@type": "VideoObject", "name": "Film", "datePublished": "2025-06-01"},
        {"@type": "Organization", "name": "Gazette", "datePublished": "2025-06-01"},
        {"@type": "ItemList", "itemListElement": [article(datePublished="2025-06-01")]},
    ]
    assert read("<h1>A title</h1>", ld(*things)).published is None


def test_the_publisher_is_named_or_referred_to() -> None:
    graph = [
        {"@type": "Organization", "@id": "#us", "name": "Minsk &amp; Brest Gazette"},
        article(headline="H", publisher={"@id": "#us"}),
    ]
    assert read("", ld({"@graph": graph})).publisher == "Minsk & Brest Gazette"
    marked = (
        '<div itemprop="publisher" itemscope><meta itemprop="name" content="Gazette"></div>'
        '<div itemprop="author"><span itemprop="name">A. Writer</span></div>'
    )
    assert read(marked).publisher == "Gazette"


def test_entities_that_were_written_twice_are_letters() -> None:
    head = '<meta property="og:title" content="Cooperation &amp;laquo;in the CIS&amp;raquo;">'
    assert read("", head).title == "Cooperation «in the CIS»"


@pytest.mark.parametrize(
    ("head", "attributes", "language"),
    [
        ('<meta http-equiv="Content-Language" content="en-GB">', "", "en"),
        ('<meta property="og:locale" content="ru_RU">', "", "en"),  # the script speaks against it
        ("", 'xml:lang="en"', "en"),
        ("", 'lang="de"', "de"),
    ],
)
def test_the_language_of_a_page(head: str, attributes: str, language: str) -> None:
    assert read("<h1>A title</h1>", head, attributes).language == language


@pytest.mark.parametrize(
    "comment",
    [
        f"<!-- saved from url=(0031){ADDRESS} -->",
        f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Sun Jun 01 2025\n-->",
    ],
)
def test_a_saved_page_says_where_it_is_from(comment: str) -> None:
    page = f"<!doctype html>{comment}<html><body><h1>A title</h1><p>{SENTENCE}</p></body></html>"
    document = read_text(page, form="html")
    assert (document.url, document.published) == (ADDRESS, None)


def test_the_lists_of_names_have_no_name_twice() -> None:
    lists = names().lists
    assert lists
    for key, listed in lists.items():
        assert listed, key
        assert len(set(listed)) == len(listed), key
        if key[0] != "linked":
            assert all(name == name.lower() for name in listed), key
