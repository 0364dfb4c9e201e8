//! Records in bulk: always the same ones, with what makes lists hard: ties, unknown dates, dates of three precisions.

use chrono::{Days, NaiveDate};
use ketnoi_domain::{
    Classification, Code, Head, Id, Lang, Money, Name, Names, Organisation, OrganisationType, PartialDate, Participation, Period,
    Programme, ProgrammeLevel, ProgrammeStatus, Record, Role, Scheme, Text, Transaction, TransactionType, Visibility,
};

/// Records of several kinds that belong together.
#[derive(Clone, Debug, Default)]
pub struct Bulk {
    /// Who pays.
    pub organisations: Vec<Organisation>,
    /// What is paid for.
    pub programmes: Vec<Programme>,
    /// Who pays for what.
    pub participations: Vec<Participation>,
    /// What moved; none unless a test adds some.
    pub transactions: Vec<Transaction>,
}

/// How many funders there are in bulk.
pub const FUNDERS: usize = 24;

/// `n` programmes, public, each with three funders. Every seventh title comes again, and every fifth start and fourth end
/// is unknown.
pub fn programmes(n: usize) -> Bulk {
    let organisations: Vec<Organisation> =
        (0..FUNDERS).map(|i| organisation(&format!("F{i:02}"), FUNDER_NAMES[i % FUNDER_NAMES.len()])).collect();
    let programmes: Vec<Programme> = (0..n).map(numbered).collect();
    let mut participations = Vec::with_capacity(3 * n);
    for (i, programme) in programmes.iter().enumerate() {
        for part in 0..3 {
            // Seven apart, so that the three always differ; moved by one each time round.
            let funder = &organisations[(i + part * 7 + i / FUNDERS) % FUNDERS];
            participations.push(participation(programme, funder, Role::Funding));
        }
    }
    Bulk { organisations, programmes, participations, transactions: Vec::new() }
}

const FUNDER_NAMES: [&str; 6] =
    ["Quỹ Đối tác", "Đại sứ quán", "Liên minh châu Âu", "Ủy ban Hợp tác", "Ấn tượng Xanh", "Bộ Phát triển"];
const WHAT: [&str; 6] = [
    "Nâng cấp đô thị",
    "Đào tạo cán bộ",
    "Ứng phó biến đổi khí hậu",
    "Quản lý chất thải rắn",
    "Phát triển kinh tế",
    "Ấm no cho mọi nhà",
];
const WHERE: [&str; 7] = ["Đà Nẵng", "Hải Dương", "Vinh", "Trà Vinh", "Cần Thơ", "Điện Biên Phủ", "Bạc Liêu"];

fn numbered(i: usize) -> Programme {
    let title = format!("{} tại {}", WHAT[i % WHAT.len()], WHERE[i % WHERE.len()]);
    let title = if i.is_multiple_of(7) { title } else { format!("{title}, giai đoạn {i}") };
    let mut programme = programme(&format!("P{i:06}"), &title);
    let first = NaiveDate::default().checked_add_days(Days::new(11_000 + (i as u64 * 37) % 9_000)).unwrap_or_default();
    let day = first.to_string();
    let start = match i % 5 {
        0 => None,
        1 => day.get(..4),
        2 => day.get(..7),
        _ => Some(day.as_str()),
    };
    programme.actual.from = start.and_then(|d| d.parse().ok());
    programme.actual.to =
        (!i.is_multiple_of(4)).then(|| PartialDate::day(first.checked_add_days(Days::new(400)).unwrap_or(first)));
    programme.status =
        [None, Some(ProgrammeStatus::Pipeline), Some(ProgrammeStatus::Implementation), Some(ProgrammeStatus::Closed)][i % 4];
    let code = if i.is_multiple_of(2) { "43030" } else { "15112" };
    programme.classifications.push(Classification {
        scheme: Scheme::Sector,
        code: code.to_owned(),
        percentage: None,
        significance: None,
    });
    programme
}

/// The head of a public record under this code.
pub fn head<T: Record>(code: &str) -> Head<T> {
    let code: Code = code.parse().unwrap_or_else(|e| panic!("{e}"));
    Head {
        id: Id::of_code(&code),
        code,
        visibility: Visibility::Public,
        effective: Visibility::Public,
        illustrative: false,
        version: 1,
    }
}

/// An organisation of which only the name is known.
pub fn organisation(code: &str, name: &str) -> Organisation {
    Organisation {
        head: head(code),
        kind: OrganisationType::Other,
        names: Names(vec![Name { text: Text::new(Lang::Vi, name), short: None, period: Period::default() }]),
        country: None,
        parent: None,
        network: false,
        existence: Period::default(),
        seat: Text::default(),
        profile: Text::default(),
        website: None,
        iati_identifier: None,
        partner: false,
        partner_since: None,
        contacts: Vec::new(),
    }
}

/// A programme of which only the title is known.
pub fn programme(code: &str, title: &str) -> Programme {
    Programme {
        head: head(code),
        level: ProgrammeLevel::Programme,
        parent: None,
        partnership: None,
        title: Text::new(Lang::Vi, title),
        acronym: None,
        description: Text::default(),
        reporting_organisation: None,
        status: None,
        planned: Period::default(),
        actual: Period::default(),
        iati_identifier: None,
        classifications: Vec::new(),
        places: Vec::new(),
        relations: Vec::new(),
    }
}

/// An organisation's part in a programme.
pub fn participation(programme: &Programme, organisation: &Organisation, role: Role) -> Participation {
    let name = ketnoi_domain::Coded::name(role);
    Participation {
        head: head(&format!("{}:{name}:{}", programme.head.code, organisation.head.code)),
        programme: programme.head.id,
        organisation: organisation.head.id,
        role,
        stated_name: Text::default(),
        via: None,
        period: Period::default(),
        note: Text::default(),
    }
}

/// Money spent by a programme.
pub fn transaction(programme: &Programme, code: &str, date: NaiveDate, value: Money) -> Transaction {
    Transaction {
        head: head(&format!("{}:transaction:{code}", programme.head.code)),
        programme: programme.head.id,
        agreement: None,
        budget_line: None,
        kind: TransactionType::Expenditure,
        date,
        value,
        provider: None,
        receiver: None,
        description: Text::default(),
        voucher: None,
        document: None,
    }
}
