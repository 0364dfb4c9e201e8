#!/usr/bin/env python3
"""The same report by Typst.

typst_peer.py make MODEL.json FOLDER      writes report.typ
typst_peer.py render FOLDER KIND OUT      one file; prints how long compiling alone took, as JSON
typst_peer.py warm KIND OUT FOLDER...     many in one process: one document after the other, then the last again and again

KIND is `tagged` (what Typst does by itself) or `archive` (PDF/A-3a and PDF/UA-1 with the model attached, as ours).
"""

import json
import pathlib
import re
import sys
import time

FONTS = pathlib.Path(__file__).resolve().parents[3] / "reports" / "fonts"
STANDARDS = {"tagged": [], "archive": ["a-3a", "ua-1"]}

HEAD = """
#let ink = rgb("{ink}"); #let muted = rgb("{muted}"); #let hairline = rgb("{hairline}"); #let accent = rgb("{accent}")
#let warning = rgb("#9A3B00")
#let serif = "Source Serif 4"; #let sans = "Source Sans 3"
#let em = (top-edge: 0.98em, bottom-edge: -0.26em)
#let set-in(font, size, leading, ..more, body) = {{
  set text(font: font, size: size, number-width: if font == sans {{ "tabular" }} else {{ "proportional" }}, ..em, ..more)
  set par(leading: leading - 1.24 * size)
  body
}}
#let b(body) = strong(body)
#let f(body) = text(fill: muted, body)
#let i(body) = emph(body)
#let k(body) = text(size: 0.75em, fill: muted, body)
#let d(span, body) = table.cell(colspan: span, inset: (x: 0pt, top: 0.2pt, bottom: 3.4pt), set-in(sans, 8pt, 11.2pt, fill: muted, body))
#let g(span, body) = table.cell(colspan: span, align: start, strong(body))
#let o(span, body) = table.cell(colspan: span, align: start, body)
#let r(colour) = table.hline(stroke: 0.4pt + colour)
#let facts(..cells) = set-in(sans, 9.5pt, 13pt, block(above: 10pt, below: 12pt, table(columns: ({labels}pt, 1fr), ..cells)))
#let label-of(body) = set-in(sans, 9pt, 13pt, fill: muted, body)
#let rows(columns, align, caption, head, ..cells) = {{
  if caption != "" {{ block(above: 16pt, below: 4pt, sticky: true, set-in(sans, 9pt, 13pt, b(caption))) }}
  set-in(sans, 8.5pt, 11.8pt, block(above: 8pt, below: 14pt, table(columns: columns, align: align,
    table.header(table.hline(stroke: 0.9pt + ink), ..head.map(h => set-in(sans, 8pt, 11.2pt, fill: muted, b(h))), table.hline(stroke: 0.5pt + ink)),
    ..cells, table.hline(stroke: 0.5pt + hairline))))
}}
#let body-of(content) = block(width: 400pt, above: 8pt, below: 10pt, content)
#let note(content) = block(width: 400pt, above: 8pt, below: 10pt, set-in(sans, 8.5pt, 12pt, fill: muted, content))
#let statement(content) = block(above: 8pt, below: 10pt, inset: (left: 14pt), stroke: (left: 2pt + accent), set-in(serif, 10.5pt, 15.5pt, content))
#let item(name, content) = block(above: 6pt, below: 6pt, set-in(sans, 9.5pt, 13pt, grid(columns: (22pt, 1fr), name, content)))
#set document(title: {title}, author: {publisher}, date: datetime({date}))
#set text(lang: "{lang}", font: serif, size: 10pt, fill: ink, ..em)
#set par(leading: 2.1pt)
#set outline.entry(fill: none)
#set strong(delta: 200)
#set table(stroke: none, column-gutter: {gutter}pt, inset: (x: 0pt, y: 3.4pt))
#set table.cell(breakable: false)
#set page(paper: "a4", margin: (x: 58pt, top: 74pt, bottom: 66pt), header-ascent: 18pt, footer-descent: 20pt,
  header: context set-in(sans, 8pt, 11.2pt, fill: muted, {{
    if here().page() > 1 {{ {header} }}
    h(1fr)
    text(fill: warning, b({mark}))
  }}),
  footer: context set-in(sans, 8pt, 11.2pt, fill: muted, block(width: 100%, stroke: (top: 0.5pt + hairline), inset: (top: 5pt), [#{footer} #h(1fr) #{page}])))
#show heading.where(level: 1): it => block(above: 22pt, below: 12pt, width: 100%, stroke: (top: 0.9pt + accent), inset: (top: 6pt), set-in(serif, 15pt, 21pt, it.body))
#show heading.where(level: 2): it => block(above: 12pt, below: 6pt, set-in(sans, 10.5pt, 15pt, it.body))
#show heading: set text(weight: 600)
"""


class Writer:
    def __init__(self, document):
        from document import plain

        self.document, self.plain = document, plain
        self.anchors = {}
        for block in document.blocks():
            for item in block.get("list", []):
                if item.get("anchor"):
                    self.anchors[item["anchor"]] = f"a{len(self.anchors)}"

    def string(self, text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    def rich(self, rich) -> str:
        parts = []
        for span in rich:
            lines = [self.string(line) if line else "" for line in span["text"].split("\n")]
            said = " + linebreak() + ".join(line or "[]" for line in lines)
            if said == "[]":
                continue
            wrap = {"strong": "b", "emphasis": "i", "faint": "f", "mark": "k"}.get(span.get("style", "plain"))
            if span.get("lang") and span["lang"] != self.document.lang:
                said = f'text(lang: "{span["lang"]}", {said})'
            if wrap:
                said = f"{wrap}({said})"
            target = span.get("target") or {}
            if "url" in target:
                said = f"link({self.string(target['url'])}, {said})"
            elif target.get("anchor") in self.anchors:
                said = f"link(<{self.anchors[target['anchor']]}>, {said})"
            parts.append(said)
        return " + ".join(parts) or "[]"

    def table(self, table) -> str:
        from document import column_widths

        columns = ", ".join(f"{w:.2f}pt" for w in column_widths(table))
        align = ", ".join("end" if c["align"] == "end" else "start" for c in table["columns"])
        head = ", ".join(self.string(c["heading"]) for c in table["columns"])
        out = [f"#rows(({columns},), ({align},), {self.string(table['caption'])}, ({head},),"]
        last = None
        for i, row in enumerate(table["rows"]):
            kind = row["kind"]
            strong = kind in ("group", "total")
            if i and kind != "detail" and not (kind == last == "total"):
                out.append(f"r({'muted' if strong else 'hairline'}),")
            cells = []
            for cell in row["cells"]:
                span, text = cell.get("span", 1), self.rich(cell["text"])
                if kind == "detail":
                    cells.append(f"d({span}, {text})")
                elif strong:
                    cells.append(f"g({span}, {text})" if span > 1 else f"b({text})")
                else:
                    cells.append(f"o({span}, {text})" if span > 1 else text)
            out.append(", ".join(cells) + ",")
            last = kind
        return "\n".join(out) + ")"

    def block(self, block) -> str:
        from document import described

        if "heading" in block:
            return f"#heading(level: 2, {self.rich(block['heading'])})"
        if "paragraph" in block:
            kind = {"note": "note", "statement": "statement"}.get(block["paragraph"]["voice"], "body-of")
            return f"#{kind}({self.rich(block['paragraph']['text'])})"
        if "facts" in block:
            rows = []
            for fact in block["facts"]:
                values = " + linebreak() + ".join(self.rich(v) for v in fact["values"])
                rows.append(f"label-of({self.string(fact['label'])}), {values}, r(hairline),")
            return "#facts(\n" + "\n".join(rows) + ")"
        if "list" in block:
            items = []
            for item in block["list"]:
                anchor = f" <{self.anchors[item['anchor']]}>" if item.get("anchor") else ""
                items.append(f"#item({self.string(item['label'])}, {self.rich(item['text'])}){anchor}")
            return "\n".join(items)
        if "table" in block:
            return self.table(block["table"])
        return "\n".join(f"#note({self.string(said)})" for said in described(block["figure"]) if said)

    def whole(self) -> str:
        from document import GUTTER, LABELS

        document, string = self.document, self.string
        frame, cover = document.frame, document.cover
        page = string(frame["page"]).replace("{page}", '" + counter(page).display() + "').replace("{pages}", '" + str(counter(page).final().first()) + "')
        values = {"lang": document.lang, "gutter": GUTTER, "labels": LABELS - GUTTER, "page": f"({page})"} | document.palette
        taken = re.split(r"[-T:.Z]", document.taken)
        values["date"] = ", ".join(f"{k}: {int(v)}" for k, v in zip(("year", "month", "day", "hour", "minute", "second"), taken))
        values |= {"title": string(self.plain(cover["title"])), "publisher": string(document.publisher)}
        values |= {"header": string(frame["header"]), "mark": string(frame.get("mark") or ""), "footer": string(frame["footer"])}
        out = [HEAD.format(**values)]
        out.append(f'#if sys.inputs.at("attach", default: "") != "" {{ pdf.attach("model.json", relationship: "source", mime-type: "application/json", description: {string(frame["attachment"])}) }}')
        out.append(f"#place(top, dx: -58pt, dy: -74pt, rect(width: 595.3pt, height: 7pt, fill: accent))")
        out.append(f"#v(-20pt)#block(below: 6pt, set-in(sans, 9pt, 13pt, fill: accent, b({string(cover['kicker'])})))")
        size = 27.0 if len(self.plain(cover["title"])) <= 60 else 22.0
        out.append(f"#block(below: 6pt, set-in(serif, {size}pt, {size * 1.36}pt, b({self.rich(cover['title'])})))")
        out.append(f"#block(below: 10pt, set-in(sans, 11pt, 15.5pt, fill: muted, {self.rich(cover['subtitle'])}))")
        if cover.get("notice"):
            out.append(f'#block(below: 10pt, width: 100%, inset: (x: 16pt, y: 8pt), fill: rgb("#FDF1E2"), stroke: (left: 3pt + warning), set-in(sans, 10pt, 14pt, fill: warning, b({string(cover["notice"])})))')
        tiles = []
        for tile in cover["tiles"]:
            label, figure, note = string(tile["label"]), self.rich(tile["figure"]), self.rich(tile.get("note", []))
            tiles.append(f"block(width: 100%, stroke: (top: 1.4pt + accent), inset: (top: 5pt), set-in(sans, 8pt, 11.5pt, f({label} + linebreak()) + text(size: 12.5pt, b({figure})) + linebreak() + f({note}))),")
        out.append("#grid(columns: (1fr,) * 4, gutter: 14pt, " + "\n".join(tiles) + ")")
        out.append(f"#block(above: 14pt, below: 4pt, set-in(sans, 10.5pt, 15pt, b({string(frame['contents'])})))")
        out.append("#set-in(sans, 9pt, 15pt, outline(title: none, depth: 1))")
        for section in document.sections:
            out.append(f"#heading(level: 1, {string(section['title'])})")
            out += [self.block(block) for block in section["blocks"]]
        out.append(f"#note({string(document.colophon)})")
        return "\n".join(out) + "\n"


def compile_(folder: str, kind: str, out: str) -> float:
    """One file; how long it took, in seconds."""
    import typst

    root = pathlib.Path(folder).resolve()
    before = time.perf_counter()
    typst.compile(
        str(root / "report.typ"), output=str(out), root=str(root), font_paths=[str(FONTS)], ignore_system_fonts=True,
        sys_inputs={"attach": "yes"} if kind == "archive" else {}, pdf_standards=STANDARDS[kind], timestamp=0,
    )
    return time.perf_counter() - before


def main() -> None:
    what, arguments = sys.argv[1], sys.argv[2:]
    if what == "make":
        from document import Document

        model, folder = arguments
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        pathlib.Path(folder, "report.typ").write_text(Writer(Document(model)).whole(), encoding="utf-8")
        pathlib.Path(folder, "model.json").write_bytes(pathlib.Path(model).read_bytes())
    elif what == "render":
        folder, kind, out = arguments
        print(json.dumps({"inside": compile_(folder, kind, out)}))
    else:
        kind, out, *folders = arguments
        compile_(folders[0], kind, out)
        other = [compile_(folder, kind, out) for folder in folders[1:]]
        same = [compile_(folders[-1], kind, out) for _ in range(3)]
        print(json.dumps({"other": other, "same": same}))


if __name__ == "__main__":
    main()
