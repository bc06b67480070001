"""What is wrong with the words of figures as a browser lays them out: small, out of their box, over each other."""

from itertools import combinations

PHONE = {"width": 390, "height": 800}

# The figures that are shown now, those far from the screen too, each with its words in pixels of the screen, from the corner of its picture.
WORDS = """() => { const drawings = document.querySelectorAll(".pm-drawing"); drawings.forEach(one => { one.style.contentVisibility = "visible"; });
    const found = [...document.querySelectorAll("figure.pm-figure")].map(figure => {
    const svg = [...figure.querySelectorAll(".pm-chart svg")].find(svg => svg.getClientRects().length);
    const box = svg.getBoundingClientRect(), frame = figure.getBoundingClientRect();
    return {
        name: figure.id, width: box.width, height: box.height, frame: frame.right - box.left,
        words: [...svg.querySelectorAll("text")].filter(text => text.textContent.trim() && text.getAttribute("opacity") !== "0").map(text => {
            const place = text.getBoundingClientRect(), turn = text.getScreenCTM();
            return {
                text: text.textContent, size: parseFloat(getComputedStyle(text).fontSize) * Math.hypot(turn.a, turn.b), slanted: Math.abs(turn.b) > .01,
                left: place.left - box.left, top: place.top - box.top, right: place.right - box.left, bottom: place.bottom - box.top,
            };
        }),
    };
}); drawings.forEach(one => { one.style.contentVisibility = ""; }); return found; }"""


def faults(figure):
    """What is wrong with the words of a figure."""
    words = figure["words"]
    found = [f"{word['text']!r} has {word['size']:.1f} px" for word in words if word["size"] < 11]
    for word in words:
        inside = word["left"] > -1 and word["right"] < min(figure["width"] + 2, figure["frame"] + 1)
        if not inside or word["top"] < -2 or word["bottom"] > figure["height"] + 2:
            found.append(f"{word['text']!r} leaves its box")
    level = [word for word in words if not word["slanted"]]
    return found + [f"{a['text']!r} over {b['text']!r}" for a, b in combinations(level, 2) if hidden(a, b) > 0.25]


def hidden(one, other):
    """How much of the smaller word the two share; the same word at the same place is one word."""
    if one["text"] == other["text"] and abs(one["left"] - other["left"]) < 1 and abs(one["top"] - other["top"]) < 1:
        return 0
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    area = min((word["right"] - word["left"]) * (word["bottom"] - word["top"]) for word in (one, other))
    return max(across, 0) * max(down, 0) / area
