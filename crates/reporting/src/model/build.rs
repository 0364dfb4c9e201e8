//! From a definition and a snapshot to the model: the order of things, the first page, the frame.

use ketnoi_domain::{Lang, PartialDate, Role, Totals};

use super::{Block, Cover, Frame, MODEL_FORMAT, ReportModel, Rich, Section, Style, Tile, Voice, author::Author, section};
use crate::{
    Options, ProgrammeSnapshot, ReportError,
    brand::{self, Brand, NEUTRAL},
    definition::{Definition, SectionSpec, WhenEmpty},
    wording::Wording,
};

/// Builds the model of a report.
pub fn build(
    definition: &Definition,
    snapshot: &ProgrammeSnapshot,
    lang: Lang,
    options: &Options,
) -> Result<ReportModel, ReportError> {
    let wording = Wording::load(&options.shelf, lang)?;
    let brands = brands(snapshot, options)?;
    let author = Author::new(snapshot, &wording, &brands);
    let mut sections = Vec::new();
    for spec in &definition.sections {
        sections.extend(section(&author, spec)?);
    }
    let palette = match brands.as_slice() {
        // Work paid for by several funders wears nobody's colours.
        [one] => one.colours.clone(),
        _ => Brand::load(&options.shelf, NEUTRAL)?.colours,
    };
    let model = ReportModel {
        format: MODEL_FORMAT,
        definition: definition.name.clone(),
        lang,
        brands: brands.iter().map(|b| b.name.clone()).collect(),
        palette,
        taken: snapshot.taken.clone(),
        revision: snapshot.revision,
        audience: snapshot.audience.clone(),
        subject: snapshot.programme.code.clone(),
        publisher: author.plain(&snapshot.publisher.name),
        cover: cover(&author, definition)?,
        frame: frame(&author),
        sections,
    };
    wording.check()?;
    Ok(model)
}

/// The brand that was asked for, else those of the funders.
fn brands(snapshot: &ProgrammeSnapshot, options: &Options) -> Result<Vec<Brand>, ReportError> {
    if let Some(name) = &options.brand {
        return Ok(vec![Brand::load(&options.shelf, name)?]);
    }
    let funders: Vec<_> = snapshot.participations.iter().filter(|p| p.role == Role::Funding).collect();
    let mut brands = brand::of_funders(&options.shelf, &funders)?;
    if brands.is_empty() {
        brands.push(Brand::load(&options.shelf, NEUTRAL)?);
    }
    Ok(brands)
}

/// A section as the definition asks for it; `None` if it has nothing to say and is not to say so.
fn section(author: &Author<'_>, spec: &SectionSpec) -> Result<Option<Section>, ReportError> {
    let key = spec.name.key();
    let mut blocks = section::blocks(author, spec)?;
    if blocks.is_empty() {
        if spec.empty == WhenEmpty::Omit {
            return Ok(None);
        }
        blocks.push(Block::Paragraph { voice: Voice::Note, text: author.say(&format!("empty-{key}")).into() });
    }
    let title = if spec.title.is_empty() { author.say(&format!("section-{key}")) } else { author.plain(&spec.title) };
    Ok(Some(Section { name: key.to_owned(), title, blocks }))
}

fn cover(author: &Author<'_>, definition: &Definition) -> Result<Cover, ReportError> {
    let (snapshot, programme) = (author.snapshot, &author.snapshot.programme);
    let kicker = [author.plain(&definition.title), author.plain(&snapshot.publisher.name)];
    let level = author.coded("level", programme.level);
    let subtitle = [programme.acronym.clone().map(Rich::from), Some(level.into()), Some(programme.code.as_str().into())];
    let mut seen = Vec::new();
    let subtitle = subtitle.into_iter().flatten().filter(|part: &Rich| {
        let plain = part.plain();
        let fresh = !seen.contains(&plain);
        seen.push(plain);
        fresh
    });
    Ok(Cover {
        kicker: kicker.iter().filter(|k| !k.is_empty()).cloned().collect::<Vec<_>>().join("  ·  "),
        title: author.text(&programme.title),
        subtitle: Rich::joined(subtitle, "  ·  "),
        notice: programme.illustrative.then(|| author.say("illustrative-notice")),
        tiles: tiles(author)?,
    })
}

/// The four figures that say most: when, how far, how much, where.
fn tiles(author: &Author<'_>) -> Result<Vec<Tile>, ReportError> {
    let (snapshot, programme) = (author.snapshot, &author.snapshot.programme);
    let tile = |label: &str, figure: Rich, note: Rich| Tile { label: author.say(label), figure, note };
    let year = |date: Option<PartialDate>| date.map(|d| d.year().to_string());
    let actual = (programme.actual.from.or(programme.planned.from), programme.actual.to.or(programme.planned.to));
    let years = match (year(actual.0), year(actual.1)) {
        (None, None) => author.unknown(),
        (Some(from), Some(to)) if from == to => from.into(),
        (Some(from), Some(to)) => author.say_with("period-full", &[("from", &from), ("to", &to)]).into(),
        (Some(from), None) => author.say_with("period-from", &[("from", &from)]).into(),
        (None, Some(to)) => author.say_with("period-to", &[("to", &to)]).into(),
    };
    let status = programme.status.map_or_else(|| author.unknown(), |s| author.coded("status", s).into());
    let ceilings = Totals::of(snapshot.agreements.iter().filter_map(|a| a.current_ceiling));
    let ceilings = ceilings.map_err(|source| ReportError::Money { subject: author.say("tile-money"), source })?;
    let money = if ceilings.is_empty() { author.unknown() } else { author.totals(&ceilings) };
    let unstated = snapshot.agreements.iter().filter(|a| a.current_ceiling.is_none()).count();
    let note =
        if unstated > 0 && !ceilings.is_empty() { author.count("tile-money-unstated", unstated).into() } else { Rich::default() };
    let places = match (snapshot.places.len(), snapshot.countries.len()) {
        (0, 0) => author.unknown(),
        (0, countries) => author.count("count-countries", countries).into(),
        (places, _) => author.count("count-places", places).into(),
    };
    Ok(vec![
        tile("tile-period", years, Rich::default()),
        tile("tile-status", status, Rich::default()),
        tile("tile-money", money, note),
        tile("tile-places", places, Rich::default()),
    ])
}

fn frame(author: &Author<'_>) -> Frame {
    let (snapshot, programme) = (author.snapshot, &author.snapshot.programme);
    let title = author.plain(&programme.title);
    let header = programme.acronym.as_ref().map_or(title.clone(), |short| format!("{short} · {title}"));
    let publisher = snapshot.publisher.short.clone().unwrap_or_else(|| author.plain(&snapshot.publisher.name));
    let date = author.instant_date(&snapshot.taken);
    Frame {
        header,
        mark: programme.illustrative.then(|| author.say("illustrative-mark")),
        footer: author.say_with("footer", &[("publisher", &publisher), ("date", &date)]),
        page: author.say_with("page-of", &[("page", "{page}"), ("pages", "{pages}")]),
        contents: author.say("contents"),
        colophon: author.say_with("colophon", &[("hash", "{hash}")]),
        attachment: author.say("attachment"),
    }
}

/// A paragraph of running text.
pub(crate) fn body(text: impl Into<Rich>) -> Block {
    Block::Paragraph { voice: Voice::Body, text: text.into() }
}

/// A remark.
pub(crate) fn note(text: impl Into<Rich>) -> Block {
    Block::Paragraph { voice: Voice::Note, text: text.into() }
}

/// A heading within a section.
pub(crate) fn heading(text: impl Into<String>) -> Block {
    Block::Heading(Rich::styled(text, Style::Plain))
}
