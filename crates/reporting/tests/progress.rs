//! The report on a period: what was told, reached and spent in it, before it and up to its end.

mod samples;

use ketnoi_domain::{Coded as _, Decimal, Lang, Money, NarrativeSection, PartialDate, Period, ReportDue, Text, TransactionType};
use ketnoi_reporting::{
    Definition, NarrativeFacts, Options, Rendered, ReportError, Snapshot, TransactionFacts,
    model::{Bars, Block, Drawing, Figure, Style, Table},
    render,
};

fn try_made(snapshot: &Snapshot, lang: Lang) -> Result<Rendered, ReportError> {
    let definition = Definition::builtin("progress").expect("the definition is built in");
    render(&definition, snapshot, lang, &Options::default())
}

fn made(snapshot: &Snapshot, lang: Lang) -> Rendered {
    try_made(snapshot, lang).expect("the sample is sound")
}

fn period(from: &str, to: &str) -> Period {
    Period { from: from.parse().ok(), to: to.parse().ok() }
}

/// A programme with three budget lines and no movements, in a report on a period.
fn sample(from: &str, to: &str) -> Snapshot {
    let mut snapshot = samples::full(3, 0);
    snapshot.subject.period = period(from, to);
    let budget = [("250000.50 EUR", Some("250000.50 EUR")), ("1000000 VND", Some("900000 VND")), ("500000 VND", None)];
    for (line, (value, forecast)) in snapshot.finance.budget_lines.iter_mut().zip(budget) {
        line.value = value.parse().expect("it is an amount");
        line.forecast = forecast.map(|f| f.parse().expect("it is an amount"));
    }
    snapshot
}

fn movement(kind: TransactionType, date: &str, value: &str, line: Option<&str>, agreement: Option<&str>) -> TransactionFacts {
    TransactionFacts {
        kind,
        date: date.parse().expect("it is a day"),
        value: value.parse().expect("it is an amount"),
        provider: Text::default(),
        receiver: Text::default(),
        description: Text::default(),
        voucher: None,
        agreement: agreement.map(Into::into),
        budget_line: line.map(Into::into),
    }
}

fn spent(date: &str, value: &str, line: &str) -> TransactionFacts {
    movement(TransactionType::Expenditure, date, value, Some(line), None)
}

fn blocks<'m>(report: &'m Rendered, section: &str) -> Vec<&'m Block> {
    report.model.sections.iter().filter(|s| s.name == section).flat_map(|s| &s.blocks).collect()
}

fn tables<'m>(report: &'m Rendered, section: &str) -> Vec<&'m Table> {
    let table = |b: &'m Block| if let Block::Table(table) = b { Some(table) } else { None };
    blocks(report, section).into_iter().filter_map(table).collect()
}

fn figures<'m>(report: &'m Rendered, section: &str) -> Vec<&'m Figure> {
    let figure = |b: &'m Block| if let Block::Figure(figure) = b { Some(figure) } else { None };
    blocks(report, section).into_iter().filter_map(figure).collect()
}

fn bars(figure: &Figure) -> &Bars {
    let Drawing::Bars(bars) = &figure.drawing else { panic!("{} draws no bars", figure.caption) };
    bars
}

fn spaced(text: &str) -> String {
    text.replace('\u{A0}', " ")
}

fn rows(table: &Table) -> Vec<Vec<String>> {
    table.rows.iter().map(|r| r.cells.iter().map(|c| spaced(&c.text.plain())).collect()).collect()
}

fn words(report: &Rendered) -> String {
    // Pieces of one text are read as one.
    spaced(&serde_json::to_string(&report.model).expect("a model is JSON").replace("\"},{\"text\":\"", ""))
}

fn holds(report: &Rendered, parts: &[&str]) {
    let words = words(report);
    for part in parts {
        assert!(words.contains(part), "{part} is not in {words}");
    }
}

#[test]
fn every_programme_has_a_report_in_every_language_with_and_without_a_period() {
    for (name, mut snapshot) in samples::all() {
        for asked in [Period::default(), period("2024-01-01", "2024-12-31"), period("2025", "")] {
            snapshot.subject.period = asked;
            for lang in Lang::ALL {
                let report = try_made(&snapshot, *lang).unwrap_or_else(|e| panic!("{name} in {}: {e}", lang.code()));
                assert!(report.pages > 0);
            }
        }
    }
}

#[test]
fn a_programme_of_which_nothing_is_known_says_so_and_draws_nothing() {
    let report = made(&samples::empty(), Lang::En);
    holds(&report, &["The registry holds no budget lines for this programme.", "Nothing registered on"]);
    holds(&report, &["Summary · Activities · Funds by funder · Risks · Lessons learnt · Next steps"]);
    let drawn = report.model.sections.iter().flat_map(|s| &s.blocks).any(|b| matches!(b, Block::Figure(_)));
    assert!(!drawn);
}

#[test]
fn lines_say_what_was_spent_in_the_period_in_all_and_what_is_left() {
    let mut snapshot = sample("2025-01-01", "2025-12-31");
    snapshot.finance.transactions = vec![
        spent("2024-06-01", "300000 VND", "MH/b1"),
        spent("2025-03-01", "200000 VND", "MH/b1"),
        spent("2025-05-05", "100000 VND", "MH/b2"),
        spent("2026-01-01", "999 VND", "MH/b1"),
    ];
    let report = made(&snapshot, Lang::En);
    let tables = tables(&report, "finance-lines");
    let dong = tables.iter().find(|t| t.caption == "Eligible costs in VND").unwrap();
    let headings: Vec<&str> = dong.columns.iter().map(|c| c.heading.as_str()).collect();
    assert_eq!(headings, ["Budget line", "Budget", "Spent in the period", "Spent to date", "Forecast", "Variance", "Variance %"]);
    let rows = rows(dong);
    assert_eq!(rows[0][1..], ["1,000,000", "200,000", "500,000", "900,000", "100,000", "10%"]);
    assert_eq!(rows[1], ["Explanation: Two courses were held as one, which cost less."]);
    assert_eq!(rows[2][1..], ["500,000", "100,000", "100,000", "not stated", "400,000", "80%"]);
    let total = ["Total", "1,500,000", "300,000", "600,000", "900,000\nstated for 1 of 2 lines", "500,000", "33.3%"];
    assert_eq!(rows[3], total);
    holds(&report, &["Interim financial report. End of the programme: 30 June 2028."]);
    // Without a period there is one column of spending, and all of it counts.
    snapshot.subject.period = Period::default();
    let report = made(&snapshot, Lang::En);
    let whole = self::tables(&report, "finance-lines").into_iter().find(|t| t.caption == "Eligible costs in VND").unwrap();
    assert_eq!((whole.columns.len(), self::rows(whole)[0][2].as_str()), (6, "500,999"));
}

#[test]
fn a_report_that_reaches_the_end_is_final_and_ineligible_costs_stand_apart() {
    let mut snapshot = sample("2028-01-01", "2028-12-31");
    snapshot.finance.budget_lines[2].eligible = false;
    let report = made(&snapshot, Lang::En);
    holds(&report, &["Final financial report."]);
    let captions: Vec<&str> = tables(&report, "finance-lines").iter().map(|t| t.caption.as_str()).collect();
    let expected = ["Eligible costs in EUR", "Eligible costs in VND", "Costs in VND that the funder does not accept"];
    assert_eq!(captions, expected);
    // No spending at all is registered: then nobody knows that there was none.
    let apart = rows(tables(&report, "finance-lines")[2]);
    assert_eq!(apart[0][1..], ["500,000", "unknown", "unknown", "unknown", "–"]);
}

#[test]
fn spending_in_another_currency_is_converted_by_the_rule_or_said_not_to_be() {
    let mut snapshot = sample("2025-01-01", "2025-12-31");
    snapshot.finance.transactions = vec![spent("2025-07-01", "10.00 EUR", "MH/b1"), spent("2025-01-05", "5.00 EUR", "MH/b2")];
    let report = made(&snapshot, Lang::En);
    let tables = tables(&report, "finance-lines");
    let rows_of = rows(tables.iter().find(|t| t.caption == "Eligible costs in VND").unwrap());
    // 301,234.5 dong: halves go to the even neighbour.
    assert_eq!(rows_of[0][1..], ["1,000,000", "301,234", "301,234", "900,000", "100,000", "10%"]);
    let apart = "5.00 EUR (not converted)";
    assert_eq!(rows_of[2][1..], ["500,000", apart, apart, "not stated", "not converted", "–"]);
    assert_eq!(rows_of[3][5..], ["not converted", "–"]);
    let rates = rows(tables.last().unwrap());
    assert_eq!(rates, [["30 June 2025", "1 EUR = 30,123.45 VND", "State Bank of Vietnam"]]);
    holds(&report, &["by the rule of the agreement: rate of the day of the transaction"]);
    let again = |t: &&Table| t.columns.iter().any(|c| c.heading == "Rate");
    assert_eq!(self::tables(&report, "finance-funders").into_iter().filter(again).count(), 0, "rates are told once");
    // The budget of the other reports does the same, and does not begin with nought.
    let summary = Definition::builtin("programme-summary").unwrap();
    let report = render(&summary, &snapshot, Lang::En, &Options::default()).unwrap();
    let budget = self::tables(&report, "finance").into_iter().find(|t| t.caption == "Budget in VND").unwrap();
    assert_eq!(rows(budget)[0][2..], ["1,000,000", "301,234", "698,766", "30.1%"]);
    assert_eq!(rows(budget)[1][2..], ["500,000", apart, "not converted", "–"]);
}

#[test]
fn a_line_that_is_booked_twice_is_refused() {
    let mut snapshot = sample("2025-01-01", "2025-12-31");
    snapshot.finance.transactions = vec![spent("2025-03-01", "200000 VND", "MH/b1")];
    let mut twin = snapshot.finance.budget_lines[1].clone();
    twin.number = "9.9".into();
    snapshot.finance.budget_lines.push(twin);
    let error = try_made(&snapshot, Lang::En).unwrap_err();
    assert!(matches!(error, ReportError::Unbalanced { .. }), "{error}");
    assert!(error.to_string().contains("the lines sum to 400000 VND, the total says 200000 VND"), "{error}");
    let mut snapshot = sample("2025-01-01", "2025-12-31");
    snapshot.finance.budget_lines[1].forecast = Some("1.00 EUR".parse().unwrap());
    assert!(matches!(try_made(&snapshot, Lang::En).unwrap_err(), ReportError::Money { .. }));
}

#[test]
fn funders_have_accounts_and_instalments() {
    let mut snapshot = sample("2025-01-01", "2025-12-31");
    let under = Some("MPED/a1");
    snapshot.finance.transactions = vec![
        movement(TransactionType::IncomingFunds, "2024-04-01", "5000000 CAD", None, under),
        movement(TransactionType::Expenditure, "2025-04-01", "1000000 CAD", None, under),
        movement(TransactionType::Expenditure, "2026-04-01", "7 CAD", None, under),
        movement(TransactionType::Expenditure, "2025-05-01", "12 USD", None, None),
    ];
    let report = made(&snapshot, Lang::En);
    let tables = tables(&report, "finance-funders");
    let accounts = rows(tables[0]);
    assert_eq!(accounts[0][1..], ["20,000,000.00 CAD", "5,000,000.00 CAD", "1,000,000.00 CAD", "4,000,000.00 CAD"]);
    assert_eq!(accounts[1][1..], ["10,000,000,000,000 VND", "none registered", "none registered", "unknown"]);
    let instalments = rows(tables[1]);
    assert_eq!(instalments[2], ["annual report", "April 2025", "no payment registered", "15,000,000.00 CAD"]);
    holds(&report, &["Spent under none of these agreements: 12.00 USD."]);
    // The same agreement twice would count what moved under it twice.
    let twin = snapshot.agreements[0].clone();
    snapshot.agreements.push(twin);
    assert!(matches!(try_made(&snapshot, Lang::En).unwrap_err(), ReportError::Unbalanced { .. }));
}

#[test]
fn agreements_in_one_currency_have_a_total() {
    let mut snapshot = sample("", "");
    let mut third = snapshot.agreements[0].clone();
    third.code = "MH/a3".into();
    third.current_ceiling = Some("1000000 CAD".parse().unwrap());
    snapshot.agreements.push(third);
    snapshot.finance.transactions =
        vec![movement(TransactionType::IncomingFunds, "2024-04-01", "5000000 CAD", None, Some("MH/a3"))];
    let report = made(&snapshot, Lang::En);
    let total = rows(tables(&report, "finance-funders")[0]).pop().unwrap();
    let received = "5,000,000.00 CAD\nknown for 1 of 2 agreements";
    assert_eq!(total, ["Total in CAD", "21,000,000.00 CAD", received, "none registered", "unknown"]);
}

#[test]
fn pictures_of_money_are_in_one_currency_each() {
    let mut snapshot = sample("2025-01-01", "2025-12-31");
    let under = Some("MPED/a1");
    snapshot.finance.transactions = vec![
        movement(TransactionType::IncomingFunds, "2024-04-01", "5000000 CAD", None, under),
        movement(TransactionType::Expenditure, "2025-04-01", "1000000 CAD", None, under),
        spent("2025-03-01", "200000 VND", "MH/b1"),
    ];
    let report = made(&snapshot, Lang::En);
    let figures = figures(&report, "finance-chart");
    let captions: Vec<&str> = figures.iter().map(|f| f.caption.as_str()).collect();
    assert_eq!(
        captions,
        [
            "Spent by budget line, against the budget, in VND",
            "Spent and received by year, in CAD",
            "Spent and received by year, in VND",
            "Spent by agreement, against what was committed, in CAD",
            "Spent by agreement, against what was committed, in VND",
        ]
    );
    let lines = bars(figures[0]);
    assert_eq!((lines.bars.len(), lines.bars[0].mark), (2, Some(Decimal::from(1_000_000))));
    assert_eq!(lines.bars[0].figure, "200,000 of 1,000,000 (20%)");
    let years = bars(figures[1]);
    assert_eq!(years.bars[0].figure, "spent: none registered; received: 5,000,000.00");
    assert_eq!((years.bars[1].parts[0].value, years.bars[1].mark), (Decimal::from(1_000_000), None));
    assert!(figures[1].alternative.contains("2025: spent: 1,000,000.00; received: none registered"));
}

#[test]
fn results_tell_what_was_before_in_the_period_and_to_date() {
    let report = made(&sample("2025-01-01", "2025-12-31"), Lang::En);
    let rows = rows(tables(&report, "results")[0]);
    let row = |number: &str| rows.iter().find(|r| r[0].starts_with(number)).unwrap();
    assert_eq!(
        row("1.1.a")[..],
        ["1.1.a City staff trained (people)", "none stated", "260\n2024", "465\n2025", "725\n2025", "800\n2025", "90.6%"]
    );
    assert_eq!(row("1.1.b")[0], "1.1.b Cities with an approved plan (cumulative)");
    assert_eq!(row("1.1.b")[1..4], ["10%\n(2 of 20)", "25%\n(5 of 20)\n2024", "85%\n(17 of 20)\n2025"]);
    assert_eq!(row("1.1.c")[5..], ["no target set", "–"]);
    holds(&report, &["Target of the period: 500", "Indicators marked (cumulative) are", "Means of verification:"]);
    // The summary of the whole programme has the five columns that it always had.
    let summary = Definition::builtin("programme-summary").unwrap();
    let report = render(&summary, &sample("", ""), Lang::En, &Options::default()).unwrap();
    assert_eq!(self::tables(&report, "results")[0].columns.len(), 5);
}

#[test]
fn targets_are_drawn_and_an_indicator_without_one_is_named() {
    let report = made(&sample("", ""), Lang::En);
    let figures = figures(&report, "results-chart");
    let chart = bars(figures[0]);
    let told: Vec<&str> = chart.bars.iter().map(|b| b.figure.as_str()).collect();
    assert_eq!(told, ["725 of 800 (90.6%)", "85% of 75% (115.4%)", "21.5 of 18 (70.8%)"]);
    assert_eq!(chart.scale, Some(Decimal::from(100)));
    assert!(chart.bars.iter().all(|b| b.mark == Some(Decimal::from(100))));
    assert!(figures[0].alternative.contains("1.1.a City staff trained (people): 725 of 800 (90.6%)"));
    holds(&report, &["No target is set for: 1.1.c Recommendations sent."]);
    let by_sex = bars(figures[1]);
    assert_eq!((figures.len(), &by_sex.series), (2, &vec!["women".to_owned(), "men".to_owned()]));
    let parts: Vec<Decimal> = by_sex.bars.iter().flat_map(|b| &b.parts).map(|p| p.value).collect();
    assert_eq!(parts, [120i64, 140, 260, 205].map(Decimal::from));
}

fn told(section: NarrativeSection, year: &str, text: &str) -> NarrativeFacts {
    NarrativeFacts { section, period: period(year, year), text: Text::new(Lang::En, text) }
}

#[test]
fn narratives_are_those_of_the_period_each_in_its_place() {
    let mut snapshot = sample("2025-01-01", "2025-12-31");
    snapshot.narratives = vec![
        told(NarrativeSection::Summary, "2024", "Of the year before."),
        told(NarrativeSection::Lessons, "2025", "A *lesson*."),
        told(NarrativeSection::Summary, "2025", "In short, **it went well**:\n\n- first\n- second\n\nThe end."),
    ];
    let report = made(&snapshot, Lang::Vi);
    let narratives: Vec<_> = report.model.sections.iter().filter(|s| s.name == "narrative").collect();
    let titles: Vec<&str> = narratives.iter().map(|s| s.title.as_str()).collect();
    assert_eq!(titles, ["Tóm tắt", "Bài học kinh nghiệm"]);
    // The period is that of the report, however it is written, and so is not said again.
    let [Block::Paragraph { text: first, .. }, Block::List(items), Block::Paragraph { text: last, .. }] =
        narratives[0].blocks.as_slice()
    else {
        panic!("{:?}", narratives[0].blocks)
    };
    assert!(first.0.iter().any(|s| s.style == Style::Strong && s.text == "it went well" && s.lang == Some(Lang::En)));
    assert_eq!(items.iter().map(|i| i.text.plain()).collect::<Vec<_>>(), ["first", "second"]);
    // Only its last word bears the mark of its language.
    assert!(last.plain().ends_with("The end.\u{A0}EN") && !first.plain().ends_with("EN"));
    assert!(!words(&report).contains("Of the year before"));
    // What nothing is told of is named together.
    assert!(words(&report).contains("Hoạt động · Việc tiếp theo"));
    // Without a period all are told, in the order of their periods, each under its own.
    snapshot.subject.period = Period::default();
    let report = made(&snapshot, Lang::En);
    let all = words(&report);
    assert!(all.find("Of the year before").unwrap() < all.find("In short, ").unwrap());
}

#[test]
fn the_glossary_has_what_occurs_and_nothing_else() {
    let report = made(&sample("2025-01-01", "2025-12-31"), Lang::En);
    let glossary = rows(tables(&report, "glossary")[0]);
    let acronyms: Vec<&str> = glossary.iter().map(|r| r[0].as_str()).collect();
    for acronym in ["ACVN", "EU", "FCM", "GAC", "NGO"] {
        assert!(acronyms.contains(&acronym), "{acronyms:?}");
    }
    for acronym in ["SDG", "OECD", "UN"] {
        assert!(!acronyms.contains(&acronym), "{acronyms:?}");
    }
    let mut sorted = acronyms.clone();
    sorted.sort_by_key(|a| ketnoi_domain::sort_key(a));
    assert_eq!(acronyms, sorted);
    assert!(glossary.contains(&vec!["EU".to_owned(), "European Union".to_owned()]));
}

#[test]
fn reports_are_listed_by_when_they_fall_due() {
    let mut snapshot = sample("2025-01-01", "2025-12-31");
    let due = |title: &str, due: &str, delivered: &str| ReportDue {
        title: Text::new(Lang::En, title),
        due: due.parse().unwrap(),
        delivered: delivered.parse::<PartialDate>().ok(),
    };
    snapshot.agreements[0].reports_due = vec![due("Final report", "2026-02-28", "")];
    snapshot.agreements[1].reports_due = vec![due("Report for 2024", "2025-01-31", "2025-01-30")];
    let rows = rows(tables(&made(&snapshot, Lang::En), "next-reports")[0]);
    assert_eq!((rows[0][0].as_str(), rows[0][3].as_str()), ("Report for 2024", "30 January 2025"));
    assert_eq!((rows[1][0].as_str(), rows[1][3].as_str()), ("Final report", "not yet delivered"));
}

#[test]
fn three_thousand_movements_are_reported_and_their_sums_hold() {
    let mut snapshot = samples::full(40, 3000);
    snapshot.subject.period = period("2025-01-01", "2025-12-31");
    let report = made(&snapshot, Lang::Vi);
    let in_euros = |t: &&TransactionFacts| t.value.currency().code() == "EUR";
    assert!(snapshot.finance.transactions.iter().filter(in_euros).count() > 200);
    // What the table says was spent in the period on a line in dong is what the movements in dong come to.
    let line = |t: &&TransactionFacts| t.budget_line.as_deref() == Some("MH/b1") && t.date.to_string().starts_with("2025");
    let dong =
        |t: &&TransactionFacts| t.value.currency() == ketnoi_domain::Currency::VND && t.kind != TransactionType::IncomingFunds;
    let sum = snapshot.finance.transactions.iter().filter(line).filter(dong).map(|t| t.value);
    let sum = sum.reduce(|a, b| a.checked_add(b).unwrap());
    let table = tables(&report, "finance-lines").into_iter().find(|t| t.caption.contains("VND")).unwrap();
    let printed = rows(table).into_iter().find(|r| r[0].starts_with("1.2 ")).unwrap()[2].clone();
    let expected = sum.map_or_else(|| "0".to_owned(), grouped);
    assert_eq!(printed, expected);
}

/// An amount of dong as Vietnamese readers write it.
fn grouped(money: Money) -> String {
    let digits = money.amount().to_string();
    let parts: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|c| std::str::from_utf8(c).expect("digits are text")).collect();
    parts.join(".")
}
