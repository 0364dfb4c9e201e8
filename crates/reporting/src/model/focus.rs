//! What a report on an organisation's money leaves out of a snapshot that holds all that the organisation did.

use ketnoi_domain::Lang;

use crate::{
    PortfolioLineFacts, Snapshot,
    definition::{Definition, SectionName},
};

/// The snapshot with only those statements, agreements and documents that concern what the organisation pays for, if the report
/// tells of nothing else. Documents keep their order.
pub(super) fn on_money(definition: &Definition, snapshot: &Snapshot, lang: Lang) -> Option<Snapshot> {
    let partner = snapshot.partner.as_ref()?;
    let names = || definition.sections.iter().map(|s| s.name);
    let on_money = |name: SectionName| matches!(name, SectionName::Portfolio | SectionName::PortfolioGroups);
    let beside = |name: SectionName| {
        matches!(
            name,
            SectionName::Partner
                | SectionName::PartnerAgreements
                | SectionName::Conflicts
                | SectionName::Documents
                | SectionName::Provenance
        )
    };
    if !names().any(on_money) || !names().all(|n| on_money(n) || beside(n)) {
        return None;
    }
    let lines: &[PortfolioLineFacts] = snapshot.portfolio.as_ref().map(|p| p.programmes.as_slice()).unwrap_or_default();
    let mut focused = snapshot.clone();
    // What is said of an agreement on a programme, or of a part taken in it, bears the programme's title before its own.
    focused.statements.retain(|s| {
        let said_of = s.subject.in_lang(lang);
        let own = |l: &PortfolioLineFacts| said_of.strip_prefix(l.title.in_lang(lang));
        lines.iter().filter_map(own).any(|rest| rest.is_empty() || rest.starts_with(" – "))
    });
    let mut partner = partner.clone();
    partner.agreements.retain(|a| lines.iter().any(|l| l.code == a.programme));
    let cited = partner.sources.iter().chain(partner.agreements.iter().flat_map(|a| &a.sources));
    let cited = cited.chain(lines.iter().flat_map(|l| l.sources.iter().chain(l.stated.iter().map(|f| &f.source))));
    let cited: Vec<&String> = cited.chain(focused.statements.iter().map(|s| &s.source)).collect();
    focused.documents.retain(|d| cited.contains(&&d.key));
    focused.partner = Some(partner);
    Some(focused)
}
