//! The library of sections. Each file writes one; an empty list of blocks means that there is nothing to say. `budget` is a
//! part of `finance`, `tallies` of `dialogue`; `asked`, `charted`, `cited`, `counted`, `exchange`, `said`,
//! `funders` and `reached` are what several sections share.

mod about_programme;
mod acknowledgement;
mod asked;
mod ballot;
mod bilateral_summary;
mod budget;
mod charted;
mod cited;
mod classification;
mod conflicts;
mod consortium;
mod contact;
pub(super) mod counted;
mod dated_news;
mod delegation;
mod dialogue;
mod documents;
mod editors_notes;
pub(super) mod event;
pub(super) mod event_figures;
mod events;
mod exchange;
pub(super) mod figures;
mod finance;
mod finance_chart;
mod finance_funders;
mod finance_lines;
mod funders;
mod glossary;
mod history;
mod key_data;
mod lead;
mod map;
mod memberships;
mod narrative;
mod next_reports;
mod outcomes;
mod paid_by;
mod participants;
mod partner;
mod partner_agreements;
mod partner_events;
mod partner_programmes;
mod partnership_agreements;
mod partnership_time_line;
mod partnership_totals;
mod partnerships;
mod places;
mod portfolio;
mod portfolio_groups;
mod portfolio_sums;
mod provenance;
mod reached;
mod readings;
mod recommendations;
mod replication_stages;
mod replications;
mod results;
mod results_chart;
mod results_period;
mod risks;
mod road_map;
mod said;
mod sessions;
mod spans;
mod tallies;
mod voices;
mod year_agreements;
mod year_memberships;
mod year_money;
pub(super) mod year_participants;
mod year_practices;
mod year_programmes;
mod year_results;
mod year_summary;

use super::{Author, Block, Section, build::body};
use crate::{
    ReportError,
    definition::{SectionName, SectionSpec},
};

/// What a section says.
/// `told` is what the sections before it in the making say: a glossary explains the acronyms in it, and rates are told once.
pub(super) fn blocks(author: &Author<'_>, spec: &SectionSpec, told: &[&Section]) -> Result<Vec<Block>, ReportError> {
    match spec.name {
        SectionName::KeyData => Ok(key_data::blocks(author)),
        SectionName::Acknowledgement => acknowledgement::blocks(author),
        SectionName::Description => Ok(description(author)),
        SectionName::Participants => Ok(participants::blocks(author)),
        SectionName::Places => Ok(places::blocks(author)),
        SectionName::Classification => Ok(classification::blocks(author)),
        SectionName::Results => Ok(results::blocks(author, spec)),
        SectionName::Events => events::blocks(author),
        SectionName::Replications => replications::blocks(author),
        SectionName::Recommendations => recommendations::blocks(author),
        SectionName::Dialogue => dialogue::blocks(author),
        SectionName::Ballot => ballot::blocks(author),
        SectionName::Map => Ok(map::blocks(author)),
        SectionName::ReplicationStages => replication_stages::blocks(author),
        SectionName::RoadMap => road_map::blocks(author),
        SectionName::Event => event::blocks(author),
        SectionName::Delegation => delegation::blocks(author),
        SectionName::Sessions => sessions::blocks(author),
        SectionName::Meetings => sessions::meetings(author),
        SectionName::Outcomes => Ok(outcomes::blocks(author)),
        SectionName::Voices => Ok(voices::blocks(author)),
        SectionName::PaidBy => Ok(paid_by::blocks(author)),
        SectionName::Readings => readings::blocks(author),
        SectionName::Lead => Ok(lead::blocks(author)),
        SectionName::EditorsNotes => editors_notes::blocks(author),
        SectionName::EventFigures => Ok(event_figures::blocks(author)),
        SectionName::AboutProgramme => Ok(about_programme::blocks(author)),
        SectionName::Consortium => Ok(consortium::blocks(author)),
        SectionName::Contact => Ok(contact::blocks(author)),
        SectionName::Finance => finance::blocks(author, spec),
        SectionName::StatedFigures => figures::blocks(author),
        SectionName::Conflicts => conflicts::blocks(author),
        SectionName::Risks => Ok(risks::blocks(author)),
        SectionName::Documents => Ok(documents::blocks(author)),
        SectionName::Partner => partner::blocks(author),
        SectionName::History => Ok(history::blocks(author)),
        SectionName::Memberships => memberships::blocks(author),
        SectionName::PartnerProgrammes => partner_programmes::blocks(author),
        SectionName::PartnerAgreements => partner_agreements::blocks(author),
        SectionName::PartnerEvents => partner_events::blocks(author),
        SectionName::Portfolio => portfolio::blocks(author),
        SectionName::PortfolioGroups => portfolio_groups::blocks(author, spec),
        SectionName::Narrative => Ok(narrative::blocks(author, spec)),
        SectionName::ResultsChart => Ok(results_chart::blocks(author, spec)),
        SectionName::FinanceLines => finance_lines::blocks(author, told),
        SectionName::FinanceFunders => finance_funders::blocks(author, told),
        SectionName::FinanceChart => finance_chart::blocks(author, spec),
        SectionName::NextReports => Ok(next_reports::blocks(author)),
        SectionName::Glossary => Ok(glossary::blocks(author, told)),
        SectionName::BilateralSummary => bilateral_summary::blocks(author),
        SectionName::Partnerships => partnerships::blocks(author),
        SectionName::PartnershipTimeLine => Ok(partnership_time_line::blocks(author)),
        SectionName::PartnershipAgreements => partnership_agreements::blocks(author),
        SectionName::PartnershipTotals => partnership_totals::blocks(author),
        SectionName::DatedNews => dated_news::blocks(author),
        SectionName::YearSummary => Ok(year_summary::blocks(author)),
        SectionName::YearProgrammes => year_programmes::blocks(author),
        SectionName::YearParticipants => year_participants::blocks(author),
        SectionName::YearAgreements => year_agreements::blocks(author),
        SectionName::YearMoney => year_money::blocks(author),
        SectionName::YearResults => Ok(year_results::blocks(author)),
        SectionName::YearPractices => year_practices::blocks(author),
        SectionName::YearMemberships => year_memberships::blocks(author),
        SectionName::Provenance => Ok(provenance::blocks(author)),
    }
}

/// The heading of a section that has none of its own in the definition: a narrative of one part bears the name of that part.
pub(super) fn title(author: &Author<'_>, spec: &SectionSpec) -> String {
    match narrative::only_part(spec).filter(|_| spec.name == SectionName::Narrative) {
        Some(part) => author.coded("narrative", part),
        None => author.say(&format!("section-{}", spec.name.key())),
    }
}

/// The programme's description, a paragraph for each of its paragraphs.
fn description(author: &Author<'_>) -> Vec<Block> {
    let Some(programme) = &author.snapshot.programme else { return Vec::new() };
    let text = author.text(&programme.description);
    let [words, mark @ ..] = text.0.as_slice() else { return Vec::new() };
    let paragraphs: Vec<&str> = words.text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).collect();
    let last = paragraphs.len().saturating_sub(1);
    let paragraph = |(i, text): (usize, &str)| {
        let mut spans = vec![super::Span { text: text.to_owned(), ..words.clone() }];
        if i == last {
            spans.extend(mark.iter().cloned());
        }
        body(super::Rich(spans))
    };
    paragraphs.into_iter().enumerate().map(paragraph).collect()
}
