"""The table of numbers by tier counts what stands in sentences, chapter by chapter."""

from collections import Counter

from partnership import codebook
from publish.said import numbers, tiers
from publish.thisbook import HOST


def test_numbers_are_counted_by_chapter_and_in_all():
    html = tiers.table(
        [
            ("One & two", "one.html", Counter(B=3, C=1), 2),
            ("Three", "three.html", Counter(E=4), 0),
            ("List", "list.html", Counter(), 0),
        ]
    )
    assert '<a href="one.html">One &amp; two</a>' in html
    assert "list.html" not in html
    rows = [row.split('<td class="pm-right">')[1:] for row in html.split("<tbody>")[1].split("</tr>")]
    cells = [[cell.split("</td>")[0] for cell in row] for row in rows if row]
    assert cells == [
        ["0", "3", "1", "0", "0", "2"],
        ["0", "0", "0", "0", "4", "0"],
        ["0", "3", "1", "0", "4", "2"],
        ["0 %", "38 %", "12 %", "0 %", "50 %", ""],
    ]


def test_a_book_without_numbers_has_no_parts():
    assert "Part of all" not in tiers.table([("One", "one.html", Counter(), 1)])


def test_the_card_of_a_word_leads_to_what_it_must_mean():
    """The anchor that the card names is a row of the vocabulary."""
    record = dict(
        words="more than doubled",
        test="more_than_doubled",
        tested="a",
        false_if="b",
        margin=None,
        across=[],
        inputs={},
        options={},
    )
    record |= dict(reporter="", last="", sources=[], tier="")
    html = numbers.tests_table({"doubled": record}, "Statements", HOST)
    anchor = html.split("data-and-methods.html#")[1].split('"')[0]
    assert f'id="{anchor}"' in codebook.vocabulary().html()
