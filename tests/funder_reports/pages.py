"""Compares pages of reports with the pictures of them that were approved.

    pages.py [--approve] REPORTS PICTURES DIFFERENCES < LIST

Each line of LIST is `NAME PAGE`: page PAGE (a number, or `last`) of REPORTS/NAME.pdf stands beside PICTURES/NAME-PAGE.png.
A page that looks different gets a picture DIFFERENCES/NAME-PAGE-diff.png: as approved, as it is now, and where they differ.
With --approve the pages as they are now take the place of those that look different, and pictures that no line names go.

Versions of poppler draw edges a little differently, so the pictures are blurred by a pixel and compared with tolerance; the
date of the registry and the checksum, which change from day to day, are left out.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

from PIL import Image, ImageChops, ImageDraw, ImageFilter

DPI = 50
# What is let pass, measured on these reports: the same page drawn without smoothed lines has a mean of 0.3 and a worst tile
# of 2; a table moved by one pixel 1 to 2.5 and 20; one word that is gone 0.2 and 19.
MEAN = 1.5  # the mean difference of all pixels, of 255
STRONG = 64  # a pixel that differs by more than a quarter ...
SHARE = 0.002  # ... and how many of them there may be
TILE = 12  # in squares of so many pixels ...
WORST = 14  # ... the largest mean difference
LARGEST = 25_000  # bytes of a picture, so that the repository stays small


def run(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


class Page:
    """A page as it is now."""

    def __init__(self, pdf: pathlib.Path, number: str):
        about = dict(re.findall(r"^([^:]+): +(.*)$", run("pdfinfo", "-isodates", str(pdf)), re.MULTILINE))
        self.number = about["Pages"] if number == "last" else number
        if int(self.number) > int(about["Pages"]):
            raise ValueError(f"{pdf.name} has {about['Pages']} pages, no page {number}")
        self.year = about["CreationDate"][:4]
        self.pdf = pdf
        with tempfile.TemporaryDirectory() as folder:
            root = f"{folder}/page"
            run("pdftoppm", "-r", str(DPI), "-png", "-singlefile", "-f", self.number, "-l", self.number, str(pdf), root)
            with Image.open(f"{root}.png") as picture:
                self.picture = picture.convert("RGB")

    def changing(self) -> list[tuple[float, float, float, float]]:
        """Where things stand that change from day to day: checksums, and dates of the year in which the file was made."""
        xml = run("pdftotext", "-bbox", "-f", self.number, "-l", self.number, str(self.pdf), "-")
        # The head repeats the title, which may hold characters that XML does not allow.
        words = re.findall(r'<word xMin="([^"]*)" yMin="([^"]*)" xMax="([^"]*)" yMax="([^"]*)">([^<]*)</word>', xml)
        boxes = []
        for at, (*box, text) in enumerate(words):
            left, top, right, bottom = map(float, box)
            if re.fullmatch(r"[0-9a-f]{32,}", text):
                boxes.append((left, top, right, bottom))
            elif self.year in text:
                # Day and month may be words before the year, on the same line; another day's may be longer.
                before = [float(w[0]) for w in words[max(0, at - 2) : at] if abs(float(w[1]) - top) < 2 and float(w[0]) < left]
                boxes.append((min([left, *before]) - 30, top, right + 60, bottom))
        scale = DPI / 72
        return [(l * scale - 2, t * scale - 2, r * scale + 2, b * scale + 2) for l, t, r, b in boxes]


def difference(approved: Image.Image, now: Page) -> Image.Image:
    """How much each pixel differs, in grey."""
    sides = []
    for picture in (approved, now.picture):
        side = picture.copy()
        draw = ImageDraw.Draw(side)
        for box in now.changing():
            draw.rectangle(box, fill="white")
        sides.append(side.filter(ImageFilter.BoxBlur(1)))
    red, green, blue = ImageChops.difference(*sides).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def verdict(grey: Image.Image) -> str | None:
    """What is too different; None where it looks the same."""
    counts = grey.histogram()
    mean = sum(value * count for value, count in enumerate(counts)) / sum(counts)
    share = sum(counts[STRONG:]) / sum(counts)
    tiles = grey.resize((-(-grey.width // TILE), -(-grey.height // TILE)), Image.Resampling.BOX)
    worst = tiles.getextrema()[1]
    if mean <= MEAN and share <= SHARE and worst <= WORST:
        return None
    return f"the mean difference is {mean:.2f} of {MEAN}, strong in {share:.2%} of {SHARE:.2%}, in the worst square {worst} of {WORST}"


def beside(approved: Image.Image, now: Image.Image, grey: Image.Image) -> Image.Image:
    """As approved, as it is now, and the page now with what differs in red."""
    marked = Image.composite(Image.new("RGB", now.size, "red"), now.convert("L").convert("RGB"), grey.point(lambda v: min(255, v * 4)))
    sheet = Image.new("RGB", (3 * now.width + 20, now.height), "grey")
    for at, picture in enumerate((approved, now, marked)):
        sheet.paste(picture, (at * (now.width + 10), 0))
    return sheet


def store(picture: Image.Image, path: pathlib.Path) -> None:
    """Sixty-four colours are enough to see a page, and a third of the bytes."""
    picture.quantize(64, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        print(f"{path.name} has {path.stat().st_size} bytes: choose a page with less on it, at most {LARGEST}")


def compare(pdf: pathlib.Path, number: str, approved: pathlib.Path, shown: pathlib.Path) -> tuple[Page, str | None]:
    """The page, and what is wrong with it."""
    now = Page(pdf, number)
    if not approved.exists():
        return now, "nobody has approved it yet"
    with Image.open(approved) as picture:
        before = picture.convert("RGB")
    if before.size != now.picture.size:
        return now, f"it is {now.picture.size} pixels large and was {before.size}"
    grey = difference(before, now)
    wrong = verdict(grey)
    if wrong:
        shown.parent.mkdir(parents=True, exist_ok=True)
        beside(before, now.picture, grey).save(shown)
        wrong = f"{wrong}: look at {shown}"
    return now, wrong


def main() -> int:
    approve = "--approve" in sys.argv
    reports, pictures, differences = map(pathlib.Path, [a for a in sys.argv[1:] if a != "--approve"])
    faults, names = [], set()
    for line in sys.stdin.read().splitlines():
        name, number = line.split()
        page = f"{name}-{number}"
        names.add(f"{page}.png")
        approved = pictures / f"{page}.png"
        try:
            now, wrong = compare(reports / f"{name}.pdf", number, approved, differences / f"{page}-diff.png")
        except (ValueError, subprocess.CalledProcessError) as error:
            faults.append(f"{page}: {error}")
            continue
        if wrong and approve:
            pictures.mkdir(parents=True, exist_ok=True)
            store(now.picture, approved)
            print(f"approved: {approved}")
        elif wrong:
            faults.append(f"{page}: {wrong}")
    for stale in sorted(p for p in pictures.glob("*.png") if p.name not in names):
        if approve:
            stale.unlink()
            print(f"removed: {stale}")
        else:
            faults.append(f"{stale.name}: no line of the list names it")
    print("\n".join(faults), end="\n" if faults else "")
    if not faults:
        print(f"{len(names)} pages look as approved")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
