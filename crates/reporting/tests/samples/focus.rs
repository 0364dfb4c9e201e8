//! A dialogue, a delegation and an event by themselves, with the programme that they belong to, as the registry hands them over.

use ketnoi_domain::{Contact, ContactKind, Lang, PublicRoleKind, SessionFormat, Text};
use ketnoi_reporting::{FinanceFacts, PersonFacts, SessionFacts, Snapshot, StatementFacts, SubjectFacts, SubjectKind};

use crate::samples::{full, mped};

fn vi_en(vi: &str, en: &str) -> Text {
    Text::from_iter([(Lang::Vi, vi), (Lang::En, en)])
}

/// The programme with nothing of its own but what is told of it to whoever reads about a part of it.
fn beside(kind: SubjectKind, key: &str, title: &Text) -> Snapshot {
    let mut s = mped();
    s.subject = SubjectFacts { kind, key: key.into(), title: title.clone(), short: None, ..s.subject };
    s.agreements.clear();
    s.finance = FinanceFacts::default();
    s.places.clear();
    s.sectors.clear();
    s.related.clear();
    s
}

/// A dialogue whose result is public, with the recommendations that were voted on.
pub(crate) fn dialogue() -> Snapshot {
    let all = full(3, 3);
    let mut dialogue = all.dialogues[0].clone();
    dialogue.sources = vec!["profile".into()];
    let mut s = beside(SubjectKind::Dialogue, &dialogue.code, &dialogue.title);
    s.recommendations = all.recommendations;
    s.recommendations[0].text =
        vi_en("Sửa luật để một phần ba số thu ở lại đô thị.", "Change the law so that a third of it stays with the city.");
    s.dialogues = vec![dialogue];
    s.keep_cited();
    s
}

/// A dialogue of which only is known that there was a vote.
pub(crate) fn dialogue_without_result() -> Snapshot {
    let dialogue = full(3, 3).dialogues[1].clone();
    let mut s = beside(SubjectKind::Dialogue, &dialogue.code, &dialogue.title);
    s.dialogues = vec![dialogue];
    s.keep_cited();
    s
}

fn session(number: i64, format: SessionFormat, title: Text) -> SessionFacts {
    SessionFacts {
        number,
        format,
        title,
        raw: None,
        topic: Text::default(),
        date: None,
        counterparts: Vec::new(),
        people: Vec::new(),
        sources: Vec::new(),
    }
}

fn person(kind: PublicRoleKind, name: Text, office: Text) -> PersonFacts {
    let (organisation, said, contacts) = (Text::default(), Text::default(), Vec::new());
    PersonFacts { kind, name, office, organisation, said, contacts, source: "partners".into() }
}

/// A delegation to an event of others, with sessions, a meeting and a text that had to be read anew.
pub(crate) fn delegation() -> Snapshot {
    let mut event = full(3, 3).events[3].clone();
    let mut corrupted =
        session(2, SessionFormat::Session, vi_en("Thúc đẩy Chính phủ mở ở châu Á", "Promoting open government in Asia"));
    corrupted.raw = Some("Thúc đẩy Chính phủ Mông ở Châu Á".into());
    let mut meeting = session(3, SessionFormat::SideMeeting, vi_en("Họp bên lề với diễn đàn", "Side meeting with the forum"));
    meeting.counterparts = vec![vi_en("Diễn đàn Hàn Quốc", "Korean forum")];
    let mut speaker = person(PublicRoleKind::Speaker, vi_en("Song Sang Rak", ""), vi_en("Cục trưởng", "Director general"));
    speaker.said = vi_en("Phát triển cần người dân tham gia.", "Growth needs people who take part.");
    meeting.people = vec![speaker];
    let round_table = session(4, SessionFormat::RoundTable, vi_en("Bàn tròn cấp cao", "High-level round table"));
    event.sessions =
        vec![session(1, SessionFormat::Opening, vi_en("Khai mạc", "Opening")), corrupted.clone(), meeting, round_table];
    event.delegations[0].attended = vec![1, 2, 3];
    let title = event.delegations[0].title.clone();
    let mut s = beside(SubjectKind::Delegation, "MH-SEOUL:delegation:VN", &title);
    s.statements.push(StatementFacts {
        subject: corrupted.title.clone(),
        property: Some("title".into()),
        value: corrupted.title,
        raw: corrupted.raw,
        current: true,
        source: "partners".into(),
        locator: Some("đoạn 4".into()),
        stated: None,
        note: vi_en("“Mông” là lỗi của “mở”.", "“Mông” stands for “mở”."),
    });
    s.events = vec![event];
    s.keep_cited();
    s
}

/// An event for the press.
pub(crate) fn event() -> Snapshot {
    let mut event = full(3, 3).events[0].clone();
    event.description = vi_en("Bốn thành phố bàn cách phân loại rác.", "Four cities discuss how to sort waste.");
    event.organisers =
        vec![vi_en("Hiệp hội các đô thị Việt Nam", "Association of Cities of Vietnam"), vi_en("Thành phố Vinh", "City of Vinh")];
    let mut general = person(
        PublicRoleKind::Official,
        vi_en("GS. Nguyễn Văn A", "Prof. Nguyễn Văn A"),
        vi_en("Tổng thư ký", "Secretary general"),
    );
    general.said = vi_en("Kết quả sẽ được các bộ xem xét.", "The ministries will consider the results.");
    let mut contact = person(PublicRoleKind::Contact, vi_en("Trần Thị B", ""), vi_en("Đầu mối", "Contact for the workshop"));
    contact.contacts = vec![Contact { kind: ContactKind::Telephone, value: "024 0000 0000".into() }];
    event.people = vec![general, contact];
    let mut s = beside(SubjectKind::Event, &event.code, &event.title);
    let programme = s.programme.as_mut().expect("the sample has a programme");
    programme.description =
        vi_en("Chương trình giúp các đô thị phát triển kinh tế.", "The programme helps cities to develop their economies.");
    s.events = vec![event];
    s.keep_cited();
    s
}
