//! What focal points propose for their local authorities: actuals and the progress of replications here, grants in `grants`.
//! Nothing of it stands in a record until an officer approves it.

use std::collections::HashSet;

use ketnoi_domain::{
    AccountRole, Action, IndicatorPeriod, Kind, LocalAuthority, Measurement, Programme, Replication, StageReached, Text, Viewer,
    workflow::{ProposalState, Proposed, ProposedActual},
};
use ketnoi_persistence::workflow::{self, ProposalFilter, ProposalRow, ProposedBy};
use uuid::Uuid;

use super::{locks, named, plain, unchanged};
use crate::{
    Author, Error, Reading, Reference, Registry, Session, UserError, UserErrorCode, WriteError,
    wording::say,
    writing::{Writing, below},
};

/// For whom something is proposed, and what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToPropose {
    /// The local authority whose figures these are; that of the author where nothing is said.
    pub authority: Option<Reference>,
    /// What is said of it.
    pub note: String,
}

/// What was reached of an indicator in a period. Where the figure is made of the parts of cities, it is the part of one.
#[derive(Clone, Debug)]
pub struct NewActual {
    /// The period of the indicator.
    pub indicator_period: Reference,
    /// The version of it that the client has read, if changes since then matter.
    pub expected: Option<i64>,
    /// What was reached.
    pub value: Measurement,
}

/// A part of the list of proposals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProposalPage {
    /// The proposals, the newest first.
    pub proposals: Vec<ProposalRow>,
    /// Whether there are older ones.
    pub more: bool,
}

/// Reads what a client wrote of one of several things.
type ReadEach<'r, R> = &'r (dyn Fn(usize, &mut Reading) -> R + Send + Sync);

/// A place in the registry that something is proposed for, with the version that was seen.
pub(super) struct Place {
    pub(super) kind: Kind,
    pub(super) target: Option<(Uuid, i64)>,
    pub(super) authority: Uuid,
    pub(super) base: Option<Proposed>,
}

impl Registry {
    /// Proposes actuals of a programme's indicators: each amount is a proposal of its own. `read` gives what a client wrote of
    /// each; it may be asked twice, as in [`Registry::create`].
    pub async fn propose_actuals(
        &self,
        author: &Author,
        programme: &Reference,
        to: &ToPropose,
        count: usize,
        read: impl Fn(usize, &mut Reading) -> NewActual + Send + Sync,
    ) -> Result<Vec<Uuid>, WriteError> {
        self.change(author, Action::Propose, "propose actuals", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let done = self.actuals(&mut writing, author, (programme, to), (count, &read)).await?;
            writing.end(done)
        })
        .await
    }

    /// Proposes that a replication reached a stage. `read` gives what a client wrote of it.
    pub async fn propose_replication_progress(
        &self,
        author: &Author,
        replication: (&Reference, Option<i64>),
        note: &str,
        read: impl Fn(&mut Reading) -> StageReached + Send + Sync,
    ) -> Result<Uuid, WriteError> {
        self.change(author, Action::Propose, "propose replication progress", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let note = plain(&mut writing, "note", note, false);
            let (stage, _) = writing.read("", &read).await?;
            let done = self.progress(&mut writing, author, replication, (stage, &note)).await?;
            writing.end(done)
        })
        .await
    }

    /// Takes a proposal back that waits: whoever made it, and who speaks for its local authority now.
    pub async fn withdraw_proposal(&self, author: &Author, id: Uuid) -> Result<Uuid, WriteError> {
        self.change(author, Action::Propose, "withdraw proposal", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let found = match proposed_by(&author.viewer) {
                Some(by) => workflow::proposals_by_ids(self.store.reader(), by, &[id]).await?.pop(),
                None => None,
            };
            // Officers refuse what others propose; they take back what is their own.
            let own = |p: &ProposalRow| p.account == author.viewer.account() || speaks(&author.viewer, p.authority, true);
            match found.filter(own) {
                None => writing.refuse(UserErrorCode::NotFound, "id".to_owned(), "proposal-none", &[]),
                Some(found) if found.state != ProposalState::Proposed => {
                    writing.refuse(UserErrorCode::State, "id".to_owned(), "proposal-decided", &[]);
                }
                Some(found) => {
                    let withdrawn = self.decided(author, found, ProposalState::Withdrawn, String::new());
                    writing.unit.decide_proposal(&withdrawn).await?;
                }
            }
            writing.end(Some(id))
        })
        .await
    }

    async fn actuals(
        &self,
        writing: &mut Writing<'_>,
        author: &Author,
        (programme, to): (&Reference, &ToPropose),
        (count, read): (usize, ReadEach<'_, NewActual>),
    ) -> Result<Option<Vec<Uuid>>, WriteError> {
        let note = plain(writing, "note", &to.note, false);
        let session = self.session(author.viewer.clone());
        let programme = named::<Programme>(writing, &session, "programme".to_owned(), programme).await?;
        if !writing.many("actuals", count) {
            return Ok(None);
        }
        let Some(programme) = programme else { return Ok(None) };
        let Some(authority) = self.place_of(writing, author, &session, (&programme, to)).await? else { return Ok(None) };
        let (mut all, mut once) = (Vec::with_capacity(count), HashSet::new());
        for i in 0..count {
            let base = format!("actuals.{i}");
            let wrong_before = writing.errors.len();
            let (asked, _) = writing.read(&base, &|reading: &mut Reading| read(i, reading)).await?;
            if writing.errors.len() > wrong_before {
                continue;
            }
            let Some(period) = period_of(writing, &session, &base, (&asked, &programme)).await? else { continue };
            if !once.insert(period.head.id) {
                writing.refuse(UserErrorCode::Invalid, below(&base, "indicatorPeriod"), "given-twice", &[]);
                continue;
            }
            let proposed = actual(writing, &base, (&period, asked), &authority).await?;
            // Those who propose call it a value; only in the record is it an actual.
            let actual_path = format!("{base}.actual");
            for error in writing.errors.iter_mut().skip(wrong_before) {
                if let Some(rest) = error.path.strip_prefix(&actual_path) {
                    error.path = format!("{base}.value{rest}");
                }
            }
            let Some((base, proposed)) = proposed else { continue };
            let target = Some((period.head.id.uuid(), period.head.version));
            let place = Place { kind: Kind::IndicatorPeriod, target, authority: authority.0, base };
            all.push(self.row(author, place, proposed, &note));
        }
        self.propose(writing, &all).await
    }

    async fn progress(
        &self,
        writing: &mut Writing<'_>,
        author: &Author,
        (which, expected): (&Reference, Option<i64>),
        (stage, note): (StageReached, &str),
    ) -> Result<Option<Uuid>, WriteError> {
        let session = self.session(author.viewer.clone());
        let Some(seen) = named::<Replication>(writing, &session, "replication".to_owned(), which).await? else {
            return Ok(None);
        };
        if !speaks(&author.viewer, seen.authority.uuid(), false) {
            writing.refuse(UserErrorCode::Invalid, "replication".to_owned(), "proposal-not-yours", &[]);
            return Ok(None);
        }
        if !unchanged(writing, "", &seen, expected) {
            return Ok(None);
        }
        let mut next = seen.clone();
        next.stages.push(stage.clone());
        let wrong_before = writing.errors.len();
        writing.weigh("", Some(&seen), &next).await?;
        for error in writing.errors.iter_mut().skip(wrong_before).filter(|e| e.path.starts_with("stages")) {
            error.path = "stage".to_owned();
        }
        let base = seen.stages.last().cloned().map(Proposed::ReplicationStage);
        let target = Some((seen.head.id.uuid(), seen.head.version));
        let place = Place { kind: Kind::Replication, target, authority: seen.authority.uuid(), base };
        let row = self.row(author, place, Proposed::ReplicationStage(stage), note);
        Ok(self.propose(writing, &[row]).await?.and_then(|ids| ids.first().copied()))
    }

    /// The place of a programme that the author speaks for: its id and its code.
    async fn place_of(
        &self,
        writing: &mut Writing<'_>,
        author: &Author,
        session: &Session,
        (programme, to): (&Programme, &ToPropose),
    ) -> Result<Option<(Uuid, String)>, WriteError> {
        let places = programme.places.iter().map(|place| place.authority.uuid());
        let mine: Vec<Uuid> = places.filter(|id| speaks(&author.viewer, *id, false)).collect();
        let own = own_authority(&author.viewer).filter(|own| mine.contains(own));
        let chosen = match &to.authority {
            Some(which) => {
                let found = named::<LocalAuthority>(writing, session, "authority".to_owned(), which).await?;
                let Some(found) = found else { return Ok(None) };
                let id = found.head.id.uuid();
                if !mine.contains(&id) {
                    writing.refuse(UserErrorCode::Invalid, "authority".to_owned(), "proposal-not-yours", &[]);
                    return Ok(None);
                }
                id
            }
            None => match (own, mine.as_slice()) {
                (Some(own), _) => own,
                (None, [one]) => *one,
                (None, []) => {
                    writing.refuse(UserErrorCode::Invalid, "programme".to_owned(), "proposal-not-yours", &[]);
                    return Ok(None);
                }
                (None, _) => {
                    writing.refuse(UserErrorCode::Invalid, "authority".to_owned(), "proposal-which-authority", &[]);
                    return Ok(None);
                }
            },
        };
        let known = writing.unit.known(Kind::LocalAuthority, &[chosen], &[]).await?.pop();
        Ok(known.map(|known| (chosen, known.code)))
    }

    pub(super) fn row(&self, author: &Author, place: Place, contents: Proposed, note: &str) -> ProposalRow {
        ProposalRow {
            id: self.clock.new_id(),
            target_kind: place.kind,
            target: place.target.map(|(id, _)| id),
            authority: place.authority,
            account: author.viewer.account(),
            actor: author.viewer.name().to_owned(),
            at: self.clock.now(),
            state: ProposalState::Proposed,
            base_version: place.target.map(|(_, version)| version),
            base: place.base,
            contents,
            note: note.to_owned(),
            decided_account: None,
            decided_by: None,
            decided_at: None,
            reason: String::new(),
        }
    }

    /// The proposal as it is once it is decided.
    pub(super) fn decided(&self, author: &Author, proposal: ProposalRow, state: ProposalState, reason: String) -> ProposalRow {
        ProposalRow {
            state,
            decided_account: author.viewer.account(),
            decided_by: Some(author.viewer.name().to_owned()),
            decided_at: Some(self.clock.now()),
            reason,
            ..proposal
        }
    }

    /// Keeps proposals, if nothing was wrong.
    pub(super) async fn propose(&self, writing: &mut Writing<'_>, rows: &[ProposalRow]) -> Result<Option<Vec<Uuid>>, WriteError> {
        if !writing.errors.is_empty() {
            return Ok(None);
        }
        for row in rows {
            writing.unit.add_proposal(row).await?;
        }
        Ok(Some(rows.iter().map(|row| row.id).collect()))
    }
}

/// The period of an indicator that an actual is proposed for, if it is one of this programme.
async fn period_of(
    writing: &mut Writing<'_>,
    session: &Session,
    base: &str,
    (asked, programme): (&NewActual, &Programme),
) -> Result<Option<IndicatorPeriod>, WriteError> {
    let path = below(base, "indicatorPeriod");
    let Some(period) = named::<IndicatorPeriod>(writing, session, path.clone(), &asked.indicator_period).await? else {
        return Ok(None);
    };
    if locks::programme_of(period.indicator, writing.unit).await? != Some(programme.head.id.uuid()) {
        writing.refuse(UserErrorCode::Invalid, path, "other-whole", &[]);
        return Ok(None);
    }
    Ok(unchanged(writing, base, &period, asked.expected).then_some(period))
}

/// What an actual is proposed as, with what stands in its place; nothing where something is wrong with it.
async fn actual(
    writing: &mut Writing<'_>,
    base: &str,
    (period, asked): (&IndicatorPeriod, NewActual),
    (_, code): &(Uuid, String),
) -> Result<Option<(Option<Proposed>, Proposed)>, WriteError> {
    let by_city = ProposedActual::is_by_city(period.actual.as_ref(), period.target.as_ref());
    if by_city && !asked.value.breakdown.is_empty() {
        writing.refuse(UserErrorCode::Invalid, below(base, "breakdown"), "proposal-city-part", &[("city", code)]);
        return Ok(None);
    }
    let proposed = ProposedActual { city: by_city.then(|| code.clone()), measurement: asked.value };
    let Some(next) = proposed.onto(period.actual.as_ref()) else {
        let message = say(writing.lang, "measure-of-indicator", &[]);
        writing.errors.push(UserError::new(UserErrorCode::Invalid, below(base, "value"), message));
        return Ok(None);
    };
    let next = IndicatorPeriod { actual: Some(next), ..period.clone() };
    if !writing.weigh(base, Some(period), &next).await? {
        return Ok(None);
    }
    let standing = match &proposed.city {
        None => period.actual.clone().map(|measurement| ProposedActual { city: None, measurement }),
        Some(city) => proposed.standing(period.actual.as_ref()).map(|value| {
            let measurement = Measurement { value, on: None, breakdown: Vec::new(), note: Text::default() };
            ProposedActual { city: Some(city.clone()), measurement }
        }),
    };
    Ok(Some((standing.map(Proposed::Actual), Proposed::Actual(proposed))))
}

impl Session {
    /// Proposals, the newest first: all of them for officers, those of their authorities for focal points, none for others. At
    /// most so many, behind one of an instant.
    pub async fn proposals(
        &self,
        filter: ProposalFilter,
        first: u32,
        after: Option<(&str, Uuid)>,
    ) -> Result<ProposalPage, Error> {
        let Some(by) = proposed_by(self.viewer()) else { return Ok(ProposalPage::default()) };
        let mut proposals = workflow::proposals(self.reader(), by, filter, after, first.saturating_add(1)).await?;
        let size = usize::try_from(first).unwrap_or(usize::MAX);
        let more = proposals.len() > size;
        proposals.truncate(size);
        self.without_names(&mut proposals);
        Ok(ProposalPage { proposals, more })
    }

    /// The proposals with these ids, those that the viewer may see.
    pub async fn proposals_by_ids(&self, ids: &[Uuid]) -> Result<Vec<ProposalRow>, Error> {
        let Some(by) = proposed_by(self.viewer()) else { return Ok(Vec::new()) };
        let mut proposals = workflow::proposals_by_ids(self.reader(), by, ids).await?;
        self.without_names(&mut proposals);
        Ok(proposals)
    }

    /// Which officer decided is the association's own.
    fn without_names(&self, proposals: &mut [ProposalRow]) {
        if !self.keeps() {
            for proposal in proposals {
                (proposal.decided_account, proposal.decided_by) = (None, None);
            }
        }
    }
}

/// Whose proposals a viewer sees.
fn proposed_by(viewer: &Viewer) -> Option<ProposedBy<'_>> {
    if super::keeps(viewer) {
        return Some(ProposedBy::Anyone);
    }
    match viewer {
        Viewer::Known(who) if who.role == AccountRole::FocalPoint => viewer.parties().map(ProposedBy::Parties),
        Viewer::Known(_) | Viewer::Stranger | Viewer::LocalAdministrator => None,
    }
}

/// Whether a viewer speaks for a local authority: a focal point for its own and for those that it succeeded, and, unless only
/// focal points are meant, those who keep the registry for all.
pub(super) fn speaks(viewer: &Viewer, authority: Uuid, focal_point_only: bool) -> bool {
    match viewer {
        Viewer::LocalAdministrator => true,
        Viewer::Stranger => false,
        Viewer::Known(who) => match who.role {
            AccountRole::FocalPoint => who.parties.contains(&authority),
            AccountRole::Administrator => true,
            AccountRole::Officer => !focal_point_only,
            AccountRole::Funder | AccountRole::Partner => false,
        },
    }
}

pub(super) fn own_authority(viewer: &Viewer) -> Option<Uuid> {
    match viewer {
        Viewer::Known(who) => who.authority,
        Viewer::Stranger | Viewer::LocalAdministrator => None,
    }
}
