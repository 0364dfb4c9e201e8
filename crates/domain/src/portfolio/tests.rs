use proptest::prelude::*;

use super::*;
use crate::{Classification, Code, Currency, Head, Period, Place, ProgrammeLevel, ProgrammeStatus, Record, Text, Visibility};

fn head<T: Record>(code: &str) -> Head<T> {
    let code: Code = code.parse().unwrap();
    Head {
        id: Id::of_code(&code),
        code,
        visibility: Visibility::Public,
        effective: Visibility::Public,
        illustrative: false,
        version: 1,
    }
}
fn id<T: Record>(code: &str) -> Id<T> {
    head::<T>(code).id
}
fn programme(code: &str, parent: Option<&str>) -> Programme {
    Programme {
        head: head(code),
        level: ProgrammeLevel::Programme,
        parent: parent.map(id),
        partnership: None,
        title: Text::default(),
        acronym: None,
        description: Text::default(),
        reporting_organisation: None,
        status: Some(ProgrammeStatus::Closed),
        planned: Period { from: Some("2010-08".parse().unwrap()), to: Some("2011".parse().unwrap()) },
        actual: Period::default(),
        iati_identifier: None,
        classifications: vec![],
        places: vec![],
        relations: vec![],
    }
}
fn agreement(code: &str, programme: &str, funder: &str, ceiling: Money) -> Agreement {
    Agreement {
        head: head(code),
        programme: id(programme),
        funder: id(funder),
        recipient: None,
        title: Text::default(),
        reference: None,
        signed: None,
        period: Period::default(),
        eligible_cost: None,
        funder_share: None,
        ceiling: Some(ceiling),
        rate_rule: None,
        instalments: vec![],
        amendments: vec![],
        reports_due: vec![],
    }
}
fn groups(programmes: &[Programme], agreements: &[Agreement], by: Dimension) -> BTreeMap<GroupKey, Group> {
    let became = HashMap::from([(id("CIDA"), id("GAC"))]);
    portfolio(Facts { programmes, participations: &[], agreements, transactions: &[], became: &became }, by).unwrap()
}
fn sums(totals: &Totals) -> String {
    totals.iter().map(|m| m.to_string()).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_parent_and_its_child_are_counted_once() {
    let tree = [programme("P", None), programme("P/1", Some("P")), programme("Q", None)];
    let money = |s: &str| s.parse().unwrap();
    let agreed = [
        agreement("a", "P", "CIDA", money("100 CAD")),
        agreement("b", "P/1", "CIDA", money("40 CAD")),
        agreement("c", "P/1", "KAS", money("7 EUR")),
    ];
    let total = &groups(&tree, &agreed, Dimension::Total)[&GroupKey::None];
    assert_eq!((total.programmes, total.without_amount), (2, 1));
    assert_eq!(sums(&total.agreed), "100.00 CAD, 7.00 EUR", "the 40 are a part of the 100; another funder's 7 are not");
}

#[test]
fn predecessors_count_as_what_they_became_only_when_asked() {
    let agreed = [agreement("a", "P", "CIDA", "1 CAD".parse().unwrap()), agreement("b", "P", "GAC", "2 CAD".parse().unwrap())];
    let programmes = [programme("P", None)];
    let joined = groups(&programmes, &agreed, Dimension::FunderSuccession);
    assert_eq!(sums(&joined[&GroupKey::Record(id::<Organisation>("GAC").uuid())].agreed), "3.00 CAD");
    assert_eq!(groups(&programmes, &agreed, Dimension::Funder).len(), 3, "CIDA, GAC and the programme without participations");
}

#[test]
fn a_programme_counts_in_each_year_and_unshared_places_are_not_guessed() {
    let mut p = programme("P", None);
    let place = |code| Place { authority: id(code), percentage: None, note: Text::default() };
    p.places = vec![place("vinh"), place("da-nang")];
    let agreed = [agreement("a", "P", "CIDA", "9 CAD".parse().unwrap())];
    let years = groups(std::slice::from_ref(&p), &agreed, Dimension::Year);
    assert_eq!(
        years.iter().map(|(k, g)| (k.clone(), g.programmes, sums(&g.agreed))).collect::<Vec<_>>(),
        [(GroupKey::Year(2010), 1, "9.00 CAD".to_owned()), (GroupKey::Year(2011), 1, String::new())]
    );
    let places = groups(&[p], &agreed, Dimension::Authority);
    assert_eq!(sums(&places[&GroupKey::None].agreed), "9.00 CAD");
}

#[test]
fn a_circle_of_parents_ends() {
    let circle = [programme("P", Some("Q")), programme("Q", Some("P"))];
    assert_eq!(groups(&circle, &[], Dimension::Total)[&GroupKey::None].programmes, 0);
}

proptest! {
    #[test]
    fn every_grouping_of_money_sums_to_the_total(
        rows in prop::collection::vec((0usize..6, 0usize..3, 1i64..10i64.pow(13), prop::bool::ANY), 0..40),
        shares in prop::collection::vec(1u32..99_000_000, 6),
    ) {
        let programmes: Vec<Programme> = (0..6).map(|i| {
            let mut p = programme(&format!("P{i}"), (i > 2).then(|| format!("P{}", i - 3)).as_deref());
            let share = |n: u32| Percentage::from_millionths(n.into());
            let sector = |code: &str, n| Classification { scheme: Scheme::Sector, code: code.into(), percentage: share(n), significance: None };
            p.classifications = vec![sector("43030", shares[i]), sector("15112", 100_000_000 - shares[i])];
            p
        }).collect();
        let agreements: Vec<Agreement> = rows.iter().enumerate().map(|(n, (p, f, minor, vnd))| {
            let currency = if *vnd { Currency::VND } else { "CAD".parse().unwrap() };
            agreement(&format!("a{n}"), &format!("P{p}"), ["CIDA", "GAC", "KAS"][*f], Money::from_minor(*minor, currency))
        }).collect();
        let whole = |by| Totals::of(groups(&programmes, &agreements, by).values().flat_map(|g| g.agreed.iter().collect::<Vec<_>>())).unwrap();
        for by in Dimension::ALL {
            prop_assert_eq!(whole(*by), whole(Dimension::Total), "{:?}", by);
        }
    }
}
