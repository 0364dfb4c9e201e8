//! Everything that a snapshot is made from, each kind read at once.

use std::collections::{BTreeSet, HashMap};

use ketnoi_domain::{
    Agreement, BudgetLine, Community, Currency, Document, ExchangeRate, Fund, HousingProject, Id, InKindContribution, Indicator,
    IndicatorPeriod, Kind, LocalAuthority, Membership, Narrative, Organisation, Outcome, PartialDate, Participation, Programme,
    Record, Risk, SmallGrant, StatedFigure, Statement, Succession, Transaction,
    query::{Filter, Scalar, Test},
};
use ketnoi_persistence::Stored;
use uuid::Uuid;

use super::{SnapshotOptions, cooperation::Cooperation, places::surroundings};
use crate::{Error, Session};

/// Records by their ids.
pub(super) type ById<T> = HashMap<Id<T>, T>;

/// The records that a snapshot speaks of, as far as the viewer may see them.
pub(super) struct Records {
    pub(super) revision: i64,
    pub(super) publisher: Option<Organisation>,
    /// What they are of, or what it belongs to; none where the viewer may see no such programme.
    pub(super) programme: Option<Programme>,
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
    pub(super) narratives: Vec<Narrative>,
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
    /// Everything of a programme.
    pub(super) async fn read(session: &Session, code: &str, options: &SnapshotOptions) -> Result<Self, Error> {
        let programme: Programme = session.require(code).await?;
        let parts: Vec<Programme> = session.all_children(("parent_id", &[programme.head.id.uuid()])).await?;
        let cooperation = Cooperation::read(session, &programme, &parts).await?;
        Self::with(session, Some(programme), parts, cooperation, options).await
    }

    /// What is done together with others, and the programme that it belongs to, if there is one.
    pub(super) async fn around(
        session: &Session,
        programme: Option<Programme>,
        cooperation: Cooperation,
        options: &SnapshotOptions,
    ) -> Result<Self, Error> {
        Self::with(session, programme, Vec::new(), cooperation, options).await
    }

    async fn with(
        session: &Session,
        programme: Option<Programme>,
        parts: Vec<Programme>,
        cooperation: Cooperation,
        options: &SnapshotOptions,
    ) -> Result<Self, Error> {
        let me: Vec<Uuid> = programme.iter().map(|p| p.head.id.uuid()).collect();
        let of_me = ("programme_id", me.as_slice());
        let results: Vec<Outcome> = session.all_children(of_me).await?;
        let indicators: Vec<Indicator> = session.all_children(("result_id", &uuids(&results))).await?;
        let named = |p: &Programme| p.parent.into_iter().chain(p.relations.iter().map(|r| r.programme)).collect::<Vec<_>>();
        let others = programme.as_ref().map(named).unwrap_or_default();
        let relating = match &programme {
            Some(programme) => session.relating_to(programme.head.id).await?,
            None => Vec::new(),
        };
        let mut records = Self {
            revision: session.revision().await?,
            publisher: session.by_code(&options.publisher).await?,
            others: by_ids(session, others).await?,
            cooperation,
            parts,
            relating,
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
            narratives: session.all_children(of_me).await?,
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
        let budgeted = self.budget_lines.iter().map(|b| b.value);
        let moved = self.transactions.iter().map(|t| t.value);
        let currencies: BTreeSet<Currency> = agreed.chain(budgeted).chain(moved).map(ketnoi_domain::Money::currency).collect();
        let Some(today) = self.today.filter(|_| currencies.len() > 1) else { return Ok(()) };
        let among = |field| Filter::is_in(field, currencies.iter().map(|c| Scalar::Text(c.to_string())));
        let known = Filter::Field("date", Test::Overlaps { from: None, to: Some(today) });
        self.rates = session.all(&among("base").and(among("quote")).and(known)).await?;
        Ok(())
    }

    async fn read_organisations(&mut self, session: &Session) -> Result<(), Error> {
        let mut ids: BTreeSet<Id<Organisation>> = self.programme.iter().filter_map(|p| p.reporting_organisation).collect();
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
        let places: Vec<Id<LocalAuthority>> = self.programme.iter().flat_map(|p| &p.places).map(|p| p.authority).collect();
        (self.authorities, self.successions) = surroundings(session, places).await?;
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
        let mut subjects: Vec<Uuid> = self.programme.iter().map(|p| p.head.id.uuid()).collect();
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
