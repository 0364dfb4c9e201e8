"""What the peers' documents have in common: the model that our report is made from, and our page's measures."""

import hashlib
import json
import pathlib

WIDTH, GUTTER, LABELS = 479.3, 11.0, 132.0
NARROWEST = 58.0
# Of a letter of the cells' font, on the average.
LETTER = 8.5 * 0.52


class Document:
    def __init__(self, path: str):
        raw = pathlib.Path(path).read_bytes()
        model = json.loads(raw)
        self.cover, self.frame, self.sections = model["cover"], model["frame"], model["sections"]
        self.taken = model["taken"]
        self.lang, self.palette, self.publisher = model["lang"], model["palette"], model["publisher"]
        self.colophon = self.frame["colophon"].replace("{hash}", hashlib.sha256(raw).hexdigest())

    def blocks(self):
        for section in self.sections:
            yield from section["blocks"]


def plain(rich) -> str:
    return "".join(span["text"] for span in rich)


def described(figure) -> list[str]:
    """A picture in words; the race's own report has none."""
    return [figure["caption"], figure["alternative"], plain(figure.get("note", []))]


def column_widths(table) -> list[float]:
    """As our own layout shares the width out, by letters instead of by their true widths: both peers get the same
    columns, and neither has to find them by itself."""
    count = len(table["columns"])
    available = WIDTH - GUTTER * (count - 1)
    least = [max(map(len, c["heading"].split()), default=0) * LETTER for c in table["columns"]]
    most = [len(c["heading"]) * LETTER for c in table["columns"]]
    for row in table["rows"]:
        at = 0
        for cell in row["cells"]:
            span = cell.get("span", 1)
            if span == 1 and at < count:
                text = plain(cell["text"])
                line = max(map(len, text.split("\n"))) * LETTER
                piece = max(map(len, text.replace("\u00a0", "_").split()), default=0) * LETTER
                least[at] = max(least[at], line if table["columns"][at]["align"] == "end" else piece)
                most[at] = max(most[at], line)
            at += span
    words = [c["align"] == "start" for c in table["columns"]]
    for i in range(count):
        if words[i]:
            most[i] = min(most[i], available)
            least[i] = max(min(least[i], available * 0.3), min(NARROWEST, most[i]))
    surplus, base = available - sum(most), most
    weights = [m if w else 0.0 for m, w in zip(most, words)]
    if surplus < 0:
        surplus, base = available - sum(least), least
        weights = [m - n for m, n in zip(most, least)]
    total = sum(weights) or 1.0
    widths = [b + surplus * w / total for b, w in zip(base, weights)]
    scale = available / sum(widths)
    return [w * scale for w in widths]
