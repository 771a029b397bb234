"""Text: addresses of people and of the web, HTML, parts put together."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connectors.mapping.apply import apply
from connectors.mapping.transforms import TRANSFORMS, BadValue

email, phone, url = TRANSFORMS["email"], TRANSFORMS["phone"], TRANSFORMS["url"]
domain_name, addresses = TRANSFORMS["domain_name"], TRANSFORMS["addresses"]
html, plain = TRANSFORMS["html"], TRANSFORMS["text_from_html"]
template, labelled = TRANSFORMS["template"], TRANSFORMS["labelled"]


def refusal(convert, *arguments):
    with pytest.raises(BadValue) as caught:
        convert(*arguments)
    return caught.value.code


# -- how somebody is reached -------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ANA@Example.COM", "ANA@Example.COM"),
        ("ana@münchen.example", "ana@münchen.example"),
        ("mailto:ana@example.com", "ana@example.com"),
        ("<ana@example.com>", "ana@example.com"),
        ("\ufeffana@example.com\u200b", "ana@example.com"),
        ("o'brien+crm@mail.example.co.uk", "o'brien+crm@mail.example.co.uk"),
        # Outlook quotes an address that it has no name for.
        ("'ana@example.com'", "ana@example.com"),
        ("'o'brien@example.com'", "o'brien@example.com"),
        ("“ana@example.com”", "ana@example.com"),
        ('"ana@example.com"', "ana@example.com"),
    ],
)
def test_an_address_is_taken_bare(text, address):
    assert email(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "Ana <ana@example.com>", "a@example.com; b@example.com", "a@example.com,b@example.com",
        "ana@example", "ana@exam..ple.com", "ana@.example.com", "ana@example.com.", "@example.com",
        "ana example.com", "a\x07na@example.com", 7,
        "a" * 400 + "@example.com", "x:ana@example.com",
    ],
)  # fmt: skip
def test_what_is_not_one_address_is_a_problem(text):
    assert refusal(email, text) == "bad_email"


def test_what_nobody_sees_is_in_no_address_and_no_name():
    assert email("ana@exam\u200bple.com") == "ana@example.com"
    assert TRANSFORMS["strip"]("\ufeffAna\u2060 Silva") == "Ana Silva"


@pytest.mark.parametrize("text", ["+351 21 000", "(0351) 21-000 ext. 5", "٠٣٥١", "112"])
def test_a_telephone_number_stays_as_it_is_written(text):
    assert phone(text) == text


@pytest.mark.parametrize("text", ["3.51E+11", "3,51e11", "1E+11", "1" * 101])
def test_what_nobody_can_call_is_a_problem(text):
    assert refusal(phone, text) == "bad_phone"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("example.com", "https://example.com"),
        ("www.example.com:8080/a?b=http://c.d", "https://www.example.com:8080/a?b=http://c.d"),
        ("//example.com", "https://example.com"),
        ("HTTP://intranet/a", "HTTP://intranet/a"),
        ("https://ex.com/a@b", "https://ex.com/a@b"),
        ("münchen.example", "https://münchen.example"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
        ("192.0.2.1", "https://192.0.2.1"),
    ],
)  # fmt: skip
def test_an_address_of_the_web_gets_its_scheme(text, address):
    assert url(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "ana@example.com", "mailto:ana@example.com", "javascript:alert(1)",
        "javascript://x.com/%0aalert(1)", "file:///etc/passwd", "exa\nmple.com", "a b.com",
        "example.com:port", "http//example.com", "3.5", "https://[", "a.com,b.com", "https://",
        "https:///x",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_a_problem(text):
    assert refusal(url, text) == "bad_url"


def test_a_domain_is_the_same_however_it_is_written():
    for text in ("example.com", "HTTPS://www.Example.com/a", "www.www.example.com."):
        assert domain_name(text) == "example.com"
    assert domain_name("www.com") == "www.com"
    assert refusal(domain_name, "our web site") == "bad_url"


@pytest.mark.parametrize("convert", [email, phone, url, domain_name])
@pytest.mark.parametrize(
    "text", ["n/a", "N/A", "none", "-", "–", "keine", "ninguno", "null"]
)
def test_what_people_write_for_none_is_nothing(convert, text):
    assert convert(text) is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("a@b.c; d@e.f", [("", "a@b.c"), ("", "d@e.f")]),
        ("a@b.c d@e.f", [("", "a@b.c"), ("", "d@e.f")]),
        ("Ana Silva <a@b.c>, d@e.f", [("Ana Silva", "a@b.c"), ("", "d@e.f")]),
        ("Silva, Ana <a@b.c>", [("Silva, Ana", "a@b.c")]),
        ('"Silva; Ana" <a@b.c>', [("Silva; Ana", "a@b.c")]),
        ("a@b.c (Ana)", [("Ana", "a@b.c")]),
        ("undisclosed-recipients:;", []),
        ("Team: a@b.c, d@e.f;", [("", "a@b.c"), ("", "d@e.f")]),
        ("mailto:a@b.c", [("", "a@b.c")]),
        ("<a@b.c>", [("", "a@b.c")]),
        ("'a@b.c'; 'Ana Silva' <'d@e.f'>", [("", "a@b.c"), ("Ana Silva", "d@e.f")]),
        ("O'Neil <o'neil@b.c>", [("O'Neil", "o'neil@b.c")]),
        ("Ana", [("", "Ana")]),
        ("Ana <a@b.c", [("", "Ana <a@b.c")]),
        ("/O=ORG/CN=ana", [("", "/O=ORG/CN=ana")]),
        ("王伟 <w@b.c>\r\n שלום <s@b.c>", [("王伟", "w@b.c"), ("שלום", "s@b.c")]),
    ],
)
def test_everybody_in_a_header_is_found(text, people):
    found = [(party["name"], party["email"]) for party in addresses(text, ["to"])]
    assert found == people


def test_a_name_that_is_no_text_is_made_one():
    party = {"address": "a@b.c", "name": 7}
    assert addresses([[party]], ["to"])[0]["name"] == "7"


# -- HTML --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Ana <ana@example.com>\nsee <https://x.y/z>",
         "Ana &lt;ana@example.com&gt;<br/>see &lt;https://x.y/z&gt;"),
        ("a\r\nb\rc\u2028d", "a<br/>b<br/>c<br/>d"),
        ("if x<y and y>z", "if x&lt;y and y&gt;z"),
        ("<John Smith> rang", "&lt;John Smith&gt; rang"),
        ("Fish &amp; chips & co", "Fish &amp; chips &amp; co"),
        ("?a=1&copy=2", "?a=1&amp;copy=2"),
        ("<p>a\nb</p>", "<p>a\nb</p>"),
        ("<p>1 < 2</p>", "<p>1 &lt; 2</p>"),
        ("<div>From: <ana@example.com></div>", "<div>From: &lt;ana@example.com></div>"),
        ("<o:p>x</o:p><br/><my-tag>y</my-tag><!-- c --><hr>",
         "<o:p>x</o:p><br/><my-tag>y</my-tag><!-- c --><hr>"),
        ('<img src="data:image/png;base64,AA=="/>', '<img src="data:image/png;base64,AA=="/>'),
        ("שלום 👩‍👩‍👧", "שלום 👩‍👩‍👧"),
    ],
)  # fmt: skip
def test_text_becomes_html_without_losing_a_word(text, markup):
    assert html(text) == markup


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<style>p{color:red}</style><p>a</p><script>x<y</script>", "a"),
        ("<html><head><title>t</title></head><body>a</body></html>", "a"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<div>a<div>b</div></div>c", "a\nb\nc"),
        ("<p>a\n  b</p>", "a b"),
        ("a<br><br><br><br>b", "a\n\nb"),
        ('<a href="https://x.y/?a=1&amp;b=2">here</a>', "here (https://x.y/?a=1&b=2)"),
        ('<p title="x > y">a</p>', "a"),
        ("<p title=\"it's>a</p>", "a"),
        ("<p>a<!-- <b>x</b> -->b</p>", "ab"),
        ("<p>a</p><!-- b", "a\nb"),
        ("<p>1 < 2 and 3 > 2, <ana@example.com></p>", "1 < 2 and 3 > 2, <ana@example.com>"),
        ("a < b\nand  c > d", "a < b\nand  c > d"),
        ("Fish &amp; chips", "Fish & chips"),
        ("<p>&#0;&#xD800;</p>", "\ufffd\ufffd"),
    ],
)  # fmt: skip
def test_html_becomes_text_that_can_be_read(markup, text):
    assert plain(markup) == text


pieces = st.sampled_from(
    ["<", ">", "<p>", "</p>", "<b", "</", "<!--", "-->", '"', "'", "&", "&amp;", "&#x", ";",
     "a", " ", "\n", "<script>", "</script>", "<br/>", "<a href='https://x.y'>", "</a>", "<td>",
     "@", "<x y>", "\x00", "é", "=", "-", ":", "<o:p>"]
)  # fmt: skip


@given(st.lists(pieces, max_size=25).map("".join))
@example("<b <x y>")
@example("a\n<b &a&<x y>")
def test_html_stays_when_converted_again(text):
    once = html(text)
    assert html(once) == once
    plain(text)


@given(st.text(max_size=40))
def test_plain_text_comes_back_from_its_html(text):
    if "&" not in text and "<" not in text:
        kept = TRANSFORMS["strip"](text) or ""
        shown = html(text).replace("<br/>", "\n").replace("&gt;", ">")
        assert shown.split() == kept.split()


@pytest.mark.large
@pytest.mark.parametrize(
    "text",
    ["<" * 10**5, "<a " * 10**5, "<!--" * 10**5, "<p>" + "<script>" * 10**5, '<p "' * 10**5,
     "&" * 10**5, "a@" * 10**5, '"' * 99_999, "<p>" + "-" * 10**5, " " * 10**5 + "x",
     "\n" * 10**5 + "x", "<a-" * 10**5, "<p>" + "<a" + "a" * 10**5, "1" * 10**5, "," * 10**5],
    ids=lambda text: text[:9].strip(),
)  # fmt: skip
def test_huge_text_takes_no_time(text):
    start = time.process_time()
    for name in ("html", "text_from_html", "email", "phone", "url", "domain_name", "decimal",
                 "boolean", "date", "datetime", "strip"):  # fmt: skip
        try:
            TRANSFORMS[name](text)
        except BadValue:
            pass
    addresses(text, ["to"])
    assert time.process_time() - start < 3


# -- put together ------------------------------------------------------------------


def test_a_template_closes_the_gap_of_a_blank_value():
    assert template(["Ana", "", "Silva"], "{0} {1} {2}") == "Ana Silva"
    assert (
        template([None, "Ana  M.", "van der Silva"], "{0} {1} {2}")
        == "Ana  M. van der Silva"
    )
    assert template(["伟", None, "王"], "{2}{0}") == "王伟"
    assert template(["", None], "{0}-{1}") is None


@pytest.mark.parametrize(
    "text", ["{0.__class__}", "{0!r}", "{", "{x}", "{0:>99999999999}"]
)
def test_a_template_only_knows_its_values(text):
    assert template(["Ana"], text) == text
    assert template(["Ana"], "{0}{5}") == "Ana"


def test_objects_that_nobody_described_are_not_left_out():
    assert refusal(labelled, [[{"n": 1}]], [["Label"]]) == "not_text"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("lookup_several", [["a", "b"]]),
        ("lookup_first", [["a", "b"]]),
        ("lookup_several_by", [[["a", "m"], ["b", ""]]]),
        ("as_object", [["a", "b"]]),
        ("addresses", [["from", "to"]]),
        ("labelled", [[["A"], ["B"]]]),
    ],
)
def test_a_value_that_does_not_fit_its_step_is_a_problem(name, arguments):
    for value in (7, "x", [1, 2, 3], {"id": 1}):
        assert refusal(TRANSFORMS[name], value, *arguments) == "not_a_list"


def test_what_no_database_keeps_is_taken_out():
    strip = TRANSFORMS["strip"]
    assert strip("\x00 a\ud800b") == "ab"
    assert strip("\x00") is None
    assert refusal(TRANSFORMS["lookup"], "\x00", "deals") == "not_a_reference"


def test_a_list_is_exchanged_item_by_item():
    exchange = TRANSFORMS["replace_values"]
    assert exchange(["M", "?", {"a": 1}], {"M": "male"}) == ["male", "?", {"a": 1}]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Ana <ana@example.com>", "ana@example.com"),
        ("b@example.com; a@example.com", "b@example.com"),
        ("n/a, a@example.com", "a@example.com"),
    ],
)
def test_of_more_than_an_address_the_first_is_taken_where_it_will_do(text, first):
    item = {"target": "email", "source": "mail", "steps": [["email"]]}
    found = apply([item], {"mail": text})
    assert found.values == {"email": first}
    [problem] = found.problems
    assert (problem.code, problem.level, problem.value) == (
        "several_emails",
        "warning",
        text,
    )
    # An opt-out or a login is all of it or nothing: the second would be forgotten.
    found = apply([{**item, "required": True}], {"mail": text})
    assert not found.values
    assert [(p.code, p.level) for p in found.problems] == [("bad_email", "error")]
