use proptest::prelude::*;

use super::{Kid, Layout, Mark, PAGE_HEIGHT, PAGE_WIDTH, Role, Shape, compose, style::BOTTOM};
use crate::{
    SubjectKind,
    brand::{Brand, NEUTRAL},
    model::{
        Align, Bar, Bars, Block, Cell, Column, Cover, Drawing, Fact, Figure, Frame, Item, MODEL_FORMAT, Part, ReportModel, Rich,
        Row, RowKind, Section, Span, Style, Table, Target, Tile, Voice,
    },
    shelf::Shelf,
};
use ketnoi_domain::Lang;

fn model(title: Rich, sections: Vec<Section>) -> ReportModel {
    ReportModel {
        format: MODEL_FORMAT,
        definition: "test".into(),
        lang: Lang::Vi,
        period: ketnoi_domain::Period::default(),
        brand: None,
        brands: Vec::new(),
        palette: Brand::load(&Shelf::builtin(), NEUTRAL).unwrap().colours,
        taken: "2026-11-22T10:00:00Z".into(),
        revision: 1,
        audience: "public".into(),
        subject_kind: SubjectKind::Programme,
        subject: "X".into(),
        publisher: "ACVN".into(),
        cover: Cover {
            title,
            tiles: vec![Tile { label: "Kinh phí".into(), figure: "10.000.000.000.000\u{A0}VND".into(), note: Rich::default() }],
            ..Cover::default()
        },
        frame: Frame { header: "Tên ngắn".into(), page: "{page}/{pages}".into(), ..Frame::default() },
        sections,
    }
}

/// Text as it comes: words of several scripts, stacked diacritics, addresses, long words, marks, line feeds.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => "[a-zđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệ]{1,7}",
        1 => "[a-zễ]{60,300}",
        1 => Just("https://vidu.example/mot/duong/dan?q=1&p=2".to_owned()),
        1 => Just("🌊👩\u{200D}🌾".to_owned()),
        1 => Just("日本語 العربية".to_owned()),
        1 => Just("a\u{302}\u{301}\n\tb\u{7}".to_owned()),
        1 => "[0-9]{1,3}(\\.[0-9]{3}){0,4},[0-9]{2}",
    ];
    prop::collection::vec(word, 0..40).prop_map(|w| w.join(" "))
}

fn rich() -> impl Strategy<Value = Rich> {
    let style = prop_oneof![Just(Style::Plain), Just(Style::Strong), Just(Style::Emphasis), Just(Style::Mark)];
    let target = prop_oneof![
        3 => Just(None),
        1 => Just(Some(Target::Url("https://vidu.example".into()))),
        1 => Just(Some(Target::Anchor("document a".into()))),
    ];
    let span = (words(), style, prop::option::of(Just(Lang::En)), target).prop_map(|(text, style, lang, target)| Span {
        text,
        style,
        lang,
        target,
    });
    prop::collection::vec(span, 0..4).prop_map(Rich)
}

fn table() -> impl Strategy<Value = Table> {
    let columns = prop::collection::vec((words(), any::<bool>()), 1..8);
    columns.prop_flat_map(|columns| {
        let count = columns.len();
        let kind = prop_oneof![4 => Just(RowKind::Plain), 1 => Just(RowKind::Detail), 1 => Just(RowKind::Total)];
        let row = (kind, prop::collection::vec(rich(), count))
            .prop_map(|(kind, cells)| Row { kind, cells: cells.into_iter().map(Cell::text).collect() });
        let group = rich().prop_map(move |r| Row { kind: RowKind::Group, cells: vec![Cell::text(r).over(count)] });
        let rows = prop::collection::vec(prop_oneof![5 => row, 1 => group], 0..25);
        (Just(columns), rows, words()).prop_map(|(columns, rows, caption)| {
            let column = |(heading, figures): (String, bool)| {
                let heading: String = heading.chars().take(60).collect();
                Column { heading, align: if figures { Align::End } else { Align::Start }, names_rows: false }
            };
            Table { caption, columns: columns.into_iter().map(column).collect(), rows }
        })
    })
}

/// Bars; other drawings have tests of their own beside them.
fn figure() -> impl Strategy<Value = Figure> {
    let bar = (rich(), 0i64..10_000_000_000_000, words()).prop_map(|(label, value, figure)| Bar {
        label,
        parts: vec![Part { value: value.into(), figure: String::new() }],
        mark: None,
        figure,
        strong: false,
    });
    (words(), prop::collection::vec(bar, 0..60), rich()).prop_map(|(caption, bars, note)| Figure {
        caption,
        alternative: "A picture".into(),
        drawing: Drawing::Bars(Bars { bars, ..Bars::default() }),
        note,
    })
}

fn block() -> impl Strategy<Value = Block> {
    let voice = prop_oneof![Just(Voice::Body), Just(Voice::Note), Just(Voice::Statement)];
    prop_oneof![
        rich().prop_map(Block::Heading),
        (voice, rich()).prop_map(|(voice, text)| Block::Paragraph { voice, text }),
        prop::collection::vec((words(), prop::collection::vec(rich(), 0..3)), 0..5)
            .prop_map(|f| Block::Facts(f.into_iter().map(|(label, values)| Fact { label, values }).collect())),
        prop::collection::vec(rich(), 0..6).prop_map(|items| {
            let item = |(i, text): (usize, Rich)| Item {
                label: format!("[{}]", i + 1),
                anchor: (i == 0).then(|| "document a".into()),
                text,
            };
            Block::List(items.into_iter().enumerate().map(item).collect())
        }),
        table().prop_map(Block::Table),
        figure().prop_map(Block::Figure),
    ]
}

fn any_model() -> impl Strategy<Value = ReportModel> {
    let section = (words(), prop::collection::vec(block(), 0..5)).prop_map(|(title, blocks)| Section {
        name: "section".into(),
        title,
        blocks,
    });
    (rich(), prop::collection::vec(section, 0..4)).prop_map(|(title, sections)| model(title, sections))
}

/// The letters of a text that have to be seen; a character without a glyph counts as its sign.
fn letters(text: &str) -> usize {
    use unicode_normalization::UnicodeNormalization;
    let steering = |c: &char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}');
    text.nfc().filter(|c| !c.is_whitespace() && !c.is_control() && !steering(c)).count()
}

/// The letters that the model asks for.
fn asked(model: &ReportModel) -> usize {
    let rich = |r: &Rich| letters(&r.plain());
    let block = |b: &Block| match b {
        Block::Heading(r) | Block::Paragraph { text: r, .. } => rich(r),
        Block::Facts(f) => f.iter().map(|f| letters(&f.label) + f.values.iter().map(rich).sum::<usize>()).sum(),
        Block::List(items) => items.iter().map(|i| letters(&i.label) + rich(&i.text)).sum(),
        Block::Table(t) => {
            let cells = t.rows.iter().flat_map(|r| &r.cells).map(|c| rich(&c.text)).sum::<usize>();
            letters(&t.caption) + t.columns.iter().map(|c| letters(&c.heading)).sum::<usize>() + cells
        }
        Block::Figure(f) => letters(&f.caption) + rich(&f.note),
    };
    let sections = model.sections.iter().map(|s| letters(&s.title) + s.blocks.iter().map(block).sum::<usize>());
    let tiles = model.cover.tiles.iter().map(|t| letters(&t.label) + rich(&t.figure));
    rich(&model.cover.title) + sections.sum::<usize>() + tiles.sum::<usize>()
}

/// The letters that the layout shows as text; those of the table of contents and of pictures come on top of the model's.
fn shown(layout: &Layout) -> usize {
    let contents = |mut node: usize| loop {
        if matches!(layout.nodes[node].role, Role::Toc | Role::Figure) {
            return true;
        }
        if node == 0 {
            return false;
        }
        node = layout.nodes[node].parent;
    };
    let mut count = 0;
    for page in &layout.pages {
        for placed in &page.boxes {
            if let (Mark::Content(id), Shape::Text(run)) = (placed.mark, &placed.shape)
                && !contents(page.owners[id])
            {
                count += letters(&run.text);
            }
        }
    }
    count
}

fn assert_sound(layout: &Layout) {
    for page in &layout.pages {
        for placed in &page.boxes {
            match &placed.shape {
                Shape::Text(run) => {
                    // The space at a line's end is kept for those who listen and may stand out of the page.
                    let trailing: f32 = run
                        .glyphs
                        .iter()
                        .rev()
                        .take_while(|g| run.text[g.start as usize..g.end as usize] == *" ")
                        .map(|g| g.advance * run.size)
                        .sum();
                    assert!(run.x >= 0.0 && run.x + run.width() - trailing <= PAGE_WIDTH - 20.0, "{run:?}");
                    assert!(run.baseline - run.size >= 0.0 && run.baseline + run.size * 0.3 <= PAGE_HEIGHT, "{run:?}");
                    let content = matches!(placed.mark, Mark::Content(_));
                    assert!(!content || run.baseline <= BOTTOM + 1.0, "{run:?} stands in the footer");
                }
                Shape::Fill { rect, .. } => {
                    assert!(rect.x >= 0.0 && rect.x + rect.width <= PAGE_WIDTH + 0.1, "{rect:?}");
                    assert!(rect.y >= 0.0 && rect.y + rect.height <= PAGE_HEIGHT, "{rect:?}");
                }
                Shape::Path { segments, .. } => {
                    let inside = |x: f32, y: f32| (0.0..=PAGE_WIDTH).contains(&x) && (0.0..=BOTTOM + 1.0).contains(&y);
                    assert!(segments.iter().all(|s| s.end().is_none_or(|(x, y)| inside(x, y))), "{segments:?}");
                }
            }
        }
    }
}

/// Rows of one table on one page stand below each other: no line of a row lies within the lines of the row before.
fn assert_rows_apart(layout: &Layout) {
    let row_of = |mut node: usize| loop {
        match layout.nodes[node].role {
            Role::TR => return Some(node),
            Role::Document => return None,
            _ => node = layout.nodes[node].parent,
        }
    };
    for page in &layout.pages {
        let (mut current, mut above, mut lowest) = (None, 0.0f32, 0.0f32);
        for placed in &page.boxes {
            let (Mark::Content(id), Shape::Text(run)) = (placed.mark, &placed.shape) else { continue };
            let Some(row) = row_of(page.owners[id]) else { continue };
            if current != Some(row) {
                (current, above) = (Some(row), lowest);
            }
            assert!(run.baseline > above, "a row begins at {} above {above}", run.baseline);
            lowest = lowest.max(run.baseline);
        }
    }
}

/// Every node but the root is a kid of its parent, and every piece of content has one owner.
fn assert_tree(layout: &Layout) {
    for (i, node) in layout.nodes.iter().enumerate().skip(1) {
        assert!(node.parent < i && layout.nodes[node.parent].kids.contains(&Kid::Node(i)));
    }
    for (p, page) in layout.pages.iter().enumerate() {
        for (id, owner) in page.owners.iter().enumerate() {
            assert!(layout.nodes[*owner].kids.contains(&Kid::Content { page: p, id }));
        }
        for (l, link) in page.links.iter().enumerate() {
            assert!(layout.nodes[link.node].kids.contains(&Kid::Link { page: p, link: l }));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_model_lays_out_within_its_pages_and_loses_no_letter(model in any_model()) {
        let layout = compose(&model, "digest").unwrap();
        assert_sound(&layout);
        assert_rows_apart(&layout);
        assert_tree(&layout);
        prop_assert_eq!(shown(&layout), asked(&model));
    }
}

#[test]
fn a_heading_stays_with_its_text() {
    for lines in 20..48 {
        let blocks = vec![
            Block::Paragraph { voice: Voice::Body, text: vec!["dòng"; lines].join("\n").into() },
            Block::Heading("Đầu mục".into()),
            Block::Paragraph { voice: Voice::Body, text: "một\nhai\nba\nbốn\nnăm".into() },
        ];
        let section = Section { name: "s".into(), title: "Mục".into(), blocks };
        let layout = compose(&model("Tên".into(), vec![section]), "").unwrap();
        let page_of = |text: &str| {
            let holds = |p: &super::Page| p.boxes.iter().any(|b| matches!(&b.shape, Shape::Text(r) if r.text.trim() == text));
            layout.pages.iter().position(holds).unwrap()
        };
        assert_eq!(page_of("Đầu mục"), page_of("hai"), "with {lines} lines above");
        assert_eq!(page_of("bốn"), page_of("năm"), "with {lines} lines above");
    }
}

#[test]
fn a_table_repeats_its_headings_and_they_are_no_text_there() {
    let rows = (0..120).map(|i| Row::plain(vec![Cell::text(format!("dòng {i}")), Cell::text("1.000")])).collect();
    let table =
        Table { caption: "Bảng".into(), columns: vec![Column::text("Tên gọi"), Column::figures("Số tiền")], rows };
    let section = Section { name: "s".into(), title: "Mục".into(), blocks: vec![Block::Table(table)] };
    let layout = compose(&model("Tên".into(), vec![section]), "").unwrap();
    assert!(layout.pages.len() >= 3);
    for (i, page) in layout.pages.iter().enumerate() {
        let heading = page.boxes.iter().find(|b| matches!(&b.shape, Shape::Text(r) if r.text == "Tên gọi")).unwrap();
        assert_eq!(matches!(heading.mark, Mark::Content(_)), i == 0);
    }
}

/// The text of each page, piece by piece.
fn texts(layout: &Layout) -> Vec<Vec<String>> {
    let said = |p: &super::Page| {
        let texts = p.boxes.iter().filter(|b| matches!(b.mark, Mark::Content(_)));
        texts.filter_map(|b| if let Shape::Text(run) = &b.shape { Some(run.text.trim().to_owned()) } else { None }).collect()
    };
    layout.pages.iter().map(said).collect()
}

/// A paragraph of so many lines.
fn lines(count: usize) -> Block {
    Block::Paragraph { voice: Voice::Body, text: vec!["dòng"; count].join("\n").into() }
}

fn rows(count: usize) -> Table {
    let rows = (0..count).map(|i| Row::plain(vec![Cell::text(format!("hàng {i}"))])).collect();
    Table { caption: "Bảng".into(), columns: vec![Column::text("Tên")], rows }
}

fn laid_out(blocks: Vec<Block>) -> Layout {
    let section = Section { name: "s".into(), title: "Mục".into(), blocks };
    compose(&model("Tên".into(), vec![section]), "").unwrap()
}

#[test]
fn no_page_ends_or_begins_with_a_lonely_row() {
    for above in 14..46 {
        for count in [3, 4, 5, 9, 40] {
            let layout = laid_out(vec![lines(above), Block::Table(rows(count)), lines(30)]);
            let on_page = |p: &Vec<String>| p.iter().filter(|t| t.starts_with("hàng")).count();
            let pages: Vec<usize> = texts(&layout).iter().map(on_page).filter(|n| *n > 0).collect();
            assert!(pages[0] >= 3.min(count), "{pages:?} of {count} rows below {above} lines");
            assert!(*pages.last().unwrap() >= 2.min(count), "{pages:?} of {count} rows below {above} lines");
        }
    }
}

/// A picture of so many bars.
fn bars(count: usize) -> Block {
    let bars = (0..count).map(|i| Bar {
        label: format!("cột {i}").into(),
        parts: vec![Part { value: 5.into(), figure: String::new() }],
        mark: None,
        figure: "5".into(),
        strong: false,
    });
    let drawing = Drawing::Bars(Bars { bars: bars.collect(), ..Bars::default() });
    Block::Figure(Figure { caption: "Hình".into(), alternative: "Hình".into(), drawing, note: Rich::default() })
}

#[test]
fn no_page_ends_with_words_that_lead_to_the_next() {
    let item = |text: &str| Item { label: "–".into(), anchor: None, text: text.into() };
    for above in 14..50 {
        for below in [vec![bars(14), bars(3)], vec![bars(14), Block::Table(rows(9))], vec![bars(3), bars(14)]] {
            let layout = laid_out([vec![lines(above), Block::Heading("Đầu mục".into())], below].concat());
            for page in texts(&layout) {
                assert_ne!(page.last().map(String::as_str), Some("Đầu mục"), "with {above} lines above");
            }
        }
        let will = Block::Paragraph { voice: Voice::Body, text: "Chương trình sẽ:".into() };
        let layout = laid_out(vec![lines(above), will, Block::List(vec![item("một"), item("hai")])]);
        for page in texts(&layout) {
            assert_ne!(page.last().map(String::as_str), Some("Chương trình sẽ:"), "with {above} lines above");
        }
    }
}

#[test]
fn a_picture_that_does_not_fit_waits_while_the_table_after_it_goes_on() {
    let layout = laid_out(vec![lines(28), bars(14), Block::Table(rows(30))]);
    let pages = texts(&layout);
    let first = |text: &str| pages.iter().position(|p| p.iter().any(|t| t == text)).unwrap();
    assert_eq!((first("hàng 0"), first("Hình"), first("hàng 29")), (0, 1, 1));
    assert_eq!(pages[1].first().map(String::as_str), Some("Hình"), "it stands at the top");
    // Who listens hears it where it belongs: before the table.
    let place = |role: Role| layout.nodes.iter().position(|n| n.role == role).unwrap();
    assert!(place(Role::Figure) > place(Role::Div) && place(Role::Div) < place(Role::Table));
    assert_sound(&layout);
    assert_tree(&layout);
}

#[test]
fn a_last_page_with_little_on_it_is_saved_or_gets_company() {
    for count in 30..60 {
        let closing = vec![lines(6)];
        let section = |blocks| Section { name: "s".into(), title: "Mục".into(), blocks };
        let body: Vec<Block> = (0..count).map(|_| lines(1)).collect();
        let layout = compose(&model("Tên".into(), vec![section(body), section(closing)]), "").unwrap();
        let pages = texts(&layout);
        let last = pages.last().unwrap().iter().filter(|t| *t == "dòng").count();
        assert!(pages.len() == 1 || last > 6, "{count} paragraphs leave {last} lines on page {}", pages.len());
    }
}

#[test]
fn a_character_that_no_font_has_is_shown_as_a_sign() {
    let section = Section { name: "s".into(), title: "Sóng 🌊 biển".into(), blocks: Vec::new() };
    let layout = compose(&model("Tên".into(), vec![section]), "").unwrap();
    let text: String = layout.pages[0]
        .boxes
        .iter()
        .filter_map(|b| match &b.shape {
            Shape::Text(run) => Some(run.text.as_str()),
            Shape::Fill { .. } | Shape::Path { .. } => None,
        })
        .collect();
    assert!(text.contains("Sóng □ biển"), "{text}");
}
