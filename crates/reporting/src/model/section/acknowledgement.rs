//! What the funders ask to be said: each one's own statement, or for co-funded work that of co-funding, and a line that names
//! them all where some have none.

use ketnoi_domain::Role;

use crate::{
    ParticipationFacts, ReportError,
    brand::{Brand, NEUTRAL},
    model::{Author, Block, Drawing, Emblem, Figure, Rich, Voice, build::note},
};

/// The statements, then the line that names all who fund together if some have no statement, then disclaimers.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let funders: Vec<&ParticipationFacts> = author.snapshot.participations.iter().filter(|p| p.role == Role::Funding).collect();
    let publisher = author.plain(&author.snapshot.publisher.name);
    let of_brand = |text: &ketnoi_domain::Text| -> Rich {
        let mut rich = author.text(text);
        for span in &mut rich.0 {
            span.text = span.text.replace("{publisher}", &publisher);
        }
        rich
    };
    let brands: Vec<&Brand> = author.brands.iter().filter(|b| b.name != NEUTRAL).collect();
    let mut blocks: Vec<Block> = Vec::new();
    let mut state = |text: Rich| {
        if !text.is_empty() {
            blocks.push(Block::Paragraph { voice: Voice::Statement, text });
        }
    };
    // A payer that changed its name is one payer, and so is one brand.
    let plain: Vec<&&ParticipationFacts> = funders.iter().filter(|f| !brands.iter().any(|b| b.is_of(f))).collect();
    if brands.len() + plain.len() > 1 {
        // Whoever has a line for co-funded work does not say besides that the work is theirs alone.
        for brand in &brands {
            state(of_brand(if brand.co_funding.is_empty() { &brand.acknowledgement } else { &brand.co_funding }));
        }
        // Where each has a line of its own, one that names them all would say it again.
        if !plain.is_empty() {
            let names = list(author, &funders.iter().map(|f| name(author, f)).collect::<Vec<_>>());
            // A name such as `e. V.` brings the full stop with it.
            state(author.say_with("acknowledgement-co-funded-by", &[("funders", names.trim_end_matches('.'))]).into());
        }
    } else {
        for brand in &brands {
            state(of_brand(&brand.acknowledgement));
        }
        // A funder without a brand of its own is acknowledged all the same.
        if let [funder] = plain.as_slice() {
            let name = name(author, funder);
            state(author.say_with("acknowledgement-funded-by", &[("funders", name.trim_end_matches('.'))]).into());
        }
    }
    blocks.extend(brands.iter().map(|b| of_brand(&b.disclaimer)).filter(|t| !t.is_empty()).map(note));
    blocks.extend(emblems(author, &brands)?);
    Ok(blocks)
}

/// The emblems that the funders ask for, side by side; a place is kept for those that nobody supplied.
fn emblems(author: &Author<'_>, brands: &[&Brand]) -> Result<Option<Block>, ReportError> {
    let mut emblems = Vec::new();
    for brand in brands {
        if let Some(rule) = &brand.emblem {
            emblems.push(Emblem { name: author.plain(&rule.name), art: brand.art(author.shelf)? });
        }
    }
    let names = list(author, &emblems.iter().map(|e| e.name.clone()).collect::<Vec<_>>());
    let figure = || Figure {
        caption: String::new(),
        alternative: names,
        drawing: Drawing::Emblems(emblems.clone()),
        note: Rich::default(),
    };
    Ok((!emblems.is_empty()).then(|| Block::Figure(figure())))
}

/// The name of the time, else the one in use now; this one too where it alone is known in the reader's language. A sentence of
/// thanks has no room for the mark of another language.
pub(super) fn name(author: &Author<'_>, funder: &ParticipationFacts) -> String {
    let known = |text: &ketnoi_domain::Text| text.get(author.lang()).is_some();
    let now = funder.stated_name.is_empty() || (!known(&funder.stated_name) && known(&funder.name));
    author.plain(if now { &funder.name } else { &funder.stated_name })
}

/// A list of names as the language joins them.
pub(super) fn list(author: &Author<'_>, names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => author.say_with("list-and", &[("most", &most.join(", ")), ("last", last)]),
    }
}
