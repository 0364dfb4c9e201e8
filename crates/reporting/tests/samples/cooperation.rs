//! Made-up events, replications, recommendations and dialogues: with all that may be said of them, and with hardly anything.

use ketnoi_domain::{
    AdvocacyKind, AdvocacyStatus, DialogueStatus, EventKind, OutcomeKind, ParticipantCategory, Period, Qualifier,
    RecommendationStatus, ReplicationStage, Secrecy, StageReached, StepStatus, Text, TieRule,
};
use ketnoi_reporting::{
    AdvocacyFacts, AttendanceFacts, BallotRuleFacts, DelegationFacts, DialogueClusterFacts, DialogueFacts, DialogueOptionFacts,
    EventFacts, EventOutcomeFacts, RecommendationFacts, ReplicationFacts, RoadMapFacts, RoadMapStepFacts, Snapshot,
    StatedFigureFacts, TallyFacts, VoteFacts,
};

use super::{p, period, vi_en};

/// Gives a programme everything that it may do together with others.
pub(crate) fn add(s: &mut Snapshot) {
    s.events = events();
    s.replications = replications();
    s.recommendations = recommendations();
    s.road_maps = road_maps();
    s.dialogues = vec![dialogue(), without_result()];
}

fn group(category: ParticipantCategory, women: Option<i64>, men: Option<i64>, unstated: Option<i64>) -> AttendanceFacts {
    let uncounted = i64::from(women.is_none() && men.is_none() && unstated.is_none());
    AttendanceFacts { category, organisations: Vec::new(), women, men, unstated, withheld: None, uncounted, hidden: 0 }
}

fn event(code: &str, kind: EventKind, title: Text) -> EventFacts {
    EventFacts {
        code: code.into(),
        kind,
        title,
        part: Text::default(),
        visited: false,
        period: Period::default(),
        place: Text::default(),
        country: None,
        motto: Text::default(),
        description: Text::default(),
        organisers: Vec::new(),
        sessions: Vec::new(),
        people: Vec::new(),
        venue: Text::default(),
        participants: Vec::new(),
        delegations: Vec::new(),
        outcomes: Vec::new(),
        stated: Vec::new(),
        sources: Vec::new(),
    }
}

fn events() -> Vec<EventFacts> {
    let mut workshop = event(
        "MH-HOI-THAO",
        EventKind::Workshop,
        vi_en("Hội thảo chia sẻ kinh nghiệm đô thị xanh", "Workshop on the experience of green cities"),
    );
    workshop.part = vi_en("Hợp phần tập huấn", "Training component");
    workshop.period = period("2024-10-18", "2024-10-20");
    workshop.place = vi_en("Thành phố Vinh", "Vinh");
    workshop.country = Some("VN".into());
    workshop.motto = vi_en("Cùng nhau xanh hơn", "Greener together");
    workshop.venue = vi_en("Trung tâm hội nghị", "Conference centre");
    workshop.participants = vec![
        group(ParticipantCategory::LocalGovernment, Some(27), Some(34), Some(0)),
        group(ParticipantCategory::CivilSociety, Some(14), Some(8), None),
        group(ParticipantCategory::Press, None, None, None),
        group(ParticipantCategory::Other, None, None, Some(5)),
    ];
    workshop.participants[1].organisations = vec![vi_en("Hội Phụ nữ", "Women’s Union"), vi_en("Đoàn Thanh niên", "")];
    workshop.outcomes = vec![
        EventOutcomeFacts {
            kind: OutcomeKind::Decision,
            title: vi_en("Bốn đô thị lập nhóm phân loại rác", "Four cities set up a group on sorting waste"),
            delegation: Text::default(),
        },
        EventOutcomeFacts {
            kind: OutcomeKind::NextStep,
            title: vi_en("Họp lại sau sáu tháng", "Meet again after six months"),
            delegation: Text::default(),
        },
    ];
    workshop.stated = vec![StatedFigureFacts {
        label: vi_en("Người dự", "Participants"),
        value: 140.into(),
        qualifier: Qualifier::About,
        as_of: Some(p("2024-10")),
        source: "partners".into(),
        registered: None,
    }];
    workshop.sources = vec!["partners".into(), "profile".into()];
    let mut cluster =
        event("MH-CUM-1", EventKind::Conference, vi_en("Hội nghị cụm đô thị minh hoạ 1", "Conference of illustrative cluster 1"));
    cluster.period = period("2025-05-12", "2025-05-12");
    cluster.participants = vec![group(ParticipantCategory::LocalGovernment, Some(10), Some(14), None)];
    let silent = event("MH-HOP", EventKind::Meeting, vi_en("Cuộc họp chưa rõ ngày", "A meeting of unknown date"));
    let mut abroad = event("MH-SEOUL", EventKind::Conference, vi_en("Hội nghị khu vực tại Seoul", "Regional meeting in Seoul"));
    abroad.visited = true;
    abroad.country = Some("KR".into());
    abroad.delegations = vec![DelegationFacts {
        code: "DOAN-VN".into(),
        title: vi_en("Đoàn công tác Việt Nam", "Delegation of Viet Nam"),
        description: Text::default(),
        agreement: None,
        attended: Vec::new(),
        organiser: vi_en("Hiệp hội các đô thị Việt Nam", "Association of Cities of Vietnam"),
        country: Some("VN".into()),
        members: vec![
            group(ParticipantCategory::Expert, Some(1), Some(2), None),
            group(ParticipantCategory::NationalGovernment, None, None, None),
        ],
        sources: vec!["fcm-past".into()],
    }];
    abroad.outcomes = vec![EventOutcomeFacts {
        kind: OutcomeKind::Lesson,
        title: vi_en("Mời người dân góp ý để chính sách tốt hơn", "Ask citizens for their views, for better policies"),
        delegation: vi_en("Đoàn công tác Việt Nam", "Delegation of Viet Nam"),
    }];
    vec![workshop, cluster, silent, abroad]
}

fn replications() -> Vec<ReplicationFacts> {
    let stage = |stage, on: &str, note: Text| StageReached { stage, on: Some(p(on)), note };
    vec![
        ReplicationFacts {
            code: "mh-hai-duong-waste".into(),
            title: vi_en("Hải Dương phân loại rác theo cách của Vinh", "Hải Dương sorts waste as Vinh does"),
            part: Text::default(),
            practice: vi_en("Phân loại rác tại khu nhà", "Sorting waste in blocks of flats"),
            origin: vi_en("Thành phố Vinh", "Vinh"),
            city: vi_en("Thành phố Hải Dương", "Hải Dương"),
            stages: vec![
                stage(ReplicationStage::Proposed, "2024-10-20", vi_en("tại hội thảo", "at the workshop")),
                stage(ReplicationStage::Sustained, "2025-06", vi_en("vào kế hoạch của phường", "in the wards’ own plans")),
            ],
            result: vi_en("Rác chôn lấp giảm một phần năm", "Waste to landfill is down by a fifth"),
            stated: vec![StatedFigureFacts {
                label: vi_en("Khu nhà tham gia", "Blocks taking part"),
                value: 12.into(),
                qualifier: Qualifier::Exact,
                as_of: None,
                source: "profile".into(),
                registered: None,
            }],
            sources: vec!["profile".into()],
        },
        ReplicationFacts {
            code: "mh-unknown".into(),
            title: vi_en("Một đô thị học theo, chưa rõ điển hình nào", "A city follows a practice that no source names"),
            part: Text::default(),
            practice: Text::default(),
            origin: Text::default(),
            city: vi_en("Thành phố Trà Vinh", "Trà Vinh"),
            stages: Vec::new(),
            result: Text::default(),
            stated: Vec::new(),
            sources: Vec::new(),
        },
    ]
}

fn named(number: i64) -> Text {
    match number {
        1 => vi_en("Để lại cho đô thị một phần tiền sử dụng đất", "Let cities keep a share of land revenue"),
        2 => vi_en("Định mức chi cho thu gom và phân loại rác", "A norm for spending on waste"),
        _ => vi_en("Dữ liệu đô thị mở và dùng chung", "Open and shared city data"),
    }
}

fn recommendations() -> Vec<RecommendationFacts> {
    let ministry = || vi_en("Bộ Xây dựng", "Ministry of Construction");
    let recommendation = |number: i64, status| RecommendationFacts {
        code: format!("MH-KN-{number}"),
        number: Some(number.to_string()),
        title: named(number),
        text: Text::default(),
        part: Text::default(),
        addressee: ministry(),
        status,
        actions: Vec::new(),
        sources: vec!["profile".into()],
    };
    let mut first = recommendation(1, Some(RecommendationStatus::Submitted));
    first.actions = vec![
        AdvocacyFacts {
            kind: AdvocacyKind::Letter,
            title: vi_en("Công văn về tiền sử dụng đất", "Letter on land revenue"),
            number: Some("12/MH-HHĐT".into()),
            date: Some(p("2025-08-10")),
            addressee: ministry(),
            replied: Some(p("2025-10-02")),
            reply_number: Some("345/BXD".into()),
            reply: vi_en("Ghi nhận; sẽ xem xét khi sửa luật", "Noted; to be considered when the law is revised"),
            status: AdvocacyStatus::Answered,
            sources: vec!["partners".into()],
        },
        AdvocacyFacts {
            kind: AdvocacyKind::Meeting,
            title: vi_en("Buổi làm việc", "Meeting"),
            number: None,
            date: None,
            addressee: Text::default(),
            replied: None,
            reply_number: None,
            reply: Text::default(),
            status: AdvocacyStatus::Drafted,
            sources: Vec::new(),
        },
    ];
    vec![first, recommendation(2, Some(RecommendationStatus::Prioritised)), recommendation(3, None)]
}

fn road_maps() -> Vec<RoadMapFacts> {
    let step = |number, title: Text, due: Option<&str>, done: Option<&str>, status| RoadMapStepFacts {
        number,
        title,
        recommendation: named(number),
        responsible: vi_en("Hiệp hội các đô thị Việt Nam", "Association of Cities of Vietnam"),
        due: due.map(p),
        done: done.map(p),
        status,
    };
    vec![RoadMapFacts {
        code: "MH-LO-TRINH".into(),
        title: vi_en("Lộ trình vận động 2025–2027", "Road map 2025–2027"),
        part: Text::default(),
        period: period("2025-07", "2027-12"),
        steps: vec![
            step(1, vi_en("Gửi công văn", "Send the letter"), Some("2025-08-31"), Some("2025-08-10"), StepStatus::Done),
            step(2, vi_en("Soạn hồ sơ", "Draft the file"), None, None, StepStatus::Underway),
        ],
        sources: vec!["profile".into()],
    }]
}

fn tally(valid: i64, spoiled: i64, votes: [i64; 3]) -> TallyFacts {
    TallyFacts { valid, spoiled, votes: (1..).zip(votes).collect() }
}

fn cluster(number: i64, on: &str, eligible: Option<i64>, tally: Option<TallyFacts>) -> DialogueClusterFacts {
    DialogueClusterFacts {
        name: vi_en(&format!("Cụm đô thị minh hoạ {number}"), &format!("Illustrative cluster {number}")),
        event: vi_en(&format!("Hội nghị cụm đô thị minh hoạ {number}"), &format!("Conference of illustrative cluster {number}")),
        on: Some(p(on)),
        eligible,
        tally,
    }
}

fn dialogue() -> DialogueFacts {
    DialogueFacts {
        code: "MH-DT-2025".into(),
        title: vi_en("Đối thoại chính sách minh hoạ 2025", "Illustrative policy dialogue 2025"),
        part: Text::default(),
        question: vi_en("Khuyến nghị nào cần ưu tiên?", "Which recommendations should come first?"),
        voters: vi_en("Mỗi đô thị một phiếu", "One ballot for each city"),
        rule: Some(BallotRuleFacts { minimum: 1, maximum: 2, secrecy: Secrecy::Anonymous, places: 1, tie: TieRule::AllWin }),
        status: DialogueStatus::Published,
        period: period("2025-05-12", "2025-06-09"),
        options: (1..=3)
            .map(|number| DialogueOptionFacts { number, title: named(number), recommendation: format!("MH-KN-{number}") })
            .collect(),
        clusters: vec![
            cluster(1, "2025-05-12", Some(24), Some(tally(17, 1, [10, 12, 3]))),
            cluster(2, "2025-06-09", Some(26), Some(tally(20, 2, [13, 11, 6]))),
        ],
        result: Some(VoteFacts {
            overall: tally(37, 3, [23, 23, 9]),
            eligible: Some(50),
            ranks: [(1, 1), (2, 1), (3, 3)].into(),
            priorities: [1, 2].into(),
        }),
        stated: Vec::new(),
        sources: vec!["profile".into()],
    }
}

fn without_result() -> DialogueFacts {
    DialogueFacts {
        code: "MH-DT-2017".into(),
        title: vi_en("Đối thoại chính sách tại hội nghị cụm đô thị", "Policy dialogue at cluster conferences"),
        rule: None,
        status: DialogueStatus::Closed,
        clusters: vec![cluster(3, "2017-09-25", None, None)],
        result: None,
        stated: vec![StatedFigureFacts {
            label: vi_en("Số khuyến nghị nhiều nhất trên một phiếu", "Recommendations on a form, at most"),
            value: 3.into(),
            qualifier: Qualifier::Exact,
            as_of: Some(p("2017")),
            source: "partners".into(),
            registered: None,
        }],
        ..dialogue()
    }
}
