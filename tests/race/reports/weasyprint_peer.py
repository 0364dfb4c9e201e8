#!/usr/bin/env python3
"""The same report by WeasyPrint.

weasyprint_peer.py make MODEL.json FOLDER      writes report.html
weasyprint_peer.py render FOLDER KIND OUT      one file; prints how long rendering alone took, as JSON
weasyprint_peer.py warm KIND OUT FOLDER...     many in one process: one document after the other

KIND is `plain` (what WeasyPrint does by itself, without tags) or `tagged` (PDF/UA-1 with the model attached; WeasyPrint
takes one variant at a time, so it is not PDF/A as well).
"""

import json
import pathlib
import sys
import time
from html import escape

FONTS = pathlib.Path(__file__).resolve().parents[3] / "reports" / "fonts"

HEAD = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="author" content="{publisher}">
<style>
{faces}
@page {{
  size: A4; margin: 74pt 58pt 66pt;
  font: 8pt/11.2pt "Source Sans 3"; color: {muted};
  @top-left {{ content: {header}; }}
  @top-right {{ content: {mark}; color: #9A3B00; font-weight: 600; }}
  @bottom-left {{ content: {footer}; border-top: 0.5pt solid {hairline}; width: 80%; }}
  @bottom-right {{ content: {page}; border-top: 0.5pt solid {hairline}; width: 20%; }}
}}
@page :first {{ margin-top: 54pt; @top-left {{ content: none; }} }}
body {{ margin: 0; font: 10pt/14.5pt "Source Serif 4"; color: {ink}; }}
h1, h2, h3 {{ font-weight: 600; break-after: avoid; margin: 0; }}
h1 {{ font-size: 27pt; line-height: 36.7pt; margin-bottom: 6pt; }}
h1.long {{ font-size: 22pt; line-height: 30pt; }}
h2 {{ font-size: 15pt; line-height: 21pt; margin: 22pt 0 12pt; padding-top: 6pt; border-top: 0.9pt solid {accent}; }}
h3, .contents {{ font: 600 10.5pt/15pt "Source Sans 3"; margin: 12pt 0 6pt; }}
p {{ margin: 8pt 0 10pt; max-width: 400pt; orphans: 2; widows: 2; }}
.kicker {{ font: 600 9pt/13pt "Source Sans 3"; color: {accent}; margin: 0 0 6pt; }}
.subtitle {{ font: 11pt/15.5pt "Source Sans 3"; color: {muted}; margin: 0 0 10pt; }}
.notice {{ font: 600 10pt/14pt "Source Sans 3"; color: #9A3B00; background: #FDF1E2; border-left: 3pt solid #9A3B00; padding: 8pt 16pt; max-width: none; }}
.tiles {{ display: flex; gap: 14pt; }}
.tiles p {{ flex: 1; border-top: 1.4pt solid {accent}; padding-top: 5pt; margin: 0; font: 8pt/11.5pt "Source Sans 3"; color: {muted}; }}
.tiles b {{ display: block; font: 600 12.5pt/17pt "Source Sans 3"; color: {ink}; }}
ul.toc {{ list-style: none; margin: 0; padding: 0; font: 9pt/15pt "Source Sans 3"; }}
ul.toc a {{ color: inherit; text-decoration: none; }}
ul.toc a::after {{ content: target-counter(attr(href), page); float: right; }}
.note {{ font: 8.5pt/12pt "Source Sans 3"; color: {muted}; }}
.statement {{ font-size: 10.5pt; line-height: 15.5pt; border-left: 2pt solid {accent}; padding-left: 12pt; }}
.item {{ font: 9.5pt/13pt "Source Sans 3"; margin: 6pt 0; padding-left: 22pt; text-indent: -22pt; max-width: none; }}
.item > span {{ display: inline-block; width: 22pt; text-indent: 0; }}
table {{ border-collapse: collapse; table-layout: fixed; width: 479.3pt; font: 8.5pt/11.8pt "Source Sans 3"; font-variant-numeric: tabular-nums; margin: 8pt 0 14pt; border-bottom: 0.5pt solid {hairline}; }}
caption {{ font: 600 9pt/13pt "Source Sans 3"; text-align: left; padding-bottom: 4pt; }}
th, td {{ padding: 3.4pt 11pt 3.4pt 0; text-align: left; vertical-align: top; font-weight: inherit; }}
th:last-child, td:last-child {{ padding-right: 0; }}
.end {{ text-align: right; }}
thead th {{ font: 600 8pt/11.2pt "Source Sans 3"; color: {muted}; border-top: 0.9pt solid {ink}; border-bottom: 0.5pt solid {ink}; vertical-align: bottom; }}
tr {{ break-inside: avoid; }}
tbody tr {{ border-top: 0.4pt solid {hairline}; }}
tr.group, tr.total {{ font-weight: 600; border-top-color: {muted}; }}
tr.group {{ break-after: avoid; }}
tr.detail {{ border-top: none; font-size: 8pt; line-height: 11.2pt; color: {muted}; break-before: avoid; }}
tr.detail > * {{ padding-top: 0.2pt; }}
table.facts {{ font-size: 9.5pt; line-height: 13pt; }}
table.facts th {{ font-size: 9pt; color: {muted}; }}
.faint {{ color: {muted}; }}
.mark {{ color: {muted}; font-size: 0.75em; }}
a {{ color: inherit; }}
</style>
</head>
<body>
"""
FACES = [("Source Serif 4", "SourceSerif4"), ("Source Sans 3", "SourceSans3")]
CUTS = [("Regular", 400, "normal"), ("It", 400, "italic"), ("Semibold", 600, "normal")]


def faces() -> str:
    rule = '@font-face {{ font-family: "{}"; src: url("{}"); font-weight: {}; font-style: {}; }}'
    return "\n".join(
        rule.format(family, (FONTS / f"{file}-{cut}.ttf").as_uri(), weight, style) for family, file in FACES for cut, weight, style in CUTS
    )


class Writer:
    def __init__(self, document):
        self.document = document
        self.anchors = {}
        for block in document.blocks():
            for item in block.get("list", []):
                if item.get("anchor"):
                    self.anchors[item["anchor"]] = f"a{len(self.anchors)}"

    def rich(self, rich) -> str:
        out = []
        for span in rich:
            said = escape(span["text"]).replace("\n", "<br>")
            if not said:
                continue
            tag = {"strong": "b", "emphasis": "i"}.get(span.get("style", "plain"))
            lang = f' lang="{span["lang"]}"' if span.get("lang") and span["lang"] != self.document.lang else ""
            if tag:
                said = f"<{tag}{lang}>{said}</{tag}>"
            elif span.get("style") in ("faint", "mark"):
                said = f'<span class="{span["style"]}"{lang}>{said}</span>'
            elif lang:
                said = f"<span{lang}>{said}</span>"
            target = span.get("target") or {}
            if "url" in target:
                said = f'<a href="{escape(target["url"])}">{said}</a>'
            elif target.get("anchor") in self.anchors:
                said = f'<a href="#{self.anchors[target["anchor"]]}">{said}</a>'
            out.append(said)
        return "".join(out)

    def table(self, table) -> str:
        from document import GUTTER, column_widths

        widths = column_widths(table)
        last = len(widths) - 1
        out = ["<table>"]
        if table["caption"]:
            out.append(f"<caption>{escape(table['caption'])}</caption>")
        out.append("".join(f'<col style="width: {w + (GUTTER if i < last else 0):.2f}pt">' for i, w in enumerate(widths)))
        end = [' class="end"' if c["align"] == "end" else "" for c in table["columns"]]
        head = "".join(f'<th scope="col"{end[i]}>{escape(c["heading"])}</th>' for i, c in enumerate(table["columns"]))
        out.append(f"<thead><tr>{head}</tr></thead><tbody>")
        for row in table["rows"]:
            kind, cells, at = row["kind"], [], 0
            for cell in row["cells"]:
                span = cell.get("span", 1)
                names = kind == "group" or (kind in ("plain", "total") and table["columns"][at].get("names_rows"))
                tag, scope = ("th", ' scope="row"') if names else ("td", "")
                where = f' colspan="{span}"' if span > 1 else end[at]
                cells.append(f"<{tag}{scope}{where}>{self.rich(cell['text'])}</{tag}>")
                at = min(at + span, last)
            out.append(f'<tr class="{kind}">{"".join(cells)}</tr>')
        return "\n".join(out) + "</tbody></table>"

    def block(self, block) -> str:
        from document import LABELS, described

        if "heading" in block:
            return f"<h3>{self.rich(block['heading'])}</h3>"
        if "paragraph" in block:
            return f'<p class="{block["paragraph"]["voice"]}">{self.rich(block["paragraph"]["text"])}</p>'
        if "facts" in block:
            row = '<tr><th scope="row">{}</th><td>{}</td></tr>'
            rows = [row.format(escape(f["label"]), "<br>".join(map(self.rich, f["values"]))) for f in block["facts"]]
            return f'<table class="facts"><col style="width: {LABELS}pt"><col><tbody>{"".join(rows)}</tbody></table>'
        if "list" in block:
            items = []
            for item in block["list"]:
                name = f' id="{self.anchors[item["anchor"]]}"' if item.get("anchor") else ""
                items.append(f'<p class="item"{name}><span>{escape(item["label"])}</span>{self.rich(item["text"])}</p>')
            return "\n".join(items)
        if "table" in block:
            return self.table(block["table"])
        return "\n".join(f'<p class="note">{escape(said)}</p>' for said in described(block["figure"]) if said)

    def whole(self) -> str:
        from document import plain

        document = self.document
        frame, cover = document.frame, document.cover

        def css(text: str) -> str:
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

        page = css(frame["page"]).replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "')
        title = plain(cover["title"])
        values = {"lang": document.lang, "title": escape(title), "publisher": escape(document.publisher), "faces": faces()} | document.palette
        values |= {"header": css(frame["header"]), "mark": css(frame.get("mark") or ""), "footer": css(frame["footer"]), "page": page}
        out = [HEAD.format(**values), f'<p class="kicker">{escape(cover["kicker"])}</p>']
        out.append(f"<h1{' class=long' if len(title) > 60 else ''}>{self.rich(cover['title'])}</h1>")
        out.append(f'<p class="subtitle">{self.rich(cover["subtitle"])}</p>')
        if cover.get("notice"):
            out.append(f'<p class="notice">{escape(cover["notice"])}</p>')
        tiles = [f"<p>{escape(t['label'])} <b>{self.rich(t['figure'])}</b>{self.rich(t.get('note', []))}</p>" for t in cover["tiles"]]
        out.append(f'<div class="tiles">{"".join(tiles)}</div><p class="contents">{escape(frame["contents"])}</p>')
        entries = [f'<li><a href="#s{i}">{escape(s["title"])}</a></li>' for i, s in enumerate(document.sections)]
        out.append(f'<ul class="toc">{"".join(entries)}</ul>')
        for i, section in enumerate(document.sections):
            out.append(f'<h2 id="s{i}">{escape(section["title"])}</h2>')
            out += [self.block(block) for block in section["blocks"]]
        out.append(f'<p class="note">{escape(document.colophon)}</p></body></html>')
        return "\n".join(out) + "\n"


def render(folder: str, kind: str, out: str) -> float:
    """One file; how long it took, in seconds."""
    import weasyprint

    root = pathlib.Path(folder)
    before = time.perf_counter()
    options = {}
    if kind == "tagged":
        attachment = weasyprint.Attachment(filename=str(root / "model.json"), name="model.json", relationship="Source")
        options = {"pdf_variant": "pdf/ua-1", "pdf_tags": True, "attachments": [attachment]}
    weasyprint.HTML(filename=str(root / "report.html")).write_pdf(out, **options)
    return time.perf_counter() - before


def main() -> None:
    what, arguments = sys.argv[1], sys.argv[2:]
    if what == "make":
        from document import Document

        model, folder = arguments
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        pathlib.Path(folder, "report.html").write_text(Writer(Document(model)).whole(), encoding="utf-8")
        pathlib.Path(folder, "model.json").write_bytes(pathlib.Path(model).read_bytes())
    elif what == "render":
        folder, kind, out = arguments
        print(json.dumps({"inside": render(folder, kind, out)}))
    else:
        kind, out, *folders = arguments
        render(folders[0], kind, out)
        print(json.dumps({"other": [render(folder, kind, out) for folder in folders[1:]]}))


if __name__ == "__main__":
    main()
