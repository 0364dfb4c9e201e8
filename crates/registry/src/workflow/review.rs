//! The steps of a record: handed in, sent back, published, taken back. Each says who, when and why.

use std::collections::{BTreeMap, HashMap};

use ketnoi_domain::{
    Action, Cluster, Dialogue, Document, Event, EventSeries, Fund, GoodPractice, Kind, LocalAuthority, Narrative, NewsItem,
    Organisation, Partnership, Person, Programme, Recommendation, Replication, RoadMap, Visibility,
    workflow::{RecordState, ReviewStep},
};
use ketnoi_persistence::{
    UnitOfWork,
    workflow::{self, Review},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{plain, publication, publication::Publishing, subject};
use crate::{
    Author, Error, Reading, Reference, Registry, Session, UserErrorCode, Writable, WriteError,
    writing::{Task, Writing},
};

/// What a step came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stepped {
    /// The kind of the record.
    pub kind: Kind,
    /// The record.
    pub id: Uuid,
    /// The version that it has now.
    pub version: i64,
    /// The number of its publication, if it was published.
    pub publication: Option<i64>,
}

/// How a record stands, and how it came to that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordSteps {
    /// How far it has come.
    pub state: RecordState,
    /// Its steps, the newest first.
    pub steps: Vec<Review>,
}

/// Records that wait for review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewPage {
    /// The steps by which they were handed in, the oldest first.
    pub waiting: Vec<Review>,
    /// The revision behind which the list goes on, if it does.
    pub more_after: Option<i64>,
}

impl Registry {
    /// Hands a record in for review.
    pub async fn submit_for_review(&self, author: &Author, which: &Reference, note: &str) -> Result<Stepped, WriteError> {
        self.change(author, Action::Write, "submit for review", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let note = plain(&mut writing, "note", note, false);
            let done = self.review_step(&mut writing, author, which, (ReviewStep::Submitted, &note)).await?;
            writing.end(done)
        })
        .await
    }

    /// Sends a record back that waits for review.
    pub async fn send_back(&self, author: &Author, which: &Reference, reason: &str) -> Result<Stepped, WriteError> {
        self.change(author, Action::Publish, "send back", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let reason = plain(&mut writing, "reason", reason, true);
            let done = self.review_step(&mut writing, author, which, (ReviewStep::SentBack, &reason)).await?;
            writing.end(done)
        })
        .await
    }

    /// Publishes a record: from now on those see it for whom it is published, and what it and its parts hold is kept as it is.
    pub async fn publish_record(
        &self,
        author: &Author,
        which: &Reference,
        expected: i64,
        publishing: &Publishing,
    ) -> Result<Stepped, WriteError> {
        self.change(author, Action::Publish, "publish record", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let done = self.publish(&mut writing, author, (which, expected), publishing).await?;
            writing.end(done)
        })
        .await
    }

    /// Takes a record back from those who see it: nobody but its editors or the association does from now on. What was published
    /// of it stays in the history.
    pub async fn withdraw_record(
        &self,
        author: &Author,
        which: &Reference,
        visibility: Visibility,
        reason: &str,
    ) -> Result<Stepped, WriteError> {
        self.change(author, Action::Publish, "withdraw record", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let done = self.withdraw(&mut writing, author, which, (visibility, reason)).await?;
            writing.end(done)
        })
        .await
    }

    /// A step that changes nothing of the record itself.
    async fn review_step(
        &self,
        writing: &mut Writing<'_>,
        author: &Author,
        which: &Reference,
        (step, why): (ReviewStep, &str),
    ) -> Result<Option<Stepped>, WriteError> {
        let Some((kind, known)) = subject(writing, which, None).await? else { return Ok(None) };
        let (_, state) = self.review_stands(kind, known.id).await?;
        let wrong = match (step, state) {
            (ReviewStep::Submitted, RecordState::Draft) | (ReviewStep::SentBack, RecordState::InReview) => None,
            (ReviewStep::Submitted, RecordState::InReview) => Some("review-waits"),
            (ReviewStep::Submitted, _) => Some("review-published"),
            _ => Some("review-not-waiting"),
        };
        if let Some(wrong) = wrong {
            writing.refuse(UserErrorCode::State, "id".to_owned(), wrong, &[]);
        }
        if !writing.errors.is_empty() {
            return Ok(None);
        }
        let review = self.review(author, writing.unit, (kind, known.id), (step, why));
        writing.unit.add_review(&review).await?;
        Ok(Some(Stepped { kind, id: known.id, version: known.version, publication: None }))
    }

    async fn publish(
        &self,
        writing: &mut Writing<'_>,
        author: &Author,
        (which, expected): (&Reference, i64),
        publishing: &Publishing,
    ) -> Result<Option<Stepped>, WriteError> {
        let (visibility, note) = (publishing.visibility, plain(writing, "note", &publishing.note, false));
        if visibility < Visibility::Partners {
            writing.refuse(UserErrorCode::Invalid, "visibility".to_owned(), "publish-visibility", &[]);
        }
        let Some((kind, known)) = subject(writing, which, Some(expected)).await? else { return Ok(None) };
        let (own, _) = self.review_stands(kind, known.id).await?;
        if own == visibility {
            faulty(writing, kind, known.id).await?;
        } else {
            show(writing, kind, which, visibility).await?;
        }
        if !writing.errors.is_empty() {
            return Ok(None);
        }
        writing.unit.settle().await?;
        for (owner, code) in writing.unit.narrower_owners(kind, known.id, visibility).await? {
            let owner = format!("{} {code}", ketnoi_domain::Coded::name(owner).replace('_', " "));
            writing.refuse(UserErrorCode::State, "id".to_owned(), "publish-owner", &[("owner", &owner)]);
        }
        if !writing.errors.is_empty() {
            return Ok(None);
        }
        let contents = publication::contents(writing.unit, (kind, known.id), visibility).await?;
        let before = workflow::publications(self.store.reader(), known.id).await?;
        if let Some(last) = before.first().filter(|last| own == visibility && last.visibility == visibility) {
            let old = workflow::publication_contents(self.store.reader(), known.id, last.number).await?;
            if old.is_some_and(|old| publication::differences(&old, &contents).is_empty()) {
                let number = last.number.to_string();
                writing.refuse(UserErrorCode::State, "id".to_owned(), "publish-unchanged", &[("number", &number)]);
                return Ok(None);
            }
        }
        let number = before.first().map_or(1, |last| last.number + 1);
        let review = self.review(author, writing.unit, (kind, known.id), (ReviewStep::Published, &note));
        writing.unit.add_review(&review).await?;
        let publication = publication::of(&review, (number, visibility), &contents);
        writing.unit.add_publication(&publication, &contents).await?;
        let version = writing.unit.known(kind, &[known.id], &[]).await?.first().map_or(known.version, |now| now.version);
        Ok(Some(Stepped { kind, id: known.id, version, publication: Some(number) }))
    }

    async fn withdraw(
        &self,
        writing: &mut Writing<'_>,
        author: &Author,
        which: &Reference,
        (visibility, reason): (Visibility, &str),
    ) -> Result<Option<Stepped>, WriteError> {
        let reason = plain(writing, "reason", reason, true);
        if visibility >= Visibility::Partners {
            writing.refuse(UserErrorCode::Invalid, "visibility".to_owned(), "withdraw-visibility", &[]);
        }
        let Some((kind, known)) = subject(writing, which, None).await? else { return Ok(None) };
        if self.review_stands(kind, known.id).await?.1 != RecordState::Published {
            writing.refuse(UserErrorCode::State, "id".to_owned(), "withdraw-not-published", &[]);
        }
        if !writing.errors.is_empty() {
            return Ok(None);
        }
        show(writing, kind, which, visibility).await?;
        if !writing.errors.is_empty() {
            return Ok(None);
        }
        let review = self.review(author, writing.unit, (kind, known.id), (ReviewStep::Withdrawn, &reason));
        writing.unit.add_review(&review).await?;
        Ok(Some(Stepped { kind, id: known.id, version: known.version + 1, publication: None }))
    }

    /// Who may see a record by its own setting, and its state, as they were before this unit. Writers follow one another, so
    /// nobody changes them meanwhile.
    async fn review_stands(&self, kind: Kind, id: Uuid) -> Result<(Visibility, RecordState), Error> {
        let reader = self.store.reader();
        let levels = workflow::own_levels(reader, kind, &[id]).await?;
        let (own, away) = levels.get(&id).copied().unwrap_or((Visibility::Draft, false));
        let last = workflow::reviews(reader, id).await?.first().map(|review| review.step);
        Ok((own, RecordState::of(away, own, last)))
    }

    fn review(
        &self,
        author: &Author,
        unit: &UnitOfWork,
        (kind, record): (Kind, Uuid),
        (step, why): (ReviewStep, &str),
    ) -> Review {
        Review {
            record,
            kind,
            step,
            revision: unit.receipt().revision,
            at: self.clock.now(),
            account: author.viewer.account(),
            actor: author.viewer.name().to_owned(),
            why: why.to_owned(),
        }
    }
}

impl Session {
    /// How a record stands and how it came to that, for those who keep the registry; nothing where there is no such record.
    pub async fn record_steps(&self, kind: Kind, id: Uuid) -> Result<Option<RecordSteps>, Error> {
        self.require_keeping()?;
        let levels = workflow::own_levels(self.reader(), kind, &[id]).await?;
        let Some((own, away)) = levels.get(&id).copied() else { return Ok(None) };
        let steps = workflow::reviews(self.reader(), id).await?;
        let state = RecordState::of(away, own, steps.first().map(|review| review.step));
        Ok(Some(RecordSteps { state, steps }))
    }

    /// Records that wait for review, those that were handed in first before the others: at most so many, behind one that was
    /// handed in at a revision.
    pub async fn records_in_review(&self, first: u32, after: Option<i64>) -> Result<ReviewPage, Error> {
        self.require_keeping()?;
        let mut waiting = workflow::waiting(self.reader(), after, first.saturating_add(1)).await?;
        let size = usize::try_from(first).unwrap_or(usize::MAX);
        let more = waiting.len() > size;
        waiting.truncate(size);
        let more_after = waiting.last().filter(|_| more).map(|review| review.revision);
        let mut kinds: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
        for review in &waiting {
            kinds.entry(review.kind).or_default().push(review.record);
        }
        let mut levels = HashMap::new();
        for (kind, ids) in kinds {
            levels.extend(workflow::own_levels(self.reader(), kind, &ids).await?);
        }
        // What was shown or put away since by another way than a review waits no more.
        waiting.retain(|review| {
            let state = levels.get(&review.record).map(|(own, away)| RecordState::of(*away, *own, Some(review.step)));
            state == Some(RecordState::InReview)
        });
        Ok(ReviewPage { waiting, more_after })
    }
}

/// Does something with records of a kind that stands by itself: in `$work` the kind is called `T`.
macro_rules! of_kind {
    ($kind:expr, $work:expr, else $otherwise:expr; $($name:ident)+) => {
        match $kind {
            $(Kind::$name => {
                type T = $name;
                $work
            })+
            _ => $otherwise,
        }
    };
    ($kind:expr, $work:expr, else $otherwise:expr) => {
        of_kind! { $kind, $work, else $otherwise;
            Organisation LocalAuthority Cluster Programme Fund Document Narrative EventSeries Event GoodPractice Replication
            Recommendation RoadMap Dialogue Partnership NewsItem Person
        }
    };
}

/// Shows a record to more or fewer, by all the rules of a change.
fn show<'a, 'u: 'a>(writing: &'a mut Writing<'u>, kind: Kind, which: &'a Reference, visibility: Visibility) -> Task<'a, ()> {
    of_kind!(
        kind,
        Box::pin(async move {
            let edit = move |_: &mut Reading, record: &mut T| record.head_mut().visibility = visibility;
            writing.update::<T>("", which, None, &edit).await?;
            Ok(())
        }),
        else Box::pin(async { Ok(()) })
    )
}

/// Notes the rules that a record breaks.
fn faulty<'a, 'u: 'a>(writing: &'a mut Writing<'u>, kind: Kind, id: Uuid) -> Task<'a, ()> {
    of_kind!(
        kind,
        Box::pin(async move {
            for record in writing.unit.found::<T>(&[id]).await? {
                writing.faulty("", &record);
            }
            Ok(())
        }),
        else Box::pin(async { Ok(()) })
    )
}
