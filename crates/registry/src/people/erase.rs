//! Erasing someone. What hangs on a person stays whole: the row stays, under a code that says nothing and without a name, so
//! that offices, events and counts are as they were; names and ways to reach someone are gone.

use ketnoi_domain::{Action, Code, Coded as _, Head, Person, PublicRole, Text};
use ketnoi_persistence::{
    UnitOfWork,
    people::{self, GoneReport, Mention},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    in_every_language,
    reports::{Looked, naming},
    subject::DataSubject,
    wrong,
};
use crate::{Author, Error, Reference, Registry, UserErrorCode, WriteError, wording::say};

/// No reason needs to be longer.
const LONGEST: usize = 500;

/// What erasing someone came to: ids alone, because it is kept for those who ask again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// The persons, who have a row without a name now.
    pub persons: Vec<Uuid>,
    /// Their roles, which stay with the office.
    pub roles: Vec<Uuid>,
    /// How many entries as participant were taken away.
    pub participants: usize,
    /// How much of what sources said of them was taken away.
    pub statements: usize,
    /// The reports that named them, which were taken away.
    pub reports: Vec<GoneReport>,
    /// Where their name still stands in words that others wrote: nobody but a person can say how those are to be put now.
    pub mentions: Vec<Mention>,
}

impl Registry {
    /// Erases someone for good: a person by code or id, entries as participant by their ids. The reason stays in the trail, and
    /// so names nobody.
    pub async fn erase_people(&self, author: &Author, who: &[Reference], reason: &str) -> Result<Erased, WriteError> {
        let action = "erase person";
        if !author.viewer.may(Action::Administer) {
            return Err(Error::Forbidden(say(author.lang, "forbidden", &[("action", action)])).into());
        }
        let looked = self.looked_for(author, who).await?;
        people::begin_overwriting(&self.store).await;
        let done = self
            .change(author, Action::Administer, action, async |unit| self.erase(unit, author, who, reason.trim(), &looked).await)
            .await;
        people::end_overwriting(&self.store).await;
        done
    }

    /// Looks for someone in the reports before anything is erased. Who is not there is told by the change itself, which may
    /// have been made already.
    async fn looked_for(&self, author: &Author, who: &[Reference]) -> Result<Looked, WriteError> {
        let unit = UnitOfWork::begin(&self.store).await?;
        let found = match DataSubject::find(&unit, author.lang, who).await {
            Ok(subject) => Some(subject.called(&unit).await),
            Err(_) => None,
        };
        unit.roll_back().await?;
        match found {
            Some(called) => Ok(self.look_at_reports(&called?).await?),
            None => Ok(Looked::new()),
        }
    }

    async fn erase(
        &self,
        unit: &mut UnitOfWork,
        author: &Author,
        who: &[Reference],
        reason: &str,
        looked: &Looked,
    ) -> Result<Erased, WriteError> {
        let subject = DataSubject::find(unit, author.lang, who).await?;
        let called = subject.called(unit).await?;
        let refuse = |key, words: &[(&str, &str)]| wrong(author.lang, UserErrorCode::Invalid, "reason", key, words);
        if !subject.erased.is_empty() {
            return Err(wrong(author.lang, UserErrorCode::State, "people", "person-erased-before", &[]).into());
        }
        if reason.is_empty() {
            return Err(refuse("erasure-reason", &[]).into());
        }
        if reason.chars().count() > LONGEST {
            return Err(refuse("text-long", &[("most", &LONGEST.to_string())]).into());
        }
        if called.is_in(reason) {
            return Err(refuse("erasure-reason-names", &[]).into());
        }
        let nameless = in_every_language("person-erased-name");
        let untitled = in_every_language("role-erased-title");
        for person in &subject.persons {
            let tomb = self.tomb(person, &nameless)?;
            unit.put(std::slice::from_ref(&tomb)).await?;
            let own = subject.roles.iter().filter(|role| role.person == person.head.id);
            let roles: Vec<PublicRole> = own
                .enumerate()
                .map(|(i, role)| {
                    let title = if role.title.iter().any(|(_, t)| called.is_in(t)) { &untitled } else { &role.title };
                    emptied(role, i, person, &tomb, title)
                })
                .collect::<Result<_, WriteError>>()?;
            unit.put(&roles).await?;
            unit.forget_personal_record(person.head.id).await?;
        }
        let records = subject.records();
        let statements = unit.remove_what_is_said_of(&records).await?;
        unit.forget_consents(&records).await?;
        let entries = subject.entries();
        unit.remove_participants(&entries).await?;
        unit.mark_erased(&records, author.viewer.account(), &self.clock.now()).await?;
        // Before the reports are looked at: from here on none is kept that was made of what was before.
        unit.restart_reports().await?;
        // Only a person whom a source names can stand in a report; others are merely called alike.
        let reports = if subject.persons.is_empty() { Vec::new() } else { naming(unit, &called, looked).await? };
        let reports = unit.remove_kept_reports(reports, &say(author.lang, "report-named-erased", &[])).await?;
        unit.forget_words().await?;
        unit.note(&format!("{}; reason: {reason}", subject.noted()));
        Ok(Erased {
            persons: subject.persons.iter().map(|p| p.head.id.uuid()).collect(),
            roles: subject.roles.iter().map(|r| r.head.id.uuid()).collect(),
            participants: entries.len(),
            statements,
            reports,
            mentions: unit.mentions(&called).await?,
        })
    }

    /// What stays of a person.
    fn tomb(&self, person: &Person, nameless: &Text) -> Result<Person, WriteError> {
        // The last signs of an id are its random ones.
        let id = self.clock.new_id().simple().to_string();
        let code = coded(&format!("erased-{}", &id[id.len() - 12..]))?;
        Ok(Person { head: Head { code, ..person.head.clone() }, name: nameless.clone(), honorific: Text::default() })
    }
}

/// What stays of a role: the office, where and when, and the source. What the person said and how to reach them goes.
fn emptied(role: &PublicRole, i: usize, person: &Person, tomb: &Person, title: &Text) -> Result<PublicRole, WriteError> {
    let rest = role.head.code.as_str().strip_prefix(person.head.code.as_str()).and_then(|rest| rest.strip_prefix(':'));
    let named = rest.and_then(|rest| tomb.head.code.part(rest).ok());
    let code = match named {
        Some(code) => code,
        None => coded(&format!("{}:role:{}:{}", tomb.head.code, role.kind.name(), i + 1))?,
    };
    Ok(PublicRole {
        head: Head { code, ..role.head.clone() },
        title: title.clone(),
        said: Text::default(),
        contacts: Vec::new(),
        ..role.clone()
    })
}

fn coded(code: &str) -> Result<Code, WriteError> {
    code.parse().map_err(|e: ketnoi_domain::CodeError| ketnoi_persistence::Error::Refused(e.to_string()).into())
}
