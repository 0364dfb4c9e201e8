//! From a definition and a snapshot to the model: brands, colours, the order of sections.

use ketnoi_domain::{Lang, Role};

use super::{Block, MODEL_FORMAT, ReportModel, Rich, Section, Style, Voice, author::Author, cover, focus, section};
use crate::{
    Options, ReportError, Snapshot,
    brand::{self, Brand, NEUTRAL},
    definition::{Definition, SectionName, SectionSpec, WhenEmpty},
    wording::Wording,
};

/// Builds the model of a report.
pub fn build(definition: &Definition, snapshot: &Snapshot, lang: Lang, options: &Options) -> Result<ReportModel, ReportError> {
    let wording = Wording::load(&options.shelf, lang)?;
    let brands = brands(snapshot, options)?;
    let focused = focus::on_money(definition, snapshot, lang);
    let snapshot = focused.as_ref().unwrap_or(snapshot);
    let author = Author::new(snapshot, &wording, &brands, &options.shelf);
    let sections = sections(&author, &definition.sections)?;
    let palette = match brands.as_slice() {
        // Work paid for by several funders wears nobody's colours.
        [one] => one.colours.clone(),
        _ => Brand::load(&options.shelf, NEUTRAL)?.colours,
    };
    let model = ReportModel {
        format: MODEL_FORMAT,
        definition: definition.name.clone(),
        lang,
        period: snapshot.subject.period,
        brand: options.brand.clone(),
        brands: brands.iter().map(|b| b.name.clone()).collect(),
        palette,
        taken: snapshot.taken.clone(),
        revision: snapshot.revision,
        audience: snapshot.audience.clone(),
        subject_kind: snapshot.subject.kind,
        subject: snapshot.subject.key.clone(),
        publisher: author.plain(&snapshot.publisher.name),
        cover: cover::cover(&author, definition)?,
        frame: cover::frame(&author),
        sections,
    };
    wording.check()?;
    Ok(model)
}

/// The brand that was asked for, else those of the funders.
fn brands(snapshot: &Snapshot, options: &Options) -> Result<Vec<Brand>, ReportError> {
    if let Some(name) = &options.brand {
        return Ok(vec![Brand::load(&options.shelf, name)?]);
    }
    let funders: Vec<_> = snapshot.participations.iter().filter(|p| p.role == Role::Funding).collect();
    // A report on an organisation that pays wears that one's brand, under whichever of its names the brand knows it.
    let payer = snapshot.partner.as_ref().filter(|_| snapshot.portfolio.is_some());
    let mut brands: Vec<Brand> = match payer {
        Some(payer) => brand::of_names(&options.shelf, &payer.known_as)?.into_iter().collect(),
        None => brand::of_funders(&options.shelf, &funders)?,
    };
    if brands.is_empty() {
        brands.push(Brand::load(&options.shelf, NEUTRAL)?);
    }
    Ok(brands)
}

/// The sections in their order. A glossary is made once the others are, wherever it stands, since it explains what they say;
/// the last to be made is the section that tells whether some text was only there in another language.
fn sections(author: &Author<'_>, specs: &[SectionSpec]) -> Result<Vec<Section>, ReportError> {
    let turn = |name: SectionName| match name {
        SectionName::Glossary => 1,
        SectionName::Provenance => 2,
        _ => 0,
    };
    let mut made: Vec<Option<Section>> = vec![None; specs.len()];
    for now in 0..=2 {
        for (i, spec) in specs.iter().enumerate().filter(|(_, spec)| turn(spec.name) == now) {
            let told: Vec<&Section> = made.iter().flatten().collect();
            let section = section(author, spec, &told)?;
            made[i] = section;
        }
    }
    Ok(made.into_iter().flatten().collect())
}

/// A section as the definition asks for it; `None` if it has nothing to say and is not to say so.
fn section(author: &Author<'_>, spec: &SectionSpec, told: &[&Section]) -> Result<Option<Section>, ReportError> {
    let key = spec.name.key();
    let mut blocks = section::blocks(author, spec, told)?;
    let title = if spec.title.is_empty() { section::title(author, spec) } else { author.plain(&spec.title) };
    if blocks.is_empty() {
        match spec.empty {
            WhenEmpty::Omit => return Ok(None),
            WhenEmpty::Say => blocks.push(note(author.say(&format!("empty-{key}")))),
            WhenEmpty::List => {
                author.pass_over(title);
                return Ok(None);
            }
        }
    }
    Ok(Some(Section { name: key.to_owned(), title, blocks }))
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
