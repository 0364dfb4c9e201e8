//! What the funders ask to be said: each one's own statement, or for co-funded work that of co-funding, and a line that names
//! those who have none.

use ketnoi_domain::Role;

use crate::{
    ParticipationFacts, ReportError,
    brand::{Brand, NEUTRAL},
    model::{Author, Block, Drawing, Emblem, Figure, Rich, Voice, build::note},
};

/// The statements, then the line that names those who fund and have none, then disclaimers. Each funder is named once.
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
        // Whoever has a line already is not named again.
        if !plain.is_empty() {
            let mut names: Vec<String> = plain.iter().map(|f| name(author, f)).collect();
            names.dedup();
            let names = list(author, &names);
            let key = if brands.is_empty() { "acknowledgement-co-funded-by" } else { "acknowledgement-also-funded-by" };
            // A name such as `e. V.` brings the full stop with it.
            state(author.say_with(key, &[("funders", names.trim_end_matches('.'))]).into());
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

/// The name of the time, else the one in use now; this one too where it alone is known in the reader's language. A source that
/// gives only the acronym is read with the name that it stands for. A sentence of thanks has no room for the mark of another
/// language.
pub(super) fn name(author: &Author<'_>, funder: &ParticipationFacts) -> String {
    if let Some(short) = only_acronym(funder) {
        return format!("{} ({short})", author.plain(&funder.name));
    }
    let known = |text: &ketnoi_domain::Text| text.get(author.lang()).is_some();
    let now = funder.stated_name.is_empty() || (!known(&funder.stated_name) && known(&funder.name));
    author.plain(if now { &funder.name } else { &funder.stated_name })
}

/// The acronym of an organisation of which the source gives nothing else.
pub(super) fn only_acronym(p: &ParticipationFacts) -> Option<&str> {
    let short = p.short.as_deref()?;
    let mut stated = p.stated_name.iter().peekable();
    (stated.peek().is_some() && stated.all(|(_, name)| name == short) && !p.name.is_empty()).then_some(short)
}

/// A list of names as the language joins them.
pub(super) fn list(author: &Author<'_>, names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => author.say_with("list-and", &[("most", &most.join(", ")), ("last", last)]),
    }
}
