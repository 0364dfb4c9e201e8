//! The first sheet: what the workbook belongs to, which sheets it has, and the report's facts as labels with values.

use ketnoi_domain::Decimal;
use rust_xlsxwriter::{Format, XlsxError};

use super::{
    Plan,
    cell::{Page, lines},
};
use crate::{
    locale,
    model::{Block, Cell, Fact, Rich, Section, Value},
};

/// The widths of the columns of labels and of values, in letters.
const WIDTHS: (u32, u32) = (34, 76);

/// Writes the first sheet.
pub(super) fn write(page: &mut Page<'_>, plans: &[Plan<'_>]) -> Result<(), XlsxError> {
    page.sheet.set_column_width(0, WIDTHS.0)?;
    page.sheet.set_column_width(1, WIDTHS.1)?;
    page.sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    let model = page.kit.model;
    let mut at = cover(page)?;
    at = origin(page, at + 1)?;
    at = contents(page, at + 1, plans)?;
    for section in &model.sections {
        at = facts(page, at, section)?;
    }
    Ok(())
}

/// Title and warning, over both columns. Gives the next row.
fn cover(page: &mut Page<'_>) -> Result<u32, XlsxError> {
    let (cover, looks) = (&page.kit.model.cover, &page.kit.looks);
    let texts: [(Rich, Format, u32, f64); 4] = [
        (cover.kicker.as_str().into(), looks.kicker(), 110, 15.0),
        (cover.title.clone(), looks.title(), 70, 22.0),
        (cover.subtitle.clone(), looks.muted(), 110, 15.0),
        (cover.notice.as_deref().unwrap_or_default().into(), looks.warning(), 100, 15.0),
    ];
    let mut at = 0;
    for (text, look, width, leading) in texts.into_iter().filter(|(text, ..)| !text.is_empty()) {
        page.join(at, 0, 1, &look)?;
        page.text(at, 0, &text, &look)?;
        page.heighten(at, lines(&text.plain(), width), leading)?;
        at += 1;
    }
    Ok(at)
}

/// Who publishes it, when the registry was read, at which revision, for whom. Gives the next row.
fn origin(page: &mut Page<'_>, mut at: u32) -> Result<u32, XlsxError> {
    let (model, wording) = (page.kit.model, page.kit.wording);
    let audience = wording.find(&format!("audience-{}", model.audience)).unwrap_or_else(|| model.audience.clone());
    let revision = Decimal::from(model.revision);
    let rows = [
        ("fact-publisher", Cell::text(model.publisher.as_str())),
        ("fact-snapshot", Cell::text(model.taken.as_str())),
        ("fact-revision", Cell::of(locale::number(model.lang, revision), Value::Number(revision))),
        ("fact-audience", Cell::text(audience)),
    ];
    for (label, value) in rows {
        pair(page, at, &wording.say(label), &value)?;
        at += 1;
    }
    Ok(at)
}

/// The other sheets, each with a link to it and what it shows. Gives the next row.
fn contents(page: &mut Page<'_>, mut at: u32, plans: &[Plan<'_>]) -> Result<u32, XlsxError> {
    if plans.is_empty() {
        return Ok(at);
    }
    let (heading, body) = (page.kit.looks.heading(), page.kit.looks.body());
    page.words(at, 0, &page.kit.model.frame.contents, &heading)?;
    at += 1;
    for plan in plans {
        page.jump(at, 0, &plan.name, body.clone())?;
        page.words(at, 1, &plan.caption, &body)?;
        at += 1;
    }
    Ok(at)
}

/// A section's facts under its title. Gives the next row.
fn facts(page: &mut Page<'_>, mut at: u32, section: &Section) -> Result<u32, XlsxError> {
    let lists = section.blocks.iter().filter_map(|block| if let Block::Facts(facts) = block { Some(facts) } else { None });
    let facts: Vec<&Fact> = lists.flatten().collect();
    if facts.is_empty() {
        return Ok(at);
    }
    at += 1;
    let heading = page.kit.looks.heading();
    page.words(at, 0, &section.title, &heading)?;
    at += 1;
    for fact in facts {
        at = values(page, at, fact)?;
    }
    Ok(at)
}

/// A fact's values, each on a row of its own, the label beside the first. Gives the next row.
fn values(page: &mut Page<'_>, mut at: u32, fact: &Fact) -> Result<u32, XlsxError> {
    let mut label = fact.label.as_str();
    for value in &fact.values {
        pair(page, at, label, &Cell::text(value.clone()))?;
        label = "";
        at += 1;
    }
    Ok(at)
}

fn pair(page: &mut Page<'_>, at: u32, label: &str, value: &Cell) -> Result<(), XlsxError> {
    let (muted, body) = (page.kit.looks.muted(), page.kit.looks.body());
    page.words(at, 0, label, &muted)?;
    page.cell(at, 1, value, &body)
}
