//! Programmes to make reports of: one with few facts from public sources, a full made-up one, an almost empty one.

mod cooperation;
mod full;

use std::{fmt::Debug, str::FromStr};

use ketnoi_domain::{
    AuthorityLevel, Contact, ContactKind, DocumentCategory, Lang, OrganisationType, Period, ProgrammeLevel, ProgrammeStatus,
    Qualifier, Role, Text,
};
use ketnoi_reporting::{
    AgreementFacts, BecameFacts, ClassifiedFacts, DocumentFacts, ParticipationFacts, PlaceFacts, ProgrammeFacts, Publisher,
    RelatedFacts, Relationship, Snapshot, StatedFigureFacts, StatementFacts, SubjectFacts, SubjectKind,
};

pub(crate) use full::full;

/// Every sample with its name.
pub(crate) fn all() -> Vec<(&'static str, Snapshot)> {
    vec![("mped", mped()), ("full", full(40, 300)), ("empty", empty())]
}

fn p<T: FromStr<Err: Debug>>(s: &str) -> T {
    s.parse().unwrap_or_else(|e| panic!("the sample's `{s}`: {e:?}"))
}

fn vi_en(vi: &str, en: &str) -> Text {
    Text::from_iter([(Lang::Vi, vi), (Lang::En, en)])
}

fn en(text: &str) -> Text {
    Text::new(Lang::En, text)
}

fn period(from: &str, to: &str) -> Period {
    Period { from: Some(p(from)), to: Some(p(to)) }
}

fn publisher() -> Publisher {
    let contact = |kind, value: &str| Contact { kind, value: value.into() };
    Publisher {
        name: vi_en("Hiệp hội các đô thị Việt Nam", "Association of Cities of Vietnam"),
        short: Some("ACVN".into()),
        website: Some("https://acvn.example".into()),
        contacts: vec![contact(ContactKind::Email, "lienhe@acvn.example"), contact(ContactKind::Address, "Hà Nội")],
    }
}

/// A programme of which nothing is known but its title.
pub(crate) fn empty() -> Snapshot {
    let title = vi_en("Quản lý môi trường đô thị Đông Nam Á", "Southeast Asia Urban Environmental Management Applications");
    let subject = SubjectFacts {
        kind: SubjectKind::Programme,
        key: "SEA-UEMA".into(),
        title: title.clone(),
        short: None,
        illustrative: false,
        period: Period::default(),
    };
    let programme = ProgrammeFacts {
        code: "SEA-UEMA".into(),
        acronym: None,
        title,
        description: Text::default(),
        level: ProgrammeLevel::Project,
        parent_title: Text::default(),
        status: None,
        planned: Period::default(),
        actual: Period::default(),
        iati_identifier: None,
        illustrative: false,
        reporting_organisation: Text::default(),
    };
    let snapshot = Snapshot::of(subject, "2026-11-22T10:00:00Z", 1, "public", publisher());
    Snapshot { programme: Some(programme), ..snapshot }
}

fn member(role: Role, code: &str, name: Text, short: &str, kind: OrganisationType, country: &str) -> ParticipationFacts {
    ParticipationFacts {
        role,
        code: code.into(),
        name,
        stated_name: Text::default(),
        short: (!short.is_empty()).then(|| short.into()),
        kind: Some(kind),
        via: Text::default(),
        period: Period::default(),
        note: Text::default(),
        country: (!country.is_empty()).then(|| country.into()),
    }
}

fn classified(code: &str, share: Option<&str>) -> ClassifiedFacts {
    ClassifiedFacts { code: code.into(), name: Text::default(), percentage: share.map(p), significance: None }
}

fn document(key: &str, title: Text, publisher: &str, url: &str) -> DocumentFacts {
    DocumentFacts {
        key: key.into(),
        title,
        category: Some(DocumentCategory::WebPage),
        publisher: Some(publisher.into()),
        published: None,
        modified: None,
        url: (!url.is_empty()).then(|| url.into()),
        language: Some(Lang::En),
        note: Text::default(),
    }
}

fn statement(property: &str, value: &str, source: &str, current: bool, note: Text) -> StatementFacts {
    StatementFacts {
        subject: Text::default(),
        property: Some(property.into()),
        value: en(value),
        raw: None,
        current,
        source: source.into(),
        locator: None,
        stated: None,
        note,
    }
}

/// Few facts, from public sources that disagree.
pub(crate) fn mped() -> Snapshot {
    let mut s = empty();
    s.revision = 1204;
    s.subject.key = "MPED".into();
    s.subject.short = Some("MPED".into());
    s.subject.title = vi_en("Đối tác đô thị vì phát triển kinh tế", "Municipal Partners for Economic Development");
    let programme = s.programme.as_mut().expect("the sample has a programme");
    programme.code = "MPED".into();
    programme.title = s.subject.title.clone();
    programme.description = vi_en(
        "Chương trình giúp chính quyền địa phương và các hiệp hội đô thị ở bảy nước phát triển kinh tế địa phương. Tại Việt Nam, các dự án trình diễn về quy hoạch chiến lược phát triển kinh tế địa phương được thực hiện ở Hà Tĩnh, Sóc Trăng và Thái Nguyên.\n\nNghiên cứu “Nâng cao năng lực quản trị địa phương nhằm hỗ trợ phát triển kinh tế địa phương tại các đô thị Việt Nam” kết thúc bằng những khuyến nghị chính sách, mà các đô thị hội viên bỏ phiếu ưu tiên năm 2017.",
        "The programme helps local governments and associations of cities in seven countries to develop local economies. In Viet Nam, demonstration projects on strategic planning for local economic development were carried out in Hà Tĩnh, Sóc Trăng and Thái Nguyên.",
    );
    programme.level = ProgrammeLevel::Programme;
    programme.status = Some(ProgrammeStatus::Closed);
    programme.actual = period("2010-08-02", "2015-11-30");
    programme.iati_identifier = Some("CA-3-S065090001".into());
    programme.reporting_organisation = vi_en("Hiệp hội các đô thị Việt Nam", "Association of Cities of Vietnam");
    let mut canada = member(
        Role::Funding,
        "GAC",
        vi_en("Bộ Các vấn đề Toàn cầu Canada", "Global Affairs Canada"),
        "GAC",
        OrganisationType::Government,
        "CA",
    );
    canada.stated_name = vi_en("Cơ quan Phát triển Quốc tế Canada", "Canadian International Development Agency");
    canada.note = vi_en("sau là Bộ Ngoại giao, Thương mại và Phát triển (DFATD)", "later the department DFATD");
    let fcm = vi_en("Liên đoàn các đô thị Canada", "Federation of Canadian Municipalities");
    let mut acvn = member(Role::Implementing, "ACVN", publisher().name, "ACVN", OrganisationType::NationalNgo, "VN");
    acvn.via = fcm.clone();
    s.participations = vec![canada, member(Role::Extending, "FCM", fcm, "FCM", OrganisationType::NationalNgo, "CA"), acvn];
    s.countries = [("VN", "14"), ("NI", "14"), ("TZ", "15"), ("BO", "14"), ("ML", "15"), ("BF", "14"), ("KH", "14")]
        .map(|(code, share)| classified(code, Some(share)))
        .into();
    s.places = vec![
        place("ha-tinh", "Hà Tĩnh", AuthorityLevel::Province, "VN"),
        place("soc-trang", "Sóc Trăng", AuthorityLevel::Province, "VN"),
        place("thai-nguyen", "Thái Nguyên", AuthorityLevel::City, "VN"),
        place("tra-vinh", "Trà Vinh", AuthorityLevel::City, "VN"),
    ];
    let since = Some(p("2025-07-01"));
    s.places[1].became = Some(BecameFacts::PartOf { name: vi_en("Cần Thơ", "Cần Thơ"), since });
    s.places[3].note = vi_en("Nhân rộng cách làm của Nam Định về quản lý đất đai", "Replicated Nam Định’s land-use practice");
    s.places[3].became = Some(BecameFacts::PartOf { name: vi_en("Tỉnh Vĩnh Long", "Vĩnh Long Province"), since });
    s.sdgs = vec![classified("8", None), classified("11", None)];
    s.agreements = vec![AgreementFacts {
        code: "MPED/a1".into(),
        title: Text::default(),
        funder: vi_en("Cơ quan Phát triển Quốc tế Canada", "Canadian International Development Agency"),
        recipient: Text::default(),
        reference: Some("S065090001".into()),
        signed: None,
        period: period("2010-08-02", "2015-11-30"),
        current_end: None,
        eligible_cost: None,
        funder_share: None,
        original_ceiling: Some(p("18458189 CAD")),
        current_ceiling: Some(p("18458189 CAD")),
        rate_rule: None,
        amendments: Vec::new(),
        instalments: Vec::new(),
        reports_due: Vec::new(),
    }];
    s.related = vec![RelatedFacts {
        code: "PMI-LED".into(),
        title: en("Partnerships for Municipal Innovation – Local Economic Development"),
        relation: Relationship::Follows,
    }];
    s.documents = vec![
        document(
            "profile",
            en("Project profile: Municipal Partners for Economic Development"),
            "Global Affairs Canada",
            "https://w05.international.gc.ca/projectbrowser-banqueprojets/project-projet/details/s065090001?lang=eng",
        ),
        document("fcm-past", en("Past programmes"), "Federation of Canadian Municipalities", "https://fcm.ca/en/past-programs"),
        document("partners", vi_en("Các đối tác quốc tế", ""), "ACVN", ""),
    ];
    s.statements = vec![
        statement(
            "ceiling",
            "18,458,189 CAD, the maximum contribution",
            "profile",
            true,
            vi_en("mức đóng góp tối đa của nhà tài trợ", "the funder’s maximum contribution"),
        ),
        statement(
            "ceiling",
            "24.2 million CAD, “a five-year, $24.2-million program”",
            "fcm-past",
            false,
            vi_en("có lẽ là tổng chi phí, gồm cả phần của đối tác", "probably the whole cost, partners’ share included"),
        ),
        statement("actual.from", "2010-08-02", "profile", true, Text::default()),
        StatementFacts { raw: Some("2010-2015".into()), ..statement("actual.from", "2010", "partners", false, Text::default()) },
    ];
    s.stated_figures = vec![
        StatedFigureFacts {
            label: vi_en("Dự án trình diễn", "Demonstration projects"),
            value: 15.into(),
            qualifier: Qualifier::UpTo,
            as_of: None,
            source: "profile".into(),
            registered: Some(3.into()),
        },
        StatedFigureFacts {
            label: vi_en("Chính quyền địa phương tham gia", "Local governments taking part"),
            value: 45.into(),
            qualifier: Qualifier::UpTo,
            as_of: Some(p("2010")),
            source: "profile".into(),
            registered: None,
        },
    ];
    s
}

fn place(code: &str, name: &str, level: AuthorityLevel, country: &str) -> PlaceFacts {
    PlaceFacts {
        code: code.into(),
        name: Text::new(Lang::Vi, name),
        level,
        country: country.into(),
        coordinates: None,
        percentage: None,
        note: Text::default(),
        became: None,
    }
}
