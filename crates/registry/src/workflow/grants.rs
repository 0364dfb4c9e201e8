//! Small grants and housing projects as focal points propose them: new ones, and what changes of those that there are.

use ketnoi_domain::{
    Action, Code, CodeError, Community, Fund, Head, HousingProject, Id, Kind, LocalAuthority, Programme, SmallGrant, Visibility,
    workflow::{ProposalKind, Proposed, ProposedGrant},
};
use uuid::Uuid;

use super::{
    named, plain,
    proposals::{Place, ToPropose, own_authority, speaks},
    unchanged,
};
use crate::{Author, Error, Reading, Reference, Registry, Session, UserErrorCode, WriteError, writing::Writing};

/// Which grant or housing project is proposed.
#[derive(Clone, Debug)]
pub enum NewGrant {
    /// One that there is, as it was read.
    There {
        /// Which.
        which: Reference,
        /// The version that was read, if changes since then matter.
        expected: Option<i64>,
    },
    /// A new one.
    New {
        /// A small grant or a housing project.
        kind: ProposalKind,
        /// The fund that gives it.
        fund: Reference,
        /// Of a small grant: the community that receives it.
        community: Option<Reference>,
        /// Of a housing project: the programme that pays for it.
        programme: Option<Reference>,
    },
}

impl Registry {
    /// Proposes a grant or a housing project, new or changed. `read` gives what a client wrote of it; whatever it points at is
    /// named by `grant`.
    pub async fn propose_grant(
        &self,
        author: &Author,
        grant: &NewGrant,
        to: &ToPropose,
        read: impl Fn(&mut Reading) -> ProposedGrant + Send + Sync,
    ) -> Result<Uuid, WriteError> {
        self.change(author, Action::Propose, "propose grant", async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let (values, _) = writing.read("", &read).await?;
            let done = match grant {
                NewGrant::There { which, expected } => {
                    self.grant_there(&mut writing, author, (which, *expected), (values, to)).await?
                }
                NewGrant::New { .. } => self.grant_new(&mut writing, author, grant, (values, to)).await?,
            };
            writing.end(done)
        })
        .await
    }

    async fn grant_there(
        &self,
        writing: &mut Writing<'_>,
        author: &Author,
        (which, expected): (&Reference, Option<i64>),
        (values, to): (ProposedGrant, &ToPropose),
    ) -> Result<Option<Uuid>, WriteError> {
        let note = plain(writing, "note", &to.note, false);
        let session = self.session(author.viewer.clone());
        let path = || "grant".to_owned();
        let place = match which.id {
            Some((Kind::SmallGrant, _)) => {
                let Some(seen) = named::<SmallGrant>(writing, &session, path(), which).await? else { return Ok(None) };
                if !unchanged(writing, "", &seen, expected) {
                    return Ok(None);
                }
                let mut next = seen.clone();
                values.change_grant(&mut next);
                writing.weigh("", Some(&seen), &next).await?;
                let target = Some((seen.head.id.uuid(), seen.head.version));
                let (kind, authority) = (Kind::SmallGrant, seen.authority.uuid());
                Place { kind, target, authority, base: Some(Proposed::SmallGrant(of_grant(&seen))) }
            }
            Some((Kind::HousingProject, _)) => {
                let Some(seen) = named::<HousingProject>(writing, &session, path(), which).await? else { return Ok(None) };
                if !unchanged(writing, "", &seen, expected) {
                    return Ok(None);
                }
                let mut next = seen.clone();
                values.change_housing(&mut next);
                writing.weigh("", Some(&seen), &next).await?;
                let target = Some((seen.head.id.uuid(), seen.head.version));
                let (kind, authority) = (Kind::HousingProject, seen.authority.uuid());
                Place { kind, target, authority, base: Some(Proposed::HousingProject(of_housing(&seen))) }
            }
            _ => {
                writing.refuse(UserErrorCode::NotFound, path(), "id-needed", &[]);
                return Ok(None);
            }
        };
        if !speaks(&author.viewer, place.authority, false) {
            writing.refuse(UserErrorCode::Invalid, path(), "proposal-not-yours", &[]);
            return Ok(None);
        }
        // What it belongs to stays as it is.
        let values = ProposedGrant { fund: None, community: None, programme: None, ..values };
        let contents =
            if place.kind == Kind::SmallGrant { Proposed::SmallGrant(values) } else { Proposed::HousingProject(values) };
        let row = self.row(author, place, contents, &note);
        Ok(self.propose(writing, &[row]).await?.and_then(|ids| ids.first().copied()))
    }

    async fn grant_new(
        &self,
        writing: &mut Writing<'_>,
        author: &Author,
        grant: &NewGrant,
        (mut values, to): (ProposedGrant, &ToPropose),
    ) -> Result<Option<Uuid>, WriteError> {
        let NewGrant::New { kind, fund, community, programme } = grant else { return Ok(None) };
        let note = plain(writing, "note", &to.note, false);
        let session = self.session(author.viewer.clone());
        let fund = named::<Fund>(writing, &session, "fund".to_owned(), fund).await?;
        if let Some(community) = community {
            let found = named::<Community>(writing, &session, "community".to_owned(), community).await?;
            values.community = found.map(|c| c.head.id);
        }
        if let Some(programme) = programme {
            let found = named::<Programme>(writing, &session, "programme".to_owned(), programme).await?;
            values.programme = found.map(|p| p.head.id);
        }
        if values.title.is_empty() {
            writing.refuse(UserErrorCode::Invalid, "title".to_owned(), "text-empty", &[]);
        }
        let authority = self.authority_of(writing, author, &session, to).await?;
        let (Some(fund), Some(authority)) = (fund, authority) else { return Ok(None) };
        values.fund = Some(fund.head.id);
        let (kind, contents) = if *kind == ProposalKind::HousingProject {
            let project = values.housing(self.unnamed()?, fund.head.id, Id::from_uuid(authority));
            writing.weigh("", None, &project).await?;
            (Kind::HousingProject, Proposed::HousingProject(values))
        } else {
            let grant = values.grant(self.unnamed()?, fund.head.id, Id::from_uuid(authority));
            writing.weigh("", None, &grant).await?;
            (Kind::SmallGrant, Proposed::SmallGrant(values))
        };
        let row = self.row(author, Place { kind, target: None, authority, base: None }, contents, &note);
        Ok(self.propose(writing, &[row]).await?.and_then(|ids| ids.first().copied()))
    }

    /// A head for what is looked at and not kept.
    fn unnamed<T>(&self) -> Result<Head<T>, WriteError> {
        let code = "new".parse::<Code>().map_err(|e: CodeError| Error::Outcome(e.to_string()))?;
        let visibility = Visibility::Public;
        let id = Id::from_uuid(self.clock.new_id());
        Ok(Head { id, code, visibility, effective: visibility, illustrative: false, version: 1 })
    }

    /// The local authority that something new is proposed for.
    async fn authority_of(
        &self,
        writing: &mut Writing<'_>,
        author: &Author,
        session: &Session,
        to: &ToPropose,
    ) -> Result<Option<Uuid>, WriteError> {
        let authority = match (&to.authority, own_authority(&author.viewer)) {
            (Some(which), _) => {
                let found = named::<LocalAuthority>(writing, session, "authority".to_owned(), which).await?;
                let Some(found) = found else { return Ok(None) };
                found.head.id.uuid()
            }
            (None, Some(own)) => own,
            (None, None) => {
                writing.refuse(UserErrorCode::Invalid, "authority".to_owned(), "proposal-which-authority", &[]);
                return Ok(None);
            }
        };
        if !speaks(&author.viewer, authority, false) {
            writing.refuse(UserErrorCode::Invalid, "authority".to_owned(), "proposal-not-yours", &[]);
            return Ok(None);
        }
        Ok(Some(authority))
    }
}

/// What a small grant says by now, as one would propose it.
fn of_grant(it: &SmallGrant) -> ProposedGrant {
    ProposedGrant { title: it.title.clone(), value: it.value, status: it.status, granted: it.granted, ..ProposedGrant::default() }
}

/// What a housing project says by now, as one would propose it.
fn of_housing(it: &HousingProject) -> ProposedGrant {
    ProposedGrant {
        title: it.title.clone(),
        value: it.value,
        status: it.status,
        period: it.period,
        households: it.households,
        ..ProposedGrant::default()
    }
}
