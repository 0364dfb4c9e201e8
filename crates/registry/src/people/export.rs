//! Everything that is kept of someone, for themselves: as data that a program reads, with words for a person.

use std::collections::HashMap;

use ketnoi_domain::{
    Action, Called, Coded, Consent, Delegation, Document, Event, Lang, LocalAuthority, Organisation, Participant, PersonalRecord,
    Record, StatedFigure, Statement,
};
use ketnoi_persistence::{
    UnitOfWork,
    people::{KeptReportHead, Mention, Written},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::subject::DataSubject;
use crate::{Author, Error, Reference, Registry, WriteError, wording::say};

/// What stands around someone: records that theirs point at, by id.
type Around = HashMap<Uuid, Value>;

impl Registry {
    /// Everything that is kept of someone, with explanations in the language of the author: a person by code or id, entries as
    /// participant by their ids. Nothing where the same request was answered before: the answer itself is not kept.
    pub async fn export_people(&self, author: &Author, who: &[Reference]) -> Result<Option<Value>, WriteError> {
        let lang = author.lang;
        let mut told: Option<(Value, Called)> = None;
        self.change(author, Action::Administer, "export person", async |unit| {
            let subject = DataSubject::find(unit, lang, who).await?;
            let called = subject.called(unit).await?;
            let export = self.all_of(unit, lang, &subject, &called).await?;
            unit.note(&subject.noted());
            told = Some((export, called));
            Ok(())
        })
        .await?;
        let Some((mut export, called)) = told else { return Ok(None) };
        let reports = self.reports_naming(&called).await?;
        export["reports"] = explained(lang, "person-export-reports", reports.iter().map(report).collect());
        Ok(Some(export))
    }

    async fn all_of(&self, unit: &UnitOfWork, lang: Lang, subject: &DataSubject, called: &Called) -> Result<Value, WriteError> {
        let around = around(unit, lang, subject).await?;
        let records = subject.records();
        let statements: Vec<Statement> = unit.every("subject_id", &records).await?;
        let figures: Vec<StatedFigure> = unit.every("subject_id", &records).await?;
        let said = statements.iter().map(|s| json!(s)).chain(figures.iter().map(|f| json!(f))).collect();
        let mut persons = Vec::with_capacity(subject.persons.len());
        for person in &subject.persons {
            let id = person.head.id;
            let record = unit.personal_record(id).await?.unwrap_or_else(|| PersonalRecord::usual(id));
            let consents = unit.consents(&[id.uuid()]).await?;
            persons.push(json!({
                "id": id,
                "code": person.head.code,
                "name": person.name,
                "honorific": person.honorific,
                "visibility": person.head.visibility,
                "purpose": meant(lang, "data-purpose", record.purpose),
                "legal_basis": meant(lang, "legal-basis", record.legal_basis),
                "retain_until": record.retain_until,
                "consents": consents.iter().map(|(_, c)| agreed(lang, c)).collect::<Vec<_>>(),
            }));
        }
        let roles = subject.roles.iter().map(|r| {
            json!({
                "id": r.head.id,
                "code": r.head.code,
                "kind": r.kind,
                "title": r.title,
                "organisation": r.organisation.and_then(|id| around.get(&id.uuid())),
                "event": r.event.and_then(|id| around.get(&id.uuid())),
                "period": r.period,
                "said": r.said,
                "contacts": r.contacts,
                "source": around.get(&r.document.uuid()),
            })
        });
        let own: Vec<Uuid> = records.iter().copied().chain(subject.entries()).collect();
        let said_ids: Vec<Uuid> =
            statements.iter().map(|s| s.head.id.uuid()).chain(figures.iter().map(|f| f.head.id.uuid())).collect();
        let elsewhere = |m: &&Mention| m.id.is_none_or(|id| !own.contains(&id) && !said_ids.contains(&id));
        let mentions = unit.mentions(called).await?;
        let changes = unit.written_of(&records).await?;
        Ok(json!({
            "about": say(lang, "person-export-about", &[]),
            "rights": say(lang, "person-export-rights", &[]),
            "made_at": self.clock.now(),
            "persons": explained(lang, "person-export-persons", persons),
            "roles": explained(lang, "person-export-roles", roles.collect()),
            "statements": explained(lang, "person-export-statements", said),
            "participations": explained(
                lang,
                "person-export-participations",
                subject.participants.iter().map(|p| participation(lang, p, &around)).collect(),
            ),
            "mentions": explained(lang, "person-export-mentions", mentions.iter().filter(elsewhere).map(mention).collect()),
            "changes": explained(lang, "person-export-changes", changes.iter().map(change).collect()),
        }))
    }
}

/// A part of what is handed out, with what it is.
fn explained(lang: Lang, key: &str, all: Vec<Value>) -> Value {
    let entries = Value::Array(all);
    json!({ "explanation": say(lang, key, &[]), "entries": entries })
}

/// A value of a closed list, with what it means.
fn meant(lang: Lang, list: &str, value: impl Coded) -> Value {
    let key = format!("{list}-{}", value.name().replace('_', "-"));
    json!({ "code": value.name(), "meaning": say(lang, &key, &[]) })
}

fn agreed(lang: Lang, consent: &Consent) -> Value {
    json!({
        "given_for": meant(lang, "consent-scope", consent.given_for),
        "given_on": consent.given_on,
        "withdrawn_on": consent.withdrawn_on,
    })
}

fn participation(lang: Lang, p: &Participant, around: &Around) -> Value {
    json!({
        "id": p.id,
        "event": around.get(&p.event.uuid()),
        "delegation": p.delegation.and_then(|id| around.get(&id.uuid())),
        "name": p.name,
        "organisation": p.organisation.and_then(|id| around.get(&id.uuid())),
        "authority": p.authority.and_then(|id| around.get(&id.uuid())),
        "category": p.category,
        "sex": p.sex,
        "contacts": p.contacts,
        "purpose": meant(lang, "data-purpose", p.purpose),
        "legal_basis": meant(lang, "legal-basis", p.legal_basis),
        "retain_until": p.retain_until,
        "consents": p.consents.iter().map(|c| agreed(lang, c)).collect::<Vec<_>>(),
    })
}

fn mention(m: &Mention) -> Value {
    json!({ "table": m.table, "column": m.column, "id": m.id })
}

fn report(r: &KeptReportHead) -> Value {
    json!({
        "id": r.id, "report": r.definition, "subject": r.subject, "lang": r.lang, "audience": r.audience, "taken": r.taken,
    })
}

fn change(w: &Written) -> Value {
    json!({ "at": w.at, "action": w.action, "kind": w.kind, "operation": w.operation, "record": w.record })
}

/// What the roles and entries of someone point at, as people call it.
async fn around(unit: &UnitOfWork, lang: Lang, subject: &DataSubject) -> Result<Around, Error> {
    let (roles, entries) = (&subject.roles, &subject.participants);
    let mut events: Vec<Uuid> = entries.iter().map(|p| p.event.uuid()).collect();
    events.extend(roles.iter().filter_map(|r| r.event).map(ketnoi_domain::Id::uuid));
    let mut bodies: Vec<Uuid> = entries.iter().filter_map(|p| p.organisation).map(ketnoi_domain::Id::uuid).collect();
    bodies.extend(roles.iter().filter_map(|r| r.organisation).map(ketnoi_domain::Id::uuid));
    let delegations: Vec<Uuid> = entries.iter().filter_map(|p| p.delegation).map(ketnoi_domain::Id::uuid).collect();
    let authorities: Vec<Uuid> = entries.iter().filter_map(|p| p.authority).map(ketnoi_domain::Id::uuid).collect();
    let documents: Vec<Uuid> = roles.iter().map(|r| r.document.uuid()).collect();
    let mut around = Around::new();
    around.extend(shown(lang, &unit.every::<Event>("id", &events).await?));
    around.extend(shown(lang, &unit.every::<Delegation>("id", &delegations).await?));
    around.extend(shown(lang, &unit.every::<Organisation>("id", &bodies).await?));
    around.extend(shown(lang, &unit.every::<LocalAuthority>("id", &authorities).await?));
    around.extend(shown(lang, &unit.every::<Document>("id", &documents).await?));
    Ok(around)
}

fn shown<T: Record>(lang: Lang, records: &[T]) -> Vec<(Uuid, Value)> {
    let one = |record: &T| {
        let title = record.label().map(|label| label.in_lang(lang));
        (record.head().id.uuid(), json!({ "code": record.head().code, "title": title }))
    };
    records.iter().map(one).collect()
}
