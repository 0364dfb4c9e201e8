//! A made-up programme with everything at once, in texts and figures that strain the layout.

use ketnoi_domain::{
    Amendment, AmendmentKind, Breakdown, BudgetStatus, BudgetType, Decimal, Dimension, IndicatorMeasure, Instalment, Likelihood,
    Measured, Measurement, Money, OrganisationType, Period, ProgrammeStatus, RateRule, RelationType, ResultLevel, RiskStatus,
    Role, Text, TransactionType,
};
use ketnoi_reporting::{
    BudgetLineFacts, ClassifiedFacts, FinanceFacts, InKindFacts, IndicatorFacts, IndicatorPeriodFacts, RateFacts, RelatedFacts,
    Relationship, ResultFacts, RiskFacts, Snapshot, TransactionFacts,
};

use super::{classified, cooperation, en, member, mped, p, period, publisher, vi_en};

/// Everything at once, with texts and figures that strain the layout.
pub(crate) fn full(lines: usize, transactions: usize) -> Snapshot {
    let mut s = mped();
    let long: String =
        "Nâng cao năng lực quản trị đô thị, ứng phó với biến đổi khí hậu và phát triển kinh tế địa phương bền vững ".repeat(4);
    s.subject.key = "MINH-HOA/2024".into();
    s.subject.short = Some("MH-ĐTXVN".into());
    s.subject.illustrative = true;
    s.subject.title = vi_en(&long.chars().take(400).collect::<String>(), "An illustrative programme");
    let programme = s.programme.as_mut().expect("the sample has a programme");
    programme.code = s.subject.key.clone();
    programme.title = s.subject.title.clone();
    programme.illustrative = true;
    programme.status = Some(ProgrammeStatus::Implementation);
    programme.planned = period("2024-01", "2027-12");
    programme.actual = Period { from: Some(p("2024-03-15")), to: None };
    programme.parent_title = vi_en("Chương trình khung hợp tác đô thị", "Framework of urban cooperation");
    programme.description = vi_en(
        &format!(
            "Ẫ Ễ Ỗ Ữ Ợ Ậ Ộ Ệ: dấu chồng phải đủ chỗ. Lũ lụt, hạn hán và nước biển dâng đe doạ các đô thị ven biển 🌊. Một từ rất dài: {} và một địa chỉ https://vidu.example/{} phải xuống dòng.\n\nĐoạn thứ hai nói về cách làm: các thành phố học hỏi lẫn nhau, thử nghiệm ở quy mô nhỏ, đo kết quả và nhân rộng những gì có hiệu quả. 日本語 và العربية không có trong phông chữ.",
            "khôngdấucách".repeat(25),
            "mot-duong-dan-rat-dai/".repeat(8)
        ),
        "A made-up programme.",
    );
    let mut eu =
        member(Role::Funding, "EU", vi_en("Liên minh châu Âu", "European Union"), "EU", OrganisationType::Multilateral, "");
    eu.note = vi_en("đồng tài trợ 60%", "co-funds 60%");
    s.participations.insert(1, eu);
    s.participations.insert(
        2,
        member(Role::Funding, "MOC", vi_en("Bộ Xây dựng", "Ministry of Construction"), "", OrganisationType::Government, "VN"),
    );
    s.sectors = vec![classified("43030", Some("60")), classified("15112", Some("40"))];
    s.sectors[0].name = vi_en("Phát triển và quản lý đô thị", "Urban development and management");
    s.policy_markers = vec![ClassifiedFacts { significance: Some(1), ..classified("1", None) }];
    s.related.push(RelatedFacts {
        code: "MPED".into(),
        title: vi_en("Đối tác đô thị vì phát triển kinh tế", ""),
        relation: Relationship::Recorded(RelationType::Precedes),
    });
    s.results = results();
    s.agreements[0].amendments = vec![
        Amendment {
            kind: AmendmentKind::TopUp,
            on: Some(p("2025-02-01")),
            ceiling: Some(p("20000000 CAD")),
            end: None,
            note: Text::default(),
        },
        Amendment {
            kind: AmendmentKind::NoCostExtension,
            on: Some(p("2026-03")),
            ceiling: None,
            end: Some(p("2028-06-30")),
            note: vi_en("do lũ lụt", "because of floods"),
        },
    ];
    s.agreements[0].current_ceiling = Some(p("20000000 CAD"));
    s.agreements[0].current_end = Some(p("2028-06-30"));
    s.agreements[0].funder_share = Some(p("75.5"));
    s.agreements[0].rate_rule = Some(RateRule::TransactionDate);
    s.agreements[0].instalments = vec![
        Instalment { amount: p("5000000 CAD"), due: None, condition: Text::default(), paid: Some(p("2024-04-01")) },
        Instalment { amount: p("15000000 CAD"), due: Some(p("2025-04")), condition: en("annual report"), paid: None },
    ];
    let mut second = s.agreements[0].clone();
    second.code = "MH/a2".into();
    second.funder = vi_en("Bộ Xây dựng", "Ministry of Construction");
    (second.original_ceiling, second.current_ceiling) = (Some(p("10000000000000 VND")), Some(p("10000000000000 VND")));
    (second.amendments, second.instalments, second.reference) = (Vec::new(), Vec::new(), None);
    s.agreements.push(second);
    s.finance = finance(lines, transactions);
    s.risks = vec![
        RiskFacts {
            title: vi_en("Sáp nhập địa giới làm thay đổi đầu mối", "Mergers change focal points"),
            likelihood: Likelihood::High,
            impact: Likelihood::Medium,
            mitigation: vi_en("Ghi rõ đơn vị kế thừa, ký lại biên bản ghi nhớ", "Name the successor, sign the memorandum again"),
            owner: publisher().name,
            status: RiskStatus::Occurred,
        };
        3
    ];
    cooperation::add(&mut s);
    s
}

fn finance(lines: usize, transactions: usize) -> FinanceFacts {
    let budget_lines = (0..lines).map(|i| {
        let value: Money =
            if i % 7 == 0 { p("250000.50 EUR") } else { p(&format!("{} VND", 10_000_000_000_000i64 / (i as i64 + 1))) };
        BudgetLineFacts {
            code: format!("MH/b{i}"),
            number: format!("{}.{}", i / 8 + 1, i % 8 + 1),
            title: vi_en(
                &format!("Hạng mục {i}: tập huấn cho cán bộ đô thị về quy hoạch và quản lý rủi ro"),
                "Training of city staff",
            ),
            kind: BudgetType::Original,
            status: BudgetStatus::Committed,
            period: if i % 5 == 0 { period("2024", "2025") } else { Period::default() },
            value,
            eligible: i % 9 != 4,
            agreement: Some("MH/a2".into()),
            explanation: if i % 6 == 1 {
                vi_en("Hai khoá học được gộp lại nên chi ít hơn dự toán.", "Two courses were held as one, which cost less.")
            } else {
                Text::default()
            },
            forecast: (i % 3 != 2).then_some(value),
        }
    });
    let budget_lines: Vec<BudgetLineFacts> = budget_lines.collect();
    let kinds = [
        TransactionType::Expenditure,
        TransactionType::Disbursement,
        TransactionType::IncomingFunds,
        TransactionType::Expenditure,
    ];
    let transactions = (0..transactions).map(|i| TransactionFacts {
        kind: kinds[i % 4],
        date: p(&format!("{}-{:02}-{:02}", 2024 + i / 150 % 10, i / 12 % 12 + 1, i % 28 + 1)),
        value: if i % 11 == 0 { p("1250.75 EUR") } else { p(&format!("{} VND", 7_500_000 * (i as i64 + 1))) },
        provider: publisher().name,
        receiver: vi_en("Thành phố Vinh", "Vinh"),
        description: vi_en(&format!("Đợt {i} – thuê hội trường và in tài liệu"), "Hall and printing"),
        voucher: Some(format!("PC-{i:04}")),
        agreement: None,
        budget_line: (i % 13 != 0).then(|| format!("MH/b{}", i % lines.max(1))),
    });
    FinanceFacts {
        transactions: transactions.collect(),
        in_kind: vec![
            InKindFacts {
                contributor: vi_en("Thành phố Vinh", "Vinh"),
                description: vi_en("Hội trường và cán bộ kiêm nhiệm trong hai năm", "Hall and seconded staff for two years"),
                value: Some(p("450000000 VND")),
                date: Some(p("2025")),
                valuer: vi_en("Sở Tài chính", "Department of Finance"),
                basis: vi_en("đơn giá thuê của thành phố", "the city’s rental rates"),
            },
            InKindFacts {
                contributor: vi_en("Phường Hưng Bình", ""),
                description: vi_en("Đất làm vườn ươm", ""),
                value: None,
                date: None,
                valuer: Text::default(),
                basis: Text::default(),
            },
        ],
        rates: vec![RateFacts {
            base: p("EUR"),
            quote: p("VND"),
            date: p("2025-06-30"),
            rate: p("30123.45"),
            source: vi_en("Ngân hàng Nhà nước Việt Nam", "State Bank of Vietnam"),
        }],
        budget_lines,
    }
}

fn number(n: &str) -> Measurement {
    Measurement { value: Measured::Number(p(n)), on: None, breakdown: Vec::new(), note: Text::default() }
}

fn by_sex(women: i64, men: i64) -> Measurement {
    let part =
        |category: &str, n: i64| Breakdown { by: Dimension::Sex, category: category.into(), value: Measured::Number(n.into()) };
    Measurement {
        value: Measured::Number((women + men).into()),
        on: None,
        breakdown: vec![part("women", women), part("men", men)],
        note: Text::default(),
    }
}

fn indicator(number: &str, title: Text, unit: Text, periods: Vec<IndicatorPeriodFacts>) -> IndicatorFacts {
    IndicatorFacts {
        number: number.into(),
        title,
        measure: IndicatorMeasure::Unit,
        unit,
        cumulative: false,
        ascending: true,
        verification: vi_en("danh sách tham dự có chữ ký", "signed attendance lists"),
        baseline: None,
        periods,
    }
}

fn results() -> Vec<ResultFacts> {
    let facts = |year: &str, target: Option<Measurement>, actual: Option<Measurement>| IndicatorPeriodFacts {
        period: period(year, year),
        target,
        actual,
    };
    let ratio = |a: i64, b: i64| Measurement {
        value: Measured::Ratio { numerator: a.into(), denominator: Decimal::from(b) },
        ..number("0")
    };
    let trained = indicator(
        "1.1.a",
        vi_en("Cán bộ đô thị được tập huấn", "City staff trained"),
        vi_en("người", "people"),
        vec![
            facts("2024", Some(number("300")), Some(by_sex(120, 140))),
            facts("2025", Some(number("500")), Some(by_sex(260, 205))),
        ],
    );
    let mut share = indicator(
        "1.1.b",
        vi_en("Đô thị có kế hoạch ứng phó được duyệt", "Cities with an approved plan"),
        Text::default(),
        vec![facts("2024", Some(ratio(8, 20)), Some(ratio(5, 20))), facts("2025", Some(ratio(15, 20)), Some(ratio(17, 20)))],
    );
    (share.measure, share.cumulative, share.baseline) = (IndicatorMeasure::Percentage, true, Some(ratio(2, 20)));
    let untargeted = indicator(
        "1.1.c",
        vi_en("Khuyến nghị chính sách được gửi đi", "Recommendations sent"),
        Text::default(),
        vec![facts("2025", None, Some(number("7")))],
    );
    let mut losses = indicator(
        "1.2.a",
        vi_en("Thất thoát nước sạch", "Water losses"),
        vi_en("phần trăm sản lượng", ""),
        vec![facts("2025", Some(number("18")), Some(number("21.5")))],
    );
    (losses.ascending, losses.baseline) = (false, Some(number("30")));
    let result = |level, n: &str, title: Text, indicators| ResultFacts {
        level,
        number: n.into(),
        title,
        description: Text::default(),
        assumption: vi_en("các thành phố giữ cán bộ đã được tập huấn", "cities keep the staff that was trained"),
        indicators,
    };
    vec![
        result(
            ResultLevel::Outcome,
            "1",
            vi_en("Đô thị chống chịu tốt hơn với thiên tai", "Cities withstand disasters better"),
            Vec::new(),
        ),
        result(
            ResultLevel::Output,
            "1.1",
            vi_en("Năng lực được nâng cao", "Capacity is built"),
            vec![trained, share, untargeted],
        ),
        result(ResultLevel::Output, "1.2", vi_en("Hạ tầng nhỏ được cải tạo", "Small works are done"), vec![losses]),
    ]
}
