//! Everything that a snapshot is made from, each kind read at once.

use std::collections::{BTreeSet, HashMap};

use ketnoi_domain::{
    Agreement, BudgetLine, Community, Currency, Document, ExchangeRate, Fund, HousingProject, Id, InKindContribution, Indicator,
    IndicatorPeriod, Kind, LocalAuthority, Membership, Organisation, Outcome, PartialDate, Participation, Programme, Record,
    Risk, SmallGrant, StatedFigure, Statement, Succession, Transaction,
    query::{Filter, Scalar, Test},
};
use ketnoi_persistence::Stored;
use uuid::Uuid;

use super::{SnapshotOptions, cooperation::Cooperation, places::last_successors};
use crate::{Error, Session};

/// Records by their ids.
pub(super) type ById<T> = HashMap<Id<T>, T>;

/// The records that a snapshot speaks of, as far as the viewer may see them.
pub(super) struct Records {
    pub(super) revision: i64,
    pub(super) publisher: Option<Organisation>,
    pub(super) programme: Programme,
    /// The one that it is a part of, and those that it records a relation to.
    pub(super) others: ById<Programme>,
    pub(super) parts: Vec<Programme>,
    /// Those that record a relation to it.
    pub(super) relating: Vec<Programme>,
    pub(super) participations: Vec<Participation>,
    pub(super) agreements: Vec<Agreement>,
    pub(super) budget_lines: Vec<BudgetLine>,
    pub(super) transactions: Vec<Transaction>,
    pub(super) in_kind: Vec<InKindContribution>,
    /// The rates between the currencies of the programme, up to the day of the snapshot.
    pub(super) rates: Vec<ExchangeRate>,
    /// The day of the snapshot, where its instant can be read.
    pub(super) today: Option<PartialDate>,
    pub(super) results: Vec<Outcome>,
    pub(super) indicators: Vec<Indicator>,
    pub(super) periods: Vec<IndicatorPeriod>,
    pub(super) risks: Vec<Risk>,
    pub(super) funds: Vec<Fund>,
    /// How many of a kind belong to a fund.
    pub(super) counts: HashMap<(Kind, Uuid), i64>,
    pub(super) organisations: ById<Organisation>,
    pub(super) authorities: ById<LocalAuthority>,
    pub(super) successions: Vec<Succession<Id<LocalAuthority>>>,
    pub(super) statements: Vec<Statement>,
    pub(super) figures: Vec<StatedFigure>,
    pub(super) documents: ById<Document>,
    /// The documents attached to the programme, by their codes.
    pub(super) attached: Vec<Document>,
    /// What the programme and its parts do together with others.
    pub(super) cooperation: Cooperation,
}

impl Records {
    pub(super) async fn read(session: &Session, code: &str, options: &SnapshotOptions) -> Result<Self, Error> {
        let programme: Programme = session.require(code).await?;
        let me = [programme.head.id.uuid()];
        let of_me = ("programme_id", me.as_slice());
        let results: Vec<Outcome> = session.all_children(of_me).await?;
        let indicators: Vec<Indicator> = session.all_children(("result_id", &uuids(&results))).await?;
        let parts: Vec<Programme> = session.all_children(("parent_id", &me)).await?;
        let others = programme.parent.iter().copied().chain(programme.relations.iter().map(|r| r.programme));
        let mut records = Self {
            revision: session.revision().await?,
            publisher: session.by_code(&options.publisher).await?,
            others: by_ids(session, others).await?,
            cooperation: Cooperation::read(session, &programme, &parts).await?,
            parts,
            relating: session.relating_to(programme.head.id).await?,
            participations: session.all_children(of_me).await?,
            agreements: session.all_children(of_me).await?,
            budget_lines: session.all_children(of_me).await?,
            transactions: session.all_children(of_me).await?,
            in_kind: session.all_children(of_me).await?,
            rates: Vec::new(),
            today: options.taken.get(..10).and_then(|day| day.parse().ok()),
            periods: session.all_children(("indicator_id", &uuids(&indicators))).await?,
            results,
            indicators,
            risks: session.all_children(of_me).await?,
            funds: session.all_children(of_me).await?,
            counts: HashMap::new(),
            organisations: HashMap::new(),
            authorities: HashMap::new(),
            successions: Vec::new(),
            statements: Vec::new(),
            figures: Vec::new(),
            documents: HashMap::new(),
            attached: session.all_children(of_me).await?,
            programme,
        };
        records.read_rates(session).await?;
        records.read_organisations(session).await?;
        records.read_authorities(session).await?;
        records.read_counts(session).await?;
        records.read_sources(session).await?;
        Ok(records)
    }

    async fn read_rates(&mut self, session: &Session) -> Result<(), Error> {
        let agreed = self.agreements.iter().flat_map(|a| [a.ceiling, a.eligible_cost]).flatten();
        let moved = self.transactions.iter().map(|t| t.value);
        let currencies: BTreeSet<Currency> = agreed.chain(moved).map(ketnoi_domain::Money::currency).collect();
        let Some(today) = self.today.filter(|_| currencies.len() > 1) else { return Ok(()) };
        let among = |field| Filter::is_in(field, currencies.iter().map(|c| Scalar::Text(c.to_string())));
        let known = Filter::Field("date", Test::Overlaps { from: None, to: Some(today) });
        self.rates = session.all(&among("base").and(among("quote")).and(known)).await?;
        Ok(())
    }

    async fn read_organisations(&mut self, session: &Session) -> Result<(), Error> {
        let mut ids: BTreeSet<Id<Organisation>> = self.programme.reporting_organisation.into_iter().collect();
        ids.extend(self.participations.iter().flat_map(|p| [Some(p.organisation), p.via]).flatten());
        ids.extend(self.agreements.iter().flat_map(|a| [Some(a.funder), a.recipient]).flatten());
        ids.extend(self.transactions.iter().flat_map(|t| [t.provider, t.receiver]).flatten());
        ids.extend(self.in_kind.iter().map(|c| c.contributor));
        ids.extend(self.risks.iter().filter_map(|r| r.owner));
        ids.extend(self.cooperation.organisations());
        self.organisations = by_ids(session, ids).await?;
        Ok(())
    }

    /// The places, what became of them, and what each of these is a part of.
    async fn read_authorities(&mut self, session: &Session) -> Result<(), Error> {
        if self.programme.places.is_empty() {
            return Ok(());
        }
        self.successions = session.all_successions::<LocalAuthority>().await?;
        let places: BTreeSet<Id<LocalAuthority>> = self.programme.places.iter().map(|p| p.authority).collect();
        self.add_authorities(session, places).await?;
        // A part of something that was followed belongs to what followed it: three steps reach from a city by its province
        // to what the province became.
        for _ in 0..2 {
            let known = || self.authorities.values();
            let next = known()
                .map(|a| a.head.id)
                .flat_map(|id| last_successors(&self.successions, id))
                .chain(known().filter_map(|a| a.parent));
            let next: BTreeSet<_> = next.filter(|id| !self.authorities.contains_key(id)).collect();
            self.add_authorities(session, next).await?;
        }
        Ok(())
    }

    async fn add_authorities(&mut self, session: &Session, ids: BTreeSet<Id<LocalAuthority>>) -> Result<(), Error> {
        self.authorities.extend(by_ids::<LocalAuthority>(session, ids).await?);
        Ok(())
    }

    async fn read_counts(&mut self, session: &Session) -> Result<(), Error> {
        let funds = uuids(&self.funds);
        for (kind, of_kind) in [
            (Kind::Membership, count::<Membership>(session, &funds).await?),
            (Kind::Community, count::<Community>(session, &funds).await?),
            (Kind::SmallGrant, count::<SmallGrant>(session, &funds).await?),
            (Kind::HousingProject, count::<HousingProject>(session, &funds).await?),
        ] {
            self.counts.extend(funds.iter().map(|fund| ((kind, *fund), of_kind.get(fund).copied().unwrap_or(0))));
        }
        Ok(())
    }

    async fn read_sources(&mut self, session: &Session) -> Result<(), Error> {
        let mut subjects = vec![self.programme.head.id.uuid()];
        subjects.extend(uuids(&self.participations));
        subjects.extend(uuids(&self.agreements));
        subjects.extend(uuids(&self.funds));
        subjects.extend(self.cooperation.subjects().into_iter().map(|(id, _)| id));
        self.statements = session.all_children(("subject_id", &subjects)).await?;
        self.figures = session.all_children(("subject_id", &subjects)).await?;
        let cited = self.statements.iter().map(|s| s.document).chain(self.figures.iter().map(|f| f.document));
        let cited = cited.chain(self.transactions.iter().filter_map(|t| t.document));
        let cited: BTreeSet<Id<Document>> = cited.chain(self.cooperation.studies()).collect();
        self.documents = by_ids(session, cited).await?;
        Ok(())
    }
}

async fn count<T: Stored>(session: &Session, funds: &[Uuid]) -> Result<HashMap<Uuid, i64>, Error> {
    session.count_children::<T>(("fund_id", funds), &Filter::all()).await
}

async fn by_ids<T: Stored>(session: &Session, ids: impl IntoIterator<Item = Id<T>>) -> Result<ById<T>, Error> {
    let ids: BTreeSet<Uuid> = ids.into_iter().map(Id::uuid).collect();
    let found: Vec<T> = session.by_ids(&ids.into_iter().collect::<Vec<_>>()).await?;
    Ok(found.into_iter().map(|record| (record.head().id, record)).collect())
}

pub(super) fn uuids<T: Record>(records: &[T]) -> Vec<Uuid> {
    records.iter().map(|r| r.head().id.uuid()).collect()
}
