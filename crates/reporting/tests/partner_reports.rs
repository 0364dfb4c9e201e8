//! Reports on an organisation: what it pays for, and who it is.

#[path = "samples/partner.rs"]
mod samples;
#[path = "samples/told.rs"]
mod told;

use ketnoi_domain::{Coded as _, Lang, Text};
use ketnoi_reporting::{
    ClassifiedFacts, Definition, Options, PortfolioGroupFacts, PortfolioSums, ReportError, Snapshot,
    model::{Block, Drawing, RowKind},
    render,
};
use told::{figures, holds, made, sections, words};

const REPORTS: [&str; 2] = ["funder-portfolio", "partner-profile"];

fn refused(change: fn(&mut Snapshot)) -> String {
    let mut snapshot = samples::canada();
    change(&mut snapshot);
    let definition = Definition::builtin("funder-portfolio").expect("the definition is built in");
    match render(&definition, &snapshot, Lang::En, &Options::default()) {
        Err(error @ ReportError::Unbalanced { .. }) => error.to_string(),
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("the report was made"),
    }
}

#[test]
fn both_reports_are_made_in_every_language_and_the_same_every_time() {
    for report in REPORTS {
        let definition = Definition::builtin(report).unwrap();
        for lang in Lang::ALL {
            assert!(definition.title.get(*lang).is_some() && definition.purpose.get(*lang).is_some(), "{report} {lang:?}");
            for snapshot in [samples::canada(), samples::stranger()] {
                let (first, second) = (made(report, &snapshot, *lang), made(report, &snapshot, *lang));
                assert!(first.pdf == second.pdf && first.pdf.starts_with(b"%PDF-1.7"), "{report} {lang:?}");
            }
        }
    }
    let stored = serde_json::to_string(&samples::canada()).unwrap();
    assert_eq!(serde_json::from_str::<Snapshot>(&stored).unwrap(), samples::canada());
}

#[test]
fn every_programme_has_the_name_of_its_funder_and_what_is_known_of_its_money() {
    let parts = [
        "Urban Management Programme",
        "CIDA, later DFATD",
        "with Federation of Canadian Municipalities",
        "18,458,189",
        "part of the amount of MPED",
        "Worth of the programme",
        "about 24,200,000",
        "Hà Tĩnh",
        "Of 1 programme no agreed amount is known.",
        "2 programmes that were made up",
        "A programme of 24.2 million",
        "without a source that says who paid: Spent 7.00\u{A0}USD",
    ];
    holds(&made("funder-portfolio", &samples::canada(), Lang::En), &parts);
}

#[test]
fn a_part_is_not_counted_again_and_currencies_stay_apart() {
    let report = made("funder-portfolio", &samples::canada(), Lang::En);
    let section = report.model.sections.iter().find(|s| s.name == "portfolio").unwrap();
    let table = section.blocks.iter().find_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).unwrap();
    let total = table.rows.iter().find(|r| r.kind == RowKind::Total).unwrap();
    assert_eq!(total.cells[1].text.plain(), "18,459,189.50\u{A0}CAD\n5,000,000,000\u{A0}VND");
    assert!(total.cells[0].text.plain().contains("3 programmes"));
    let tiles: Vec<String> = report.model.cover.tiles.iter().map(|t| t.figure.plain()).collect();
    assert_eq!(tiles, ["1998 – 2021", "3 programmes", "18,459,189.50\u{A0}CAD\n5,000,000,000\u{A0}VND", "1 place"]);
}

#[test]
fn lines_that_do_not_come_to_the_sums_are_refused() {
    let total = refused(|s| s.portfolio.as_mut().unwrap().total.agreed = vec!["18459189.50 CAD".parse().unwrap()]);
    assert!(total.contains("Programmes funded, Agreed: the lines sum to 18459189.50 CAD, 5000000000 VND"), "{total}");
    let group = refused(|s| s.portfolio.as_mut().unwrap().groups[0].groups[2].sums.spent.clear());
    assert!(group.contains("Spent, By year"), "{group}");
    assert!(
        refused(|s| s.portfolio.as_mut().unwrap().total.programmes = 4)
            .contains("Programmes: the lines sum to 3, the total says 4")
    );
    // Without its parent the part's amount counts.
    assert!(refused(|s| s.portfolio.as_mut().unwrap().programmes[2].parent = None).contains("the lines sum to 4"));
}

#[test]
fn pictures_show_what_can_be_compared_and_say_it_in_words() {
    let report = made("funder-portfolio", &samples::canada(), Lang::En);
    let lines = figures(&report, "portfolio");
    assert!(matches!(lines[0].drawing, Drawing::TimeLine(ref line) if line.items.len() == 4));
    let groups = figures(&report, "portfolio-groups");
    let captions: Vec<&str> = groups.iter().map(|f| f.caption.as_str()).collect();
    // Of the dong there is one amount alone, which compares with nothing.
    assert_eq!(captions, ["By name of the funder: agreed, in CAD", "By year: agreed, in CAD"]);
    assert!(groups[1].alternative.contains("2010: 18,458,189") && groups[1].alternative.contains("2016: 1,000.50"));
    let words = words(&report);
    assert!(words.contains("The registry does not say it of any of these programmes."), "no country is registered");
}

#[test]
fn years_that_say_the_same_share_a_row_and_an_amount_in_another_row_is_not_unknown() {
    let mut snapshot = samples::canada();
    let years = &mut snapshot.portfolio.as_mut().unwrap().groups[0].groups;
    for (at, year) in [(2, "2011"), (3, "2012")] {
        let mut quiet = years[1].clone();
        quiet.key = Some(year.into());
        quiet.sums.agreed.clear();
        years.insert(at, quiet);
    }
    let report = made("funder-portfolio", &snapshot, Lang::En);
    let section = report.model.sections.iter().find(|s| s.name == "portfolio-groups").unwrap();
    let tables: Vec<_> = section.blocks.iter().filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).collect();
    let cells = |i: usize| tables[1].rows.iter().map(|r| r.cells[i].text.plain()).collect::<Vec<_>>();
    assert_eq!(cells(0), ["1998", "2010", "2011 – 2012", "2016", "Total"]);
    assert_eq!(cells(1), ["UMP-1998", "MPED", "MPED", "PMI-LED", ""]);
    assert_eq!(cells(4)[..3], ["unknown", "18,458,189.00\u{A0}CAD", "counted in another row"]);
}

#[test]
fn a_whole_stands_before_its_parts_whichever_began_first() {
    let mut snapshot = samples::canada();
    snapshot.portfolio.as_mut().unwrap().programmes.reverse();
    let report = made("funder-portfolio", &snapshot, Lang::En);
    let section = report.model.sections.iter().find(|s| s.name == "portfolio").unwrap();
    let table = section.blocks.iter().find_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).unwrap();
    let plain = table.rows.iter().filter(|r| r.kind == RowKind::Plain).map(|r| r.cells[0].text.plain());
    let told: Vec<String> = plain.map(|text| text.lines().nth(1).unwrap_or_default().to_owned()).collect();
    assert_eq!(
        told,
        ["Programme · PMI-LED", "Programme · MPED", "Programme · MPED-STUDY · part of MPED", "Programme · UMP-1998"]
    );
    assert_eq!(table.rows.last().unwrap().cells[0].text.plain(), "Total\n3 programmes, with 1 part");
}

#[test]
fn amounts_that_nobody_divides_have_a_row_that_counts_no_programme() {
    let mut snapshot = samples::canada();
    let all = snapshot.portfolio.as_mut().unwrap();
    let vietnam = ClassifiedFacts { code: "VN".into(), ..all.programmes[1].sectors[0].clone() };
    for line in all.programmes.iter_mut().filter(|l| l.code != "UMP-1998") {
        line.countries = vec![ClassifiedFacts { name: Text::default(), ..vietnam.clone() }];
    }
    let groups = &mut all.groups[2].groups;
    let together = groups[0].clone();
    let counts = |programmes, without_amount| PortfolioSums { programmes, without_amount, ..PortfolioSums::default() };
    groups[0].sums = PortfolioSums { programmes: 1, without_amount: 1, ..together.sums.clone() };
    groups.insert(0, PortfolioGroupFacts { key: Some("VN".into()), sums: counts(2, 0), ..together });
    let report = made("funder-portfolio", &snapshot, Lang::En);
    let section = report.model.sections.iter().find(|s| s.name == "portfolio-groups").unwrap();
    let table = section.blocks.iter().rev().find_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).unwrap();
    let cells = |i: usize| table.rows.iter().map(|r| r.cells[i].text.plain()).collect::<Vec<_>>();
    assert_eq!(cells(0), ["Viet Nam", "not stated", "amounts that could not be divided", "Total"]);
    assert_eq!(cells(1), ["MPED, PMI-LED", "UMP-1998", "", ""]);
    assert_eq!(cells(2), ["2", "1", "", "3"]);
    assert_eq!(cells(4)[..2], ["counted in another row", "unknown"]);
    assert!(cells(4)[2].contains("18,459,189.50"), "{:?}", cells(4));
}

#[test]
fn a_report_on_the_money_of_one_who_pays_nothing_says_so_and_leaves_out_all_else() {
    let mut snapshot = samples::canada();
    snapshot.portfolio = None;
    let report = made("funder-portfolio", &snapshot, Lang::En);
    assert!(report.model.cover.tiles.is_empty());
    let names = sections(&report);
    assert_eq!(names, ["partner", "portfolio", "documents", "provenance"]);
    let told = words(&report);
    assert!(told.contains("It takes part in 2 programmes in other roles") && !told.contains("Past programmes"), "{told}");
}

#[test]
fn a_profile_tells_the_whole_history() {
    let report = made("partner-profile", &samples::canada(), Lang::En);
    let told = words(&report);
    for part in [
        "Canadian International Development Agency was merged into Global Affairs Canada",
        "(June 2013)",
        "Canadian International Development Agency → Global Affairs Canada",
        "until June 2013",
        "It belongs to",
        "observer",
        "Accountable",
        "CA-3-S065090001",
        "MPED Asia workshop",
        "held it with others",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    let history = figures(&report, "history");
    assert_eq!(history.len(), 1);
    assert!(
        history[0].alternative.contains("Municipal Partners: 2 August 2010 – 30 November 2015"),
        "{}",
        history[0].alternative
    );
    assert!(figures(&report, "map").is_empty(), "one place needs no map");
    assert_eq!(report.model.cover.tiles[1].figure.plain(), "2 programmes", "MPED counts once, whatever the roles");
}

#[test]
fn what_is_unknown_of_an_organisation_is_said_in_words() {
    let report = made("partner-profile", &samples::stranger(), Lang::Vi);
    let told = words(&report);
    assert!(told.contains("chưa rõ") && told.contains("Sổ đăng ký chưa ghi quá trình hợp tác"), "{told}");
    assert!(figures(&report, "history").is_empty());
    let empty = words(&made("funder-portfolio", &samples::stranger(), Lang::En));
    assert!(empty.contains("The registry holds no programme that this organisation funds."), "{empty}");
}

#[test]
fn a_payer_wears_its_own_brand_and_others_nobodys() {
    assert_eq!(made("funder-portfolio", &samples::canada(), Lang::En).model.brands, ["canada"]);
    assert_eq!(made("partner-profile", &samples::stranger(), Lang::En).model.brands, ["neutral"]);
}

#[test]
fn groupings_are_named_once_and_where_they_belong() {
    let read = |section: &str| {
        let text = format!("title.en = \"Mine\"\nsubject = \"organisation\"\n[[section]]\n{section}\n");
        Definition::parse("mine", &text).map(|d| d.sections[0].options()).map_err(|e| e.to_string())
    };
    let set = read("name = \"portfolio-groups\"\nby = [\"year\", \"city\"]").unwrap();
    assert_eq!(set, [("by", "year, city".to_owned())]);
    assert!(read("name = \"portfolio-groups\"\nby = []").unwrap_err().contains("`by` is empty: choose from year, sector, city"));
    assert!(read("name = \"portfolio-groups\"\nby = [\"year\", \"year\"]").unwrap_err().contains("`by` names `year` twice"));
    let misplaced = read("name = \"portfolio\"\nby = [\"year\"]").unwrap_err();
    assert!(misplaced.ends_with("section `portfolio`: `by` is an option of section `portfolio-groups`"), "{misplaced}");
    assert!(read("name = \"portfolio-groups\"\nby = [\"moon\"]").unwrap_err().contains("moon"));
    assert!(read("name = \"results\"").unwrap_err().contains("has nothing to say of the subject `organisation`"));
}
