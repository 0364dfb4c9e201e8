//! An organisation that pays under several names, with a programme and a part of it, two currencies, and money that nobody
//! claims.

use std::{fmt::Debug, str::FromStr};

use ketnoi_domain::{
    AuthorityLevel, Coordinates, DocumentCategory, EventKind, Lang, MomentKind, Money, OrganisationType, PartialDate, Period,
    ProgrammeLevel, ProgrammeStatus, Qualifier, Role, SuccessionKind, Text,
};
use ketnoi_reporting::{
    ClassifiedFacts, DocumentFacts, GroupedBy, PartnerAgreementFacts, PartnerEventFacts, PartnerEventPart, PartnerFacts,
    PartnerMembershipFacts, PartnerMomentFacts, PartnerNameFacts, PartnerPartFacts, PartnerSuccessionFacts, PlaceFacts,
    PortfolioAmountFacts, PortfolioDimension, PortfolioFacts, PortfolioFunderFacts, PortfolioGroupFacts, PortfolioLineFacts,
    PortfolioMeasure, PortfolioSums, Publisher, Snapshot, StatedFigureFacts, StatementFacts, SubjectFacts, SubjectKind,
};

fn p<T: FromStr<Err: Debug>>(s: &str) -> T {
    s.parse().unwrap_or_else(|e| panic!("the sample's `{s}`: {e:?}"))
}

fn en(text: &str) -> Text {
    Text::new(Lang::En, text)
}

fn period(from: &str, to: &str) -> Period {
    let date = |s: &str| -> Option<PartialDate> { (!s.is_empty()).then(|| p(s)) };
    Period { from: date(from), to: date(to) }
}

fn monies(all: &[&str]) -> Vec<Money> {
    all.iter().map(|m| p(m)).collect()
}

/// Counts, then what was agreed, received and spent.
fn sums(programmes: usize, without_amount: usize, agreed: &[&str], received: &[&str], spent: &[&str]) -> PortfolioSums {
    PortfolioSums {
        programmes,
        without_amount,
        agreed: monies(agreed),
        received: monies(received),
        disbursed: Vec::new(),
        spent: monies(spent),
    }
}

fn group(key: &str, sums: PortfolioSums) -> PortfolioGroupFacts {
    PortfolioGroupFacts { key: (!key.is_empty()).then(|| key.into()), label: Text::default(), sums }
}

/// What each measure comes to in all: of the part of MPED nothing more.
const AGREED: [&str; 2] = ["18459189.50 CAD", "5000000000 VND"];

fn line(code: &str, title: &str, period: Period, amounts: &[(PortfolioMeasure, &str, &str)]) -> PortfolioLineFacts {
    let amount = |(measure, payer, value): &(PortfolioMeasure, &str, &str)| PortfolioAmountFacts {
        measure: *measure,
        payer: Some((*payer).into()),
        value: p(value),
    };
    PortfolioLineFacts {
        code: code.into(),
        title: en(title),
        acronym: None,
        level: ProgrammeLevel::Programme,
        parent: None,
        status: Some(ProgrammeStatus::Closed),
        period,
        funders: Vec::new(),
        co_funders: Vec::new(),
        sectors: vec![ClassifiedFacts {
            code: "15112".into(),
            name: en("Local government"),
            percentage: None,
            significance: None,
        }],
        countries: Vec::new(),
        places: Vec::new(),
        amounts: amounts.iter().map(amount).collect(),
        stated: Vec::new(),
        illustrative: false,
        sources: vec!["profile".into()],
    }
}

fn funder(code: &str, name: &str) -> PortfolioFunderFacts {
    PortfolioFunderFacts { code: code.into(), name: en(name), via: Text::default(), period: Period::default() }
}

fn lines() -> Vec<PortfolioLineFacts> {
    use PortfolioMeasure::{Agreed, Received, Spent};
    let mut old = line("UMP-1998", "Urban Management Programme", period("1998", ""), &[]);
    old.funders = vec![funder("CIDA", "Canadian International Development Agency")];
    old.co_funders = vec![funder("FCM", "Federation of Canadian Municipalities")];
    let mut whole =
        line("MPED", "Municipal Partners", period("2010-08-02", "2015-11-30"), &[(Agreed, "CIDA", "18458189.00 CAD")]);
    whole.funders = vec![funder("CIDA", "CIDA, later DFATD")];
    whole.places = vec!["ha-tinh".into()];
    whole.stated = vec![StatedFigureFacts {
        label: en("Worth of the programme"),
        value: p("24200000"),
        qualifier: Qualifier::About,
        as_of: None,
        source: "other".into(),
        registered: None,
    }];
    let mut part = line("MPED-STUDY", "Study", period("2013", "2014"), &[(Agreed, "CIDA", "100000.00 CAD")]);
    part.parent = Some("MPED".into());
    let moved = [
        (Agreed, "GAC", "1000.50 CAD"),
        (Agreed, "GAC", "5000000000 VND"),
        (Received, "GAC", "2000 VND"),
        (Spent, "GAC", "500 VND"),
    ];
    let mut last = line("PMI-LED", "Municipal Innovation", period("2016", "2021"), &moved);
    last.funders = vec![funder("GAC", "Global Affairs Canada")];
    vec![old, whole, part, last]
}

fn portfolio() -> PortfolioFacts {
    let by_year = vec![
        group("1998", sums(1, 1, &[], &[], &[])),
        group("2010", sums(1, 0, &["18458189.00 CAD"], &[], &[])),
        group("2016", sums(1, 0, &["1000.50 CAD", "5000000000 VND"], &["2000 VND"], &["500 VND"])),
    ];
    let by_funder = vec![
        group("CIDA", sums(2, 1, &["18458189.00 CAD"], &[], &[])),
        group("GAC", sums(1, 0, &["1000.50 CAD", "5000000000 VND"], &["2000 VND"], &["500 VND"])),
    ];
    let nowhere = vec![group("", sums(3, 1, &AGREED, &["2000 VND"], &["500 VND"]))];
    PortfolioFacts {
        payers: vec!["CIDA".into(), "GAC".into()],
        programmes: lines(),
        total: sums(3, 1, &AGREED, &["2000 VND"], &["500 VND"]),
        groups: vec![
            PortfolioDimension { by: GroupedBy::Year, groups: by_year },
            PortfolioDimension { by: GroupedBy::Funder, groups: by_funder },
            PortfolioDimension { by: GroupedBy::Country, groups: nowhere },
        ],
        unattributed: PortfolioSums { spent: monies(&["7.00 USD"]), ..PortfolioSums::default() },
        made_up: 2,
    }
}

fn document(key: &str, title: &str) -> DocumentFacts {
    DocumentFacts {
        key: key.into(),
        title: en(title),
        category: Some(DocumentCategory::WebPage),
        publisher: None,
        published: None,
        modified: None,
        url: None,
        language: Some(Lang::En),
        note: Text::default(),
    }
}

fn statement(value: &str, source: &str, current: bool) -> StatementFacts {
    StatementFacts {
        subject: en("Municipal Partners – CA-3"),
        property: Some("ceiling".into()),
        value: en(value),
        raw: None,
        current,
        source: source.into(),
        locator: None,
        stated: None,
        note: Text::default(),
    }
}

fn moment(kind: MomentKind, on: &str, body: &str, what: &str) -> PartnerMomentFacts {
    PartnerMomentFacts { kind, on: (!on.is_empty()).then(|| p(on)), body: en(body), what: en(what), programme: None }
}

fn part(role: Role, code: &str, title: &str, period: Period) -> PartnerPartFacts {
    PartnerPartFacts {
        role,
        name: en("CIDA"),
        code: code.into(),
        title: en(title),
        level: ProgrammeLevel::Programme,
        parent: None,
        status: None,
        period,
        taking_part: Period::default(),
        via: Text::default(),
        note: Text::default(),
        sources: vec!["profile".into()],
    }
}

fn partner() -> PartnerFacts {
    let name =
        |code: &str, name: &str, period: Period| PartnerNameFacts { code: code.into(), name: en(name), short: None, period };
    PartnerFacts {
        kind: Some(OrganisationType::Government),
        country: Some("CA".into()),
        partner: true,
        known_as: vec!["CIDA".into(), "GAC".into()],
        names: vec![
            name("CIDA", "Canadian International Development Agency", period("", "2013-06")),
            name("GAC", "Global Affairs Canada", period("2015-11", "")),
        ],
        successions: vec![PartnerSuccessionFacts {
            before: en("Canadian International Development Agency"),
            after: en("Global Affairs Canada"),
            how: SuccessionKind::Merged,
            on: Some(p("2013-06")),
        }],
        history: vec![
            moment(MomentKind::ProgrammeBegan, "2010-08-02", "", "Municipal Partners"),
            moment(MomentKind::Succeeded, "2013-06", "Canadian International Development Agency", "Global Affairs Canada"),
            moment(MomentKind::MembershipBegan, "", "", "A network"),
        ],
        memberships: vec![PartnerMembershipFacts {
            of_other: false,
            other: en("A network"),
            period: Period::default(),
            note: en("observer"),
            sources: Vec::new(),
        }],
        parts: vec![
            part(Role::Funding, "UMP-1998", "Urban Management Programme", period("1998", "")),
            part(Role::Funding, "MPED", "Municipal Partners", period("2010-08-02", "2015-11-30")),
            part(Role::Accountable, "MPED", "Municipal Partners", period("2010-08-02", "2015-11-30")),
        ],
        agreements: vec![PartnerAgreementFacts {
            code: "MPED:agr-1".into(),
            title: en("Canada's contribution"),
            programme: "MPED".into(),
            programme_title: en("Municipal Partners"),
            funder: en("CIDA"),
            recipient: Text::default(),
            reference: Some("CA-3-S065090001".into()),
            signed: None,
            period: period("2010-08-02", "2015-11-30"),
            ceiling: Some(p("18458189.00 CAD")),
            sources: vec!["profile".into()],
        }],
        events: vec![PartnerEventFacts {
            code: "E1".into(),
            kind: EventKind::Workshop,
            title: en("MPED Asia workshop"),
            part: PartnerEventPart::HeldWith,
            period: period("2013-03-13", "2013-03-15"),
            place: en("Hà Nội"),
            country: Some("VN".into()),
            programme: en("Municipal Partners"),
            sources: vec!["other".into()],
        }],
        sources: vec!["profile".into()],
        ..PartnerFacts::default()
    }
}

/// A payer with all that there is to tell of it.
pub(crate) fn canada() -> Snapshot {
    let subject = SubjectFacts {
        kind: SubjectKind::Organisation,
        key: "GAC".into(),
        title: en("Global Affairs Canada"),
        short: Some("GAC".into()),
        illustrative: false,
        period: Period::default(),
    };
    let place = PlaceFacts {
        code: "ha-tinh".into(),
        name: en("Hà Tĩnh"),
        level: AuthorityLevel::City,
        country: "VN".into(),
        coordinates: Some(Coordinates { latitude: p("18.34"), longitude: p("105.9") }),
        percentage: None,
        note: en("MPED"),
        became: None,
    };
    let publisher = Publisher { name: en("Association of Cities of Vietnam"), ..Publisher::default() };
    Snapshot {
        partner: Some(partner()),
        portfolio: Some(portfolio()),
        places: vec![place],
        statements: vec![
            statement("Maximum of 18,458,189", "profile", true),
            statement("A programme of 24.2 million", "other", false),
        ],
        documents: vec![document("profile", "Project profile"), document("other", "Past programmes")],
        ..Snapshot::of(subject, "2026-11-22T10:00:00Z", 7, "public", publisher)
    }
}

/// An organisation of which nothing is known but its name.
pub(crate) fn stranger() -> Snapshot {
    let mut s = canada();
    s.partner = Some(PartnerFacts { partner: true, ..PartnerFacts::default() });
    s.portfolio = None;
    s.places.clear();
    s.statements.clear();
    s.documents.clear();
    s
}
