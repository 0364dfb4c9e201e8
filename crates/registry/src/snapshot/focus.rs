//! A dialogue, a delegation, an event: each with what belongs to it and nothing else, and beside it the programme that it is a
//! part of. One that belongs to no programme, or to one that the viewer may not see, is told all the same.

use ketnoi_domain::{Delegation, Dialogue, Event, Head, Id, Participation, Programme, Role, Text};
use ketnoi_reporting::{Snapshot, SubjectFacts, SubjectKind};

use super::{
    SnapshotOptions, advocacy,
    cooperation::{Cooperation, Tree},
    events, facts, places,
    records::Records,
    sources,
};
use crate::{Error, Session};

/// A policy dialogue, with the events at which clusters voted, the recommendations that were voted on and what was done to
/// bring them forward.
pub(super) async fn dialogue(session: &Session, code: &str, options: &SnapshotOptions) -> Result<Snapshot, Error> {
    let dialogue: Dialogue = session.require(code).await?;
    let home = home(session, dialogue.programme).await?;
    let subject = subject(SubjectKind::Dialogue, &dialogue.head, &dialogue.title, options);
    let cooperation = Cooperation::of_dialogue(session, home.tree, dialogue).await?;
    told(session, subject, home.programme, cooperation, options).await
}

/// Those who went to an event together, with that event.
pub(super) async fn delegation(session: &Session, code: &str, options: &SnapshotOptions) -> Result<Snapshot, Error> {
    let delegation: Delegation = session.require(code).await?;
    let event: Option<Event> = session.by_ids(&[delegation.event.uuid()]).await?.pop();
    // Where the programme that sent them may not be seen, that of the event does not stand in: it need not have paid.
    let sent_by = delegation.programme.or_else(|| event.as_ref().and_then(|e| e.programme));
    let home = home(session, sent_by).await?;
    let subject = subject(SubjectKind::Delegation, &delegation.head, &delegation.title, options);
    let cooperation = Cooperation::of_delegation(session, home.tree, event, delegation).await?;
    told(session, subject, home.programme, cooperation, options).await
}

/// An event, with all who went there together.
pub(super) async fn event(session: &Session, code: &str, options: &SnapshotOptions) -> Result<Snapshot, Error> {
    let event: Event = session.require(code).await?;
    let home = home(session, event.programme).await?;
    let subject = subject(SubjectKind::Event, &event.head, &event.title, options);
    let cooperation = Cooperation::of_event(session, home.tree, event).await?;
    told(session, subject, home.programme, cooperation, options).await
}

fn subject<T>(kind: SubjectKind, head: &Head<T>, title: &Text, options: &SnapshotOptions) -> SubjectFacts {
    SubjectFacts {
        kind,
        key: head.code.to_string(),
        title: title.clone(),
        short: None,
        illustrative: head.illustrative,
        period: options.period,
    }
}

/// The programme that something is told with, and what the parts of it are called on the way down to that thing.
struct Home {
    programme: Option<Programme>,
    tree: Tree,
}

impl Home {
    /// At the last of a line of programmes, each of which is a part of the next.
    fn at(mut line: Vec<Programme>) -> Self {
        let programme = line.pop();
        let mut tree: Tree = line.into_iter().map(|p| (p.head.id, p.title)).collect();
        tree.extend(programme.iter().map(|p| (p.head.id, Text::default())));
        Self { programme, tree }
    }
}

/// The nearest of a programme and of those above it that says who pays, else the programme itself. A part seldom names the
/// funders of the whole again, and what they ask to be acknowledged holds for the part as well.
async fn home(session: &Session, programme: Option<Id<Programme>>) -> Result<Home, Error> {
    let mut line: Vec<Programme> = Vec::new();
    let mut next = programme;
    while let Some(id) = next {
        let found: Option<Programme> = session.by_ids(&[id.uuid()]).await?.pop();
        // Programmes that hold each other would never end.
        let Some(found) = found.filter(|p| line.iter().all(|q| q.head.id != p.head.id)) else { break };
        let members: Vec<Participation> = session.all_children(("programme_id", &[id.uuid()])).await?;
        next = found.parent;
        line.push(found);
        if members.iter().any(|m| m.role == Role::Funding) {
            return Ok(Home::at(line));
        }
    }
    line.truncate(1);
    Ok(Home::at(line))
}

async fn told(
    session: &Session,
    subject: SubjectFacts,
    programme: Option<Programme>,
    cooperation: Cooperation,
    options: &SnapshotOptions,
) -> Result<Snapshot, Error> {
    let records = Records::around(session, programme, cooperation, options).await?;
    let said = sources::said(&records);
    let programme = facts::programme(&records);
    let illustrative = subject.illustrative || programme.as_ref().is_some_and(|p| p.illustrative);
    let figures = records.programme.iter().flat_map(|p| sources::stated_of(&records, p.head.id.uuid()));
    let events = events::events(&records);
    let paying: Vec<String> = events.iter().flat_map(|e| &e.delegations).filter_map(|d| d.agreement.clone()).collect();
    let publisher = super::publisher(records.publisher.as_ref());
    let subject = SubjectFacts { illustrative, ..subject };
    let mut snapshot = Snapshot {
        programme,
        participations: facts::participations(&records),
        agreements: facts::agreements(&records).into_iter().filter(|a| paying.contains(&a.code)).collect(),
        countries: facts::countries(&records),
        places: places::of_events(&records),
        stated_figures: figures.collect(),
        documents: said.documents,
        statements: said.statements,
        events,
        recommendations: advocacy::recommendations(&records),
        dialogues: advocacy::dialogues(&records),
        ..Snapshot::of(subject, &options.taken, records.revision, &options.audience, publisher)
    };
    snapshot.keep_cited();
    Ok(snapshot)
}
