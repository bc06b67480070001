"""The table of numbers by tier counts what stands in sentences, chapter by chapter."""

from collections import Counter

from publish.said import tiers


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
