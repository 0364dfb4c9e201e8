//! What is kept of people for administration, on which ground, for how long, and what they agreed to. None of it is a record:
//! it is never listed, searched or published.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use uuid::Uuid;

use crate::{
    Contact, Delegation, Event, Id, LocalAuthority, Organisation, ParticipantCategory, Person, coded::coded, fold::fold,
};

coded! {
    /// For what data about a person are kept.
    pub enum DataPurpose {
        /// To prepare an event, hold it and account for it.
        EventAdministration = "event_administration" / "event_administration",
        /// To show a funder, who asks for it, that people came.
        FunderReporting = "funder_reporting" / "funder_reporting",
        /// To tell who spoke, signed or held an office, as a published source does.
        PublicRole = "public_role" / "public_role",
        /// To stay in touch.
        Correspondence = "correspondence" / "correspondence",
    }
}

coded! {
    /// On which ground data about a person may be kept: GDPR, article 6(1), and Viet Nam's Decree 13/2023/ND-CP.
    pub enum LegalBasis {
        /// The person agreed: GDPR 6(1)(a), Decree 13 article 11.
        Consent = "consent" / "consent",
        /// A contract with the person: GDPR 6(1)(b), Decree 13 article 17(4).
        Contract = "contract" / "contract",
        /// A law demands it: GDPR 6(1)(c).
        LegalObligation = "legal_obligation" / "legal_obligation",
        /// Someone's life or health is in danger: GDPR 6(1)(d), Decree 13 article 17(1).
        VitalInterests = "vital_interests" / "vital_interests",
        /// A task in the public interest, or the work of state bodies: GDPR 6(1)(e), Decree 13 article 17(5).
        PublicTask = "public_task" / "public_task",
        /// An interest that outweighs the person's: GDPR 6(1)(f). Decree 13 knows no such ground.
        LegitimateInterest = "legitimate_interest" / "legitimate_interest",
        /// It was made public as the law provides: Decree 13 article 17(2).
        LawfulPublication = "lawful_publication" / "lawful_publication",
    }
}

coded! {
    /// What a person agrees to.
    pub enum ConsentScope {
        /// To be kept as a participant.
        Participation = "participation" / "participation",
        /// To be photographed, and shown in what is published.
        Photograph = "photograph" / "photograph",
    }
}

coded! {
    /// A person's sex, as the person states it.
    pub enum Sex {
        /// A woman.
        Female = "female" / "female",
        /// A man.
        Male = "male" / "male",
        /// Neither of the two.
        Other = "other" / "other",
    }
}

/// That a person agreed to something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Its id.
    pub id: Uuid,
    /// To what.
    pub given_for: ConsentScope,
    /// When it was given.
    pub given_on: NaiveDate,
    /// When it was taken back.
    pub withdrawn_on: Option<NaiveDate>,
}

/// Someone who took part in an event, by name: for administration, and for nobody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The id of this entry.
    pub id: Uuid,
    /// The event.
    pub event: Id<Event>,
    /// The delegation that they came with.
    pub delegation: Option<Id<Delegation>>,
    /// The person, if a published source names them as well.
    pub person: Option<Id<Person>>,
    /// The organisation that they came from.
    pub organisation: Option<Id<Organisation>>,
    /// The local authority that they came from.
    pub authority: Option<Id<LocalAuthority>>,
    /// The name, as the person writes it.
    pub name: String,
    /// On whose side they came.
    pub category: ParticipantCategory,
    /// Their sex; unknown where nobody stated it.
    pub sex: Option<Sex>,
    /// How to reach them.
    pub contacts: Vec<Contact>,
    /// For what the entry is kept.
    pub purpose: DataPurpose,
    /// On which ground.
    pub legal_basis: LegalBasis,
    /// The last day on which it is kept.
    pub retain_until: NaiveDate,
    /// What they agreed to, the oldest first.
    pub consents: Vec<Consent>,
    /// How often the entry was written, from 1.
    pub version: i64,
}

/// What is wrong with an entry of a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParticipantFault {
    /// The name is empty or longer than a name is.
    Name,
    /// A way to reach them is empty or longer than one is.
    Contact,
    /// It is kept for longer than anyone needs.
    RetainedLong,
    /// It is kept by consent, and nobody consented.
    NoConsent,
}

/// The most signs of a name, or of a way to reach someone.
pub const LONGEST_NAME: usize = 200;

/// For how many months an entry is kept after its event, where nobody says otherwise: as long as funders may still ask.
const RETAINED: u32 = 24;

/// The most months for which an entry may be kept.
const MOST_RETAINED: u32 = 120;

fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

impl Participant {
    /// The last day on which an entry is kept where nobody says otherwise: two years after the event, or after today if it is
    /// not over or nobody knows when it was.
    pub fn usual_retention(event_ended: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
        months_after(event_ended.map_or(today, |ended| ended.max(today)), RETAINED)
    }

    /// Whether they agree to something at present.
    pub fn agrees_to(&self, to: ConsentScope) -> bool {
        self.consents.iter().any(|c| c.given_for == to && c.withdrawn_on.is_none())
    }

    /// The rules that the entry breaks.
    pub fn faults(&self, today: NaiveDate) -> Vec<ParticipantFault> {
        let lacks = |text: &str| text.trim().is_empty() || text.chars().count() > LONGEST_NAME;
        let ended = self.retain_until < today;
        let rules = [
            (lacks(&self.name), ParticipantFault::Name),
            (self.contacts.iter().any(|c| lacks(&c.value)), ParticipantFault::Contact),
            (self.retain_until > months_after(today, MOST_RETAINED), ParticipantFault::RetainedLong),
            // Once consent is taken back the entry is due, and until it is swept it may still be mended.
            (
                self.legal_basis == LegalBasis::Consent && !ended && !self.agrees_to(ConsentScope::Participation),
                ParticipantFault::NoConsent,
            ),
        ];
        rules.into_iter().filter(|(broken, _)| *broken).map(|(_, fault)| fault).collect()
    }
}

/// For what, and on which ground, a person is kept whom a published source names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalRecord {
    /// The person.
    pub person: Id<Person>,
    /// For what.
    pub purpose: DataPurpose,
    /// On which ground.
    pub legal_basis: LegalBasis,
    /// The last day on which the person is kept; open where nobody set one.
    pub retain_until: Option<NaiveDate>,
}

impl PersonalRecord {
    /// What holds where nobody said anything: a published source names the person in a public role.
    pub fn usual(person: Id<Person>) -> Self {
        let (purpose, legal_basis) = (DataPurpose::PublicRole, LegalBasis::LawfulPublication);
        Self { person, purpose, legal_basis, retain_until: None }
    }
}

/// What someone is called and reached by, to look for it in texts that others wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    /// Words in a row, in small letters, with a blank on each side.
    words: Vec<String>,
    /// The same as they may be written, in small letters of ASCII.
    spellings: Vec<String>,
}

impl Called {
    /// Someone of these names, reached at these addresses and numbers, and kept under this code.
    pub fn of<'t>(
        names: impl IntoIterator<Item = &'t str>,
        contacts: impl IntoIterator<Item = &'t str>,
        code: Option<&'t str>,
    ) -> Self {
        let mut called = Self::default();
        for name in names {
            let plain = fold(name);
            if plain.is_empty() {
                continue;
            }
            // A code that is made of the name tells as much as the name does.
            let telling = |code: &&str| fold(code).split(' ').all(|word| plain.split(' ').any(|known| known == word));
            called.spellings.extend(code.filter(telling).map(str::to_ascii_lowercase));
            let composed: String = name.trim().nfc().collect();
            called.spellings.extend([composed.to_lowercase(), composed.to_uppercase(), composed].map(|s| s.to_ascii_lowercase()));
            called.spellings.push(plain.clone());
            called.words.push(spaced(name));
            called.words.push(spaced(&plain));
        }
        for contact in contacts.into_iter().filter(|c| !spaced(c).trim().is_empty()) {
            called.spellings.push(contact.trim().to_ascii_lowercase());
            called.words.push(spaced(contact));
        }
        for all in [&mut called.words, &mut called.spellings] {
            all.sort_unstable();
            all.dedup();
        }
        called
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.words.extend(other.words);
        self.spellings.extend(other.spellings);
        for all in [&mut self.words, &mut self.spellings] {
            all.sort_unstable();
            all.dedup();
        }
        self
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What a text that names them holds, once its letters of ASCII are small ones. Not every text that holds it names them.
    pub fn spellings(&self) -> &[String] {
        &self.spellings
    }

    /// Whether a text names them: with its accents or without any, whatever the case and the signs between the words.
    pub fn is_in(&self, text: &str) -> bool {
        let text = spaced(text);
        self.words.iter().any(|words| text.contains(words.as_str()))
    }

    /// Whether a text names them by more than a single word, which might be anyone's.
    pub fn is_surely_in(&self, text: &str) -> bool {
        const DIGITS: usize = 6;
        let telling = |words: &str| {
            words.split_whitespace().nth(1).is_some() || words.chars().filter(char::is_ascii_digit).count() >= DIGITS
        };
        let text = spaced(text);
        self.words.iter().any(|words| telling(words) && text.contains(words.as_str()))
    }
}

/// The words of a text in small letters, a blank before and after each.
fn spaced(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 2);
    words.push(' ');
    for c in text.nfc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || is_combining_mark(c) {
            words.push(c);
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn participant() -> Participant {
        Participant {
            id: Uuid::nil(),
            event: Id::from_uuid(Uuid::nil()),
            delegation: None,
            person: None,
            organisation: None,
            authority: None,
            name: "Nguyễn Thị Hoa".into(),
            category: ParticipantCategory::LocalGovernment,
            sex: Some(Sex::Female),
            contacts: Vec::new(),
            purpose: DataPurpose::EventAdministration,
            legal_basis: LegalBasis::PublicTask,
            retain_until: day("2028-11-22"),
            consents: Vec::new(),
            version: 1,
        }
    }

    #[test]
    fn who_is_kept_by_consent_has_given_it() {
        let today = day("2026-11-22");
        let mut one = participant();
        assert_eq!(one.faults(today), []);
        one.legal_basis = LegalBasis::Consent;
        assert_eq!(one.faults(today), [ParticipantFault::NoConsent]);
        let consent =
            |withdrawn_on| Consent { id: Uuid::nil(), given_for: ConsentScope::Participation, given_on: today, withdrawn_on };
        one.consents = vec![consent(None)];
        assert_eq!(one.faults(today), []);
        one.consents = vec![consent(Some(today))];
        assert_eq!(one.faults(today), [ParticipantFault::NoConsent]);
        one.retain_until = day("2026-11-21");
        assert_eq!(one.faults(today), [], "what is due is swept, not refused");
    }

    #[test]
    fn nobody_is_kept_without_a_name_or_for_ever() {
        let today = day("2026-11-22");
        let mut one = Participant { name: "  ".into(), retain_until: day("2036-11-23"), ..participant() };
        one.contacts = vec![Contact { kind: crate::ContactKind::Email, value: String::new() }];
        let faults = [ParticipantFault::Name, ParticipantFault::Contact, ParticipantFault::RetainedLong];
        assert_eq!(one.faults(today), faults);
    }

    #[test]
    fn an_entry_is_kept_for_two_years_after_its_event_or_after_today() {
        let today = day("2026-11-22");
        assert_eq!(Participant::usual_retention(None, today), day("2028-11-22"));
        assert_eq!(Participant::usual_retention(Some(day("2012-03-01")), today), day("2028-11-22"));
        assert_eq!(Participant::usual_retention(Some(day("2027-02-28")), today), day("2029-02-28"));
    }

    #[test]
    fn a_name_is_found_with_all_its_accents_or_with_none() {
        let called = Called::of(["Đỗ Hậu"], ["hau.do@delgosea.eu"], Some("do-hau"));
        for text in [
            r#"{"vi":"PGS. TS. Đỗ Hậu phát biểu"}"#,
            "ĐỖ  HẬU",
            "Do Hau, coordinator",
            "do-hau:role:1",
            "Write to hau.do@delgosea.eu.",
            "Đô\u{303} Hâ\u{323}u",
        ] {
            assert!(called.is_in(text), "{text}");
        }
        for text in ["đô hậu cần", "Đỗ Văn Hậu", "Đỗ Hậuu", "hau"] {
            assert!(!called.is_in(text), "{text}");
        }
        assert!(called.spellings().contains(&"do-hau".to_owned()) && called.spellings().contains(&"do hau".to_owned()));
        assert!(!Called::of(["Đỗ Hậu"], [], Some("P-17")).spellings().contains(&"p-17".to_owned()));
        assert!(Called::of([" "], [""], Some("x")).is_empty());
    }

    #[test]
    fn a_single_word_names_nobody_for_sure() {
        let one = Called::of(["Minh"], ["0437674500"], None);
        assert!(one.is_in("Hồ Chí Minh") && !one.is_surely_in("Hồ Chí Minh"));
        assert!(one.is_surely_in("tel. 0437674500"));
        assert!(Called::of(["Đỗ Hậu"], [], None).is_surely_in("GS. Đỗ Hậu"));
    }
}
