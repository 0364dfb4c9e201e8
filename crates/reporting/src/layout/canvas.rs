//! Where pages and their structure are written: every box that is placed says what it is.

use std::collections::HashMap;

use ketnoi_domain::Lang;

use super::{
    Artifact, Bookmark, Destination, Kid, Layout, Link, Mark, Node, Page, Picture, Placed, Rect, Role, Run, Segment, Shape,
    paragraph::Line,
    text::{Inline, Shaped},
};
use crate::{brand::Colour, model::Target};

/// The root of the structure.
pub(crate) const ROOT: usize = 0;

/// A link whose end is not known before all pages are there.
struct Pending {
    page: usize,
    link: Link,
    anchor: String,
}

/// A layout in the making.
pub(crate) struct Canvas {
    layout: Layout,
    anchors: HashMap<String, (usize, f32)>,
    pending: Vec<Pending>,
}

/// The structure's nodes for the spans of one text, made when their first piece is placed: a link that is broken over
/// two lines is one link.
#[derive(Default)]
pub(crate) struct Threads(HashMap<usize, usize>);

impl Canvas {
    /// An empty document.
    pub(crate) fn new(lang: Lang, title: String) -> Self {
        let root = Node { role: Role::Document, parent: ROOT, lang: None, span: 1, kids: Vec::new(), picture: None };
        let layout = Layout { lang, title, pages: Vec::new(), nodes: vec![root], outline: Vec::new() };
        Self { layout, anchors: HashMap::new(), pending: Vec::new() }
    }

    /// Adds a page and gives its number, counted from nought.
    pub(crate) fn add_page(&mut self) -> usize {
        self.layout.pages.push(Page::default());
        self.layout.pages.len() - 1
    }

    /// How many pages there are.
    pub(crate) fn pages(&self) -> usize {
        self.layout.pages.len()
    }

    /// Adds a node below another.
    pub(crate) fn node(&mut self, parent: usize, role: Role) -> usize {
        let id = self.layout.nodes.len();
        self.layout.nodes.push(Node { role, parent, lang: None, span: 1, kids: Vec::new(), picture: None });
        self.layout.nodes[parent].kids.push(Kid::Node(id));
        id
    }

    /// Says how many columns a cell spans.
    pub(crate) fn set_span(&mut self, node: usize, span: usize) {
        self.layout.nodes[node].span = span;
    }

    /// Adds a figure below a node, with what it shows in words.
    pub(crate) fn figure(&mut self, parent: usize, alternative: String) -> usize {
        let id = self.node(parent, Role::Figure);
        let rect = Rect { x: 0.0, y: 0.0, width: 0.0, height: 0.0 };
        self.layout.nodes[id].picture = Some(Box::new(Picture { alternative, rect }));
        id
    }

    /// Says where a figure stands.
    pub(crate) fn bound(&mut self, node: usize, rect: Rect) {
        if let Some(picture) = &mut self.layout.nodes[node].picture {
            picture.rect = rect;
        }
    }

    /// Draws an outline as a part of `node`.
    pub(crate) fn path(
        &mut self,
        page: usize,
        node: usize,
        segments: Vec<Segment>,
        fill: Option<Colour>,
        stroke: Option<(Colour, f32)>,
    ) {
        let id = self.content(page, node);
        let shape = Shape::Path { segments, fill, stroke };
        self.layout.pages[page].boxes.push(Placed { mark: Mark::Content(id), shape });
    }

    /// Draws a rectangle that is no part of the text.
    pub(crate) fn fill(&mut self, page: usize, rect: Rect, colour: Colour) {
        let mark = Mark::Artifact(Artifact::Decoration);
        self.layout.pages[page].boxes.push(Placed { mark, shape: Shape::Fill { rect, colour } });
    }

    /// Remembers a place that links may lead to.
    pub(crate) fn anchor(&mut self, name: &str, page: usize, y: f32) {
        self.anchors.insert(name.to_owned(), (page, y));
    }

    /// Adds a bookmark.
    pub(crate) fn bookmark(&mut self, title: String, depth: usize, page: usize, y: f32) {
        self.layout.outline.push(Bookmark { title, depth, page, y });
    }

    /// Places a line whose first line's top is at `y`, as a part of `node`.
    pub(crate) fn line(
        &mut self,
        page: usize,
        node: usize,
        shaped: &Shaped,
        line: &Line,
        (x, y): (f32, f32),
        threads: &mut Threads,
    ) {
        for piece in &line.pieces {
            let stretch = &shaped.stretches[piece.stretch];
            let inline = &shaped.inlines[stretch.span];
            let owner = self.thread(node, stretch.span, inline, threads);
            let run = run(shaped, piece, x, y);
            if let Some(target) = &inline.target {
                let (size, setting) = (run.size, shaped.setting);
                let rect = Rect { x: run.x, y, width: run.width().max(size), height: setting.leading };
                self.link(page, owner, rect, target, &piece.text);
            }
            let id = self.content(page, owner);
            self.layout.pages[page].boxes.push(Placed { mark: Mark::Content(id), shape: Shape::Text(run) });
        }
    }

    /// Places a line that is no part of the text.
    pub(crate) fn furniture(&mut self, page: usize, kind: Artifact, shaped: &Shaped, line: &Line, (x, y): (f32, f32)) {
        for piece in &line.pieces {
            let shape = Shape::Text(run(shaped, piece, x, y));
            self.layout.pages[page].boxes.push(Placed { mark: Mark::Artifact(kind), shape });
        }
    }

    /// The node that a span's pieces belong to: a node of its own if it leads somewhere or is in another language.
    fn thread(&mut self, node: usize, span: usize, inline: &Inline, threads: &mut Threads) -> usize {
        if inline.target.is_none() && inline.lang.is_none() {
            return node;
        }
        if let Some(known) = threads.0.get(&span) {
            return *known;
        }
        let role = if inline.target.is_some() { Role::Link } else { Role::Span };
        let own = self.node(node, role);
        self.layout.nodes[own].lang = inline.lang;
        threads.0.insert(span, own);
        own
    }

    /// The number of the marked content that a node's next box belongs to: the last one, if that is the node's too.
    fn content(&mut self, page: usize, node: usize) -> usize {
        let sheet = &mut self.layout.pages[page];
        let last = sheet.boxes.last().map(|b| b.mark);
        if let Some(Mark::Content(id)) = last
            && sheet.owners[id] == node
        {
            return id;
        }
        let id = sheet.owners.len();
        sheet.owners.push(node);
        self.layout.nodes[node].kids.push(Kid::Content { page, id });
        id
    }

    fn link(&mut self, page: usize, node: usize, rect: Rect, target: &Target, text: &str) {
        let text = text.trim().to_owned();
        match target {
            Target::Url(url) => self.put_link(page, Link { rect, to: Destination::Url(url.clone()), text, node }),
            Target::Anchor(anchor) => {
                let to = Destination::Place { page: 0, y: 0.0 };
                self.pending.push(Pending { page, link: Link { rect, to, text, node }, anchor: anchor.clone() });
            }
        }
    }

    fn put_link(&mut self, page: usize, link: Link) {
        let links = &mut self.layout.pages[page].links;
        self.layout.nodes[link.node].kids.push(Kid::Link { page, link: links.len() });
        links.push(link);
    }

    /// The finished layout. A link to a place that was not printed stays plain text.
    pub(crate) fn finish(mut self) -> Layout {
        for Pending { page, mut link, anchor } in std::mem::take(&mut self.pending) {
            match self.anchors.get(&anchor) {
                Some((to, y)) => {
                    link.to = Destination::Place { page: *to, y: *y };
                    self.put_link(page, link);
                }
                None => self.layout.nodes[link.node].role = Role::Span,
            }
        }
        self.layout
    }
}

/// A piece as a run at its place.
fn run(shaped: &Shaped, piece: &super::paragraph::Piece, x: f32, y: f32) -> Run {
    let stretch = &shaped.stretches[piece.stretch];
    Run {
        x: x + piece.x,
        baseline: y + shaped.setting.ascent() - stretch.rise,
        face: stretch.face,
        size: stretch.size,
        colour: stretch.colour,
        text: piece.text.clone(),
        glyphs: piece.glyphs.clone(),
    }
}
