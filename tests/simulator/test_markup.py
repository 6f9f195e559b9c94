"""Telegram's HTML as this server reads and shows it; expected offsets are counted by hand."""

import pytest

from simulator.markup import Entity, cleaned, display_html, parse_html, trimmed, with_found
from simulator.refusals import RefusedError


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<b>Kính gửi</b>", "Kính gửi", [Entity("bold", 0, 8)]),
        ("a <strong>b</strong>", "a b", [Entity("bold", 2, 1)]),
        ("<i>a</i><em>b</em>", "ab", [Entity("italic", 0, 1), Entity("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [Entity("underline", 0, 1), Entity("underline", 1, 1)]),
        ("<s>a</s>", "a", [Entity("strikethrough", 0, 1)]),
        ("<code>x</code>", "x", [Entity("code", 0, 1)]),
        ("<pre>x</pre>", "x", [Entity("pre", 0, 1)]),
        (
            '<pre><code class="language-sql">x</code></pre>',
            "x",
            [Entity("pre", 0, 1, language="sql")],
        ),
        ("<blockquote>x</blockquote>", "x", [Entity("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [Entity("expandable_blockquote", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [Entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [Entity("spoiler", 0, 1)]),
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            "x",
            [Entity("text_link", 0, 1, url="https://example.org/?a=1&b=2")],
        ),
        (
            '<a href="https://example.org">x</a>',
            "x",
            [Entity("text_link", 0, 1, url="https://example.org/")],
        ),
        ("<B>x</B >", "x", [Entity("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ('<a href="javascript">x</a>', "x", []),
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "', []),
        ("&#273;&#x1F600;&nbsp;&unknown; & &#0;", "đ😀&nbsp;&unknown; & &#0;", []),
        ("😀<b>😀x</b>", "😀😀x", [Entity("bold", 2, 3)]),
        ("<b>a<i>b</i></b>", "ab", [Entity("italic", 1, 1), Entity("bold", 0, 2)]),
    ],
)
def test_html_becomes_text_and_entities_counted_in_utf16(
    html: str, text: str, entities: list[Entity]
) -> None:
    assert parse_html(html) == (text, entities)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("đ<div>x</div>", 'Unsupported start tag "div" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x>y', 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =x>z</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
    ],
)
def test_bad_tags_are_refused_in_telegrams_words(html: str, words: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_html(html)
    assert refused.value.code == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


def test_a_short_end_tag_closes_the_last_one() -> None:
    assert parse_html("<b>x</>") == ("x", [Entity("bold", 0, 1)])


def test_control_characters_become_blanks_and_direction_marks_vanish() -> None:
    assert cleaned("a\x00b\r\n\tc\u202ed\u2028") == "a b\n\tcd"


def test_blanks_at_the_ends_go_and_entities_follow() -> None:
    assert trimmed("  ab \n", [Entity("bold", 0, 3), Entity("italic", 4, 2)]) == (
        "ab",
        (Entity("bold", 0, 1),),
    )


def test_commands_links_and_names_are_found_but_not_inside_code() -> None:
    text = "/start x @binh_tran https://example.org/a 1/2 a@b.vn"
    assert with_found(text, ()) == (
        Entity("bot_command", 0, 6),
        Entity("mention", 9, 10),
        Entity("url", 20, 21),
    )
    assert with_found("/start", [Entity("code", 0, 6)]) == (Entity("code", 0, 6),)


def test_a_command_after_an_emoji_is_counted_in_utf16() -> None:
    assert with_found("😀 /help@dongthuan_demo_bot", ()) == (Entity("bot_command", 3, 24),)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<b>a<i>b</i></b> &lt;script&gt;", "<b>a<i>b</i></b> &lt;script&gt;"),
        ("<strong>😀</strong> x", "<b>😀</b> x"),
        ("<blockquote expandable>a\nb</blockquote>", "<blockquote expandable>a\nb</blockquote>"),
        (
            '<a href="https://example.org/&quot;onclick=&quot;x">a</a>',
            '<a href="https://example.org/&quot;onclick=&quot;x" rel="noreferrer noopener"'
            ' target="_blank">a</a>',
        ),
    ],
)
def test_the_page_gets_telegrams_tags_alone(html: str, shown: str) -> None:
    assert display_html(*parse_html(html)) == shown


def test_overlapping_entities_are_shown_properly_nested() -> None:
    shown = display_html("abcd", [Entity("bold", 0, 3), Entity("italic", 1, 3)])
    assert shown == "<b>a<i>bc</i></b>d"
    assert display_html("ab", [Entity("text_link", 0, 1, url="javascript:x")]) == "ab"
