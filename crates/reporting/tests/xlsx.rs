//! The workbook of a report, read back by a library that did not write it.

mod samples;

use std::{io::Cursor, thread, time::Duration};

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use ketnoi_domain::{Decimal, Lang, Measured, Precision};
use ketnoi_reporting::{
    Definition, Options, ReportModel, Snapshot,
    model::{
        Bar, Bars, Block, Cell, Column, Drawing, Figure, Part, Rich, Row, RowKind, Section, Stretch, Style, Table, Target,
        TimeLine, Value,
    },
    render, xlsx,
};

type Book = Xlsx<Cursor<Vec<u8>>>;

fn made(snapshot: &Snapshot, lang: Lang) -> ReportModel {
    let definition = Definition::builtin("programme-summary").expect("the definition is built in");
    render(&definition, snapshot, lang, &Options::default()).expect("the sample is sound").model
}

fn read(model: &ReportModel) -> Book {
    open_workbook_from_rs(Cursor::new(xlsx(model).expect("the model is sound"))).expect("the workbook can be read")
}

/// A sheet by its place, the first sheet having none.
fn sheet(book: &mut Book, place: usize) -> Range<Data> {
    let name = book.sheet_names()[place].clone();
    book.worksheet_range(&name).expect("the sheet can be read")
}

fn text(range: &Range<Data>, row: usize, column: usize) -> String {
    match at(range, row, column) {
        Data::String(text) => text,
        Data::Empty => String::new(),
        other => panic!("row {row}, column {column} holds {other:?}"),
    }
}

fn number(range: &Range<Data>, row: usize, column: usize) -> Option<f64> {
    match at(range, row, column) {
        Data::Float(n) => Some(n),
        Data::Int(n) => Some(n as f64),
        Data::DateTime(day) => Some(day.as_f64()),
        _ => None,
    }
}

fn at(range: &Range<Data>, row: usize, column: usize) -> Data {
    let small = |n: usize| u32::try_from(n).expect("samples are small");
    range.get_value((small(row), small(column))).cloned().unwrap_or_default()
}

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|w| w == needle.as_bytes())
}

/// A number times a power of ten, if a spreadsheet can hold it.
fn exact(n: Decimal, power: i32) -> Option<f64> {
    let digits = n.to_string().replace(['-', '.'], "");
    (digits.trim_matches('0').len() <= 15).then(|| format!("{n}e{power}").parse().expect("it is a number"))
}

/// The number that a cell has to hold; none where it holds words.
fn expected(cell: &Cell) -> Option<f64> {
    match cell.value.as_ref()? {
        Value::Money(money) => exact(money.amount(), 0),
        Value::Number(n) | Value::Measured(Measured::Number(n)) => exact(*n, 0),
        Value::PerCent(n) => exact(*n, -2),
        Value::Share(share) => exact(share.decimal(), -2),
        Value::Measured(Measured::Ratio { numerator, denominator }) if !denominator.is_zero() => {
            Some(exact(*numerator, 0)? / exact(*denominator, 0)?)
        }
        // Spreadsheets count days from the end of 1899.
        Value::Date(date) if date.precision() == Precision::Day => Some(f64::from(date.from().to_epoch_days() + 25_569)),
        _ => None,
    }
}

/// What each sheet after the first shows: a table of the model, or none for one made from a picture. Emblems have no figures.
fn sheets(model: &ReportModel) -> Vec<Option<&Table>> {
    let mut all = Vec::new();
    for section in &model.sections {
        let captioned = |block: &Block, caption: &str| matches!(block, Block::Table(table) if table.caption == caption);
        let emblems = |f: &Figure| matches!(f.drawing, Drawing::Emblems(_));
        let shown =
            |f: &Figure| emblems(f) || !f.caption.is_empty() && section.blocks.iter().any(|block| captioned(block, &f.caption));
        for block in &section.blocks {
            match block {
                Block::Table(table) => all.push(Some(table)),
                Block::Figure(figure) if !shown(figure) => all.push(None),
                _ => {}
            }
        }
    }
    all
}

fn check(range: &Range<Data>, table: &Table) {
    for (column, heading) in table.columns.iter().enumerate() {
        assert_eq!(text(range, 1, column), heading.heading);
    }
    for (i, row) in table.rows.iter().enumerate() {
        let mut column = 0;
        for cell in &row.cells {
            match expected(cell) {
                Some(n) => assert_eq!(number(range, i + 2, column).map(f64::to_bits), Some(n.to_bits()), "{cell:?}"),
                None => assert_eq!(text(range, i + 2, column), cell.text.plain()),
            }
            column += cell.span;
        }
    }
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    Section { name: "test".into(), title: title.into(), blocks }
}

/// A table of one column of words and one of figures.
fn table(rows: Vec<Row>) -> Table {
    Table { caption: String::new(), columns: vec![Column::names("what"), Column::figures("how much")], rows }
}

/// A report with nothing but these sections.
fn report(sections: Vec<Section>) -> ReportModel {
    ReportModel { sections, ..made(&samples::empty(), Lang::En) }
}

fn of_rows(rows: Vec<Row>) -> ReportModel {
    report(vec![section("Rows", vec![Block::Table(table(rows))])])
}

#[test]
fn every_table_comes_back_with_the_same_figures() {
    for (name, snapshot) in samples::all() {
        let model = made(&snapshot, Lang::Vi);
        let (mut book, sheets) = (read(&model), sheets(&model));
        assert_eq!(book.sheet_names().len(), sheets.len() + 1, "{name}");
        for (i, table) in sheets.into_iter().enumerate() {
            if let Some(table) = table {
                check(&sheet(&mut book, i + 1), table);
            }
        }
    }
}

#[test]
fn the_same_model_gives_the_same_bytes_at_any_time() {
    let mut model = made(&samples::full(3, 3), Lang::Vi);
    let first = xlsx(&model).unwrap();
    // The file keeps seconds, so that a clock would show.
    thread::sleep(Duration::from_millis(1_100));
    assert!(first == xlsx(&model).unwrap());
    model.taken = "2026-11-23T10:00:00Z".into();
    assert!(first != xlsx(&model).unwrap());
}

#[test]
fn the_first_sheet_says_what_it_is_and_leads_to_the_others() {
    let model = made(&samples::full(3, 3), Lang::Vi);
    let mut book = read(&model);
    let names = book.sheet_names();
    assert_eq!(names[0], "Mục lục");
    let front = sheet(&mut book, 0);
    let cells: Vec<String> = front.rows().flatten().map(ToString::to_string).collect();
    let said = |text: &str| cells.iter().any(|cell| cell == text);
    assert!(model.cover.title.plain().chars().count() > 390);
    assert!(said(&model.cover.title.plain()) && said(&model.publisher) && said(&model.taken));
    assert!(said(model.cover.notice.as_deref().unwrap()));
    assert!(cells.contains(&model.revision.to_string()));
    for name in &names[1..] {
        assert!(said(name), "{name}");
    }
    for block in model.sections.iter().flat_map(|s| &s.blocks) {
        if let Block::Facts(facts) = block {
            for fact in facts {
                assert!(said(&fact.label) && fact.values.iter().all(|v| said(&v.plain())), "{fact:?}");
            }
        }
    }
}

#[test]
fn a_made_up_programme_says_so_on_every_sheet() {
    let model = made(&samples::full(3, 3), Lang::En);
    let mark = model.frame.mark.clone().unwrap();
    let mut book = read(&model);
    for place in 1..book.sheet_names().len() {
        assert!(text(&sheet(&mut book, place), 0, 0).starts_with(&mark));
    }
}

#[test]
fn sheets_have_names_that_spreadsheets_allow_whatever_the_titles() {
    let one = || vec![Block::Table(table(Vec::new())), Block::Table(table(Vec::new()))];
    let titles: [&str; 7] = ["Tiền / [bảng]: *?\\", "", "'", "Đô thị 🌊", &"dài ".repeat(100), "شبكة المدن", &"🌊".repeat(40)];
    let mut model = report(titles.iter().map(|title| section(title, one())).collect());
    model.frame.contents = "1 Tiền bảng".into();
    let names = read(&model).sheet_names();
    assert_eq!(names.len(), 1 + 2 * titles.len());
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        assert!((1..=31).contains(&name.encode_utf16().count()), "{name}");
        assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\']) && !name.starts_with('\'') && !name.ends_with('\''));
        assert!(seen.insert(name.to_lowercase()), "{name}");
    }
}

#[test]
fn words_stay_words_whatever_they_look_like() {
    let long = "e\u{301}".repeat(3_000);
    let words: [&str; 14] = [
        "=1+1",
        "+84 24",
        "-5",
        "@SUM(A1)",
        "<r><t>x</t></r>",
        "a & b < c",
        "_x0041_",
        "  in spaces  ",
        "two\nlines",
        "🌊 👩🏽‍🚒",
        "شبكة المدن الفيتنامية",
        "日本語",
        "https://acvn.example",
        &long,
    ];
    let mut book = read(&of_rows(words.iter().map(|word| Row::plain(vec![Cell::text(*word), Cell::text("")])).collect()));
    let range = sheet(&mut book, 1);
    for (i, word) in words.iter().enumerate() {
        assert_eq!(text(&range, i + 2, 0), *word);
    }
    assert!(book.worksheet_formula("1 Rows").unwrap().is_empty());
}

#[test]
fn numbers_are_exact_or_words_with_a_note() {
    let dong = |s: &str| Cell::of(s, Value::Money(s.parse().unwrap()));
    let plain = |s: &str| Cell::of(s, Value::Number(s.parse().unwrap()));
    let cells = [
        dong("10000000000000 VND"),
        dong("86514.0845070423 EUR"),
        plain("-0.07"),
        plain("12345678901234567890"),
        plain("0.123456789012345678"),
    ];
    let rows = |cells: &[Cell]| cells.iter().map(|c| Row::plain(vec![Cell::text("x"), c.clone()])).collect();
    let range = sheet(&mut read(&of_rows(rows(&cells))), 1);
    let found: Vec<Option<f64>> = (2..5).map(|row| number(&range, row, 1)).collect();
    assert_eq!(found, [Some(10_000_000_000_000.0), Some(86_514.084_507_042_3), Some(-0.07)]);
    assert_eq!([text(&range, 5, 1), text(&range, 6, 1)], ["12345678901234567890", "0.123456789012345678"]);
    let noted = |cells: &[Cell]| contains(&xlsx(&of_rows(rows(cells))).unwrap(), "xl/comments1.xml");
    assert!(noted(&cells) && !noted(&cells[..3]));
    assert!(noted(&[Cell::of("about 140", Value::Number(140.into()))]));
}

#[test]
fn unknown_is_a_word_and_never_nought() {
    let unknown = Cell::of(Rich::styled("unknown", Style::Faint), Value::Unknown);
    let rows = vec![
        Row::plain(vec![unknown.clone(), unknown]),
        Row::plain(vec![Cell::text("x"), Cell::of("not applicable", Value::NotApplicable)]),
        Row::plain(vec![Cell::text("y"), Cell::of("August 2010", Value::Date("2010-08".parse().unwrap()))]),
        Row::plain(vec![Cell::text("z"), Cell::of("2 August 2010", Value::Date("2010-08-02".parse().unwrap()))]),
        Row { kind: RowKind::Total, cells: vec![Cell::text("1 CAD\n2 VND").over(2)] },
    ];
    let range = sheet(&mut read(&of_rows(rows)), 1);
    assert_eq!([text(&range, 2, 0), text(&range, 2, 1), text(&range, 3, 1)], ["unknown", "unknown", "not applicable"]);
    assert_eq!((text(&range, 4, 1), number(&range, 5, 1)), ("August 2010".to_owned(), Some(40_392.0)));
    assert_eq!(text(&range, 6, 0), "1 CAD\n2 VND");
}

#[test]
fn addresses_are_links_and_anchors_are_not() {
    let link = |target| vec![Row::plain(vec![Cell::text(Rich::link("profile", target)), Cell::text("")])];
    let parts = |target| {
        let bytes = xlsx(&of_rows(link(target))).unwrap();
        (contains(&bytes, "xl/worksheets/_rels/sheet2.xml.rels"), contains(&bytes, "xl/comments1.xml"))
    };
    assert_eq!(parts(Target::Url("https://acvn.example/a#b".into())), (true, false));
    assert_eq!(parts(Target::Anchor("document profile".into())), (false, false));
    // An address that cannot be a link is not lost: it stands in the cell's note.
    assert!(parts(Target::Url("acvn.example".into())).1);
}

#[test]
fn pictures_have_the_table_that_they_were_drawn_from() {
    let part = |value: &str| Part { value: value.parse().unwrap(), figure: String::new() };
    let bars = Bars {
        series: vec!["Women".into(), "Men".into()],
        mark: Some("Target".into()),
        bars: vec![Bar {
            label: "2025".into(),
            parts: vec![part("12"), part("7.5")],
            mark: Some(20.into()),
            figure: "19.5".into(),
            strong: true,
        }],
        scale: None,
    };
    let stretch = Stretch { label: "MPED".into(), from: 14_823, to: 14_823, open: true, figure: "from 2010".into() };
    let figure = |caption: &str, drawing| {
        Block::Figure(Figure { caption: caption.into(), alternative: "It grows.".into(), drawing, note: Rich::default() })
    };
    let twin = Table { caption: "Shown twice".into(), ..table(Vec::new()) };
    let blocks = vec![
        figure("Who came", Drawing::Bars(bars.clone())),
        figure("When", Drawing::TimeLine(TimeLine { items: vec![stretch] })),
        figure("Shown twice", Drawing::Bars(bars)),
        Block::Table(twin),
    ];
    let mut book = read(&report(vec![section("Drawn", blocks)]));
    assert_eq!(book.sheet_names()[1..], ["1 Drawn", "1 Drawn (2)", "1 Drawn (3)"]);
    let range = sheet(&mut book, 1);
    assert_eq!(text(&range, 0, 0), "Drawn · Who came");
    assert_eq!([text(&range, 1, 1), text(&range, 1, 2), text(&range, 1, 3)], ["Women", "Men", "Target"]);
    let drawn: Vec<Option<f64>> = (1..4).map(|column| number(&range, 2, column)).collect();
    assert_eq!(drawn, [Some(12.0), Some(7.5), Some(20.0)]);
    let range = sheet(&mut book, 2);
    assert_eq!(number(&range, 2, 1), Some(40_392.0));
    assert_eq!([text(&range, 2, 2), text(&range, 2, 3)], ["unknown", "from 2010"]);
}

#[test]
fn what_does_not_fit_is_refused_by_its_place() {
    let refused = |rows| xlsx(&of_rows(rows)).unwrap_err().to_string();
    let long = refused(vec![Row::plain(vec![Cell::text("a".repeat(32_768)), Cell::text("")])]);
    assert!(long.contains("`1 Rows`") && long.contains("A3") && long.contains("32768"), "{long}");
    let many = refused(vec![Row::plain(Vec::new()); 1_048_575]);
    assert!(many.contains("1048575 rows") && many.contains("1048574"), "{many}");
}
