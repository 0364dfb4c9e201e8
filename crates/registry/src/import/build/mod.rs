//! From the files' tables to records: codes become ids, parts get their codes, rules are asked.

mod funds;
mod money;
mod parties;
mod programmes;
mod said;

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use ketnoi_domain::{
    Agreement, BudgetLine, Cluster, Code, Coded, Community, Document, ExchangeRate, Fund, Head, HousingProject, Id,
    InKindContribution, Indicator, IndicatorPeriod, Kind, LocalAuthority, Membership, Organisation, Outcome, PartialDate,
    Participation, Period, Programme, Record, Risk, SavingsGroup, SmallGrant, StatedFigure, Statement, Subject, Succession,
    Transaction, Visibility,
};

use super::{
    Problem, SourceFile,
    shape::{File, Ref},
};

/// Every record of the files, by kind.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) organisations: Vec<Organisation>,
    pub(super) authorities: Vec<LocalAuthority>,
    pub(super) clusters: Vec<Cluster>,
    pub(super) programmes: Vec<Programme>,
    pub(super) participations: Vec<Participation>,
    pub(super) agreements: Vec<Agreement>,
    pub(super) budget_lines: Vec<BudgetLine>,
    pub(super) transactions: Vec<Transaction>,
    pub(super) rates: Vec<ExchangeRate>,
    pub(super) in_kind: Vec<InKindContribution>,
    pub(super) results: Vec<Outcome>,
    pub(super) indicators: Vec<Indicator>,
    pub(super) indicator_periods: Vec<IndicatorPeriod>,
    pub(super) funds: Vec<Fund>,
    pub(super) communities: Vec<Community>,
    pub(super) savings_groups: Vec<SavingsGroup>,
    pub(super) grants: Vec<SmallGrant>,
    pub(super) housing: Vec<HousingProject>,
    pub(super) memberships: Vec<Membership>,
    pub(super) documents: Vec<Document>,
    pub(super) statements: Vec<Statement>,
    pub(super) figures: Vec<StatedFigure>,
    pub(super) risks: Vec<Risk>,
    pub(super) organisation_successions: Vec<Succession<Id<Organisation>>>,
    pub(super) authority_successions: Vec<Succession<Id<LocalAuthority>>>,
}

/// What is known of a record that others point at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) id: uuid::Uuid,
    pub(super) effective: Visibility,
}

/// Codes of records, in the files or in the registry.
pub(super) type KnownCodes = HashMap<(Kind, String), Known>;

/// What building found out.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub(super) batch: Batch,
    /// Codes that are not in the files; the registry may have them.
    pub(super) missing: BTreeSet<(Kind, String)>,
    pub(super) problems: Vec<Problem>,
    /// Where each record stands: the file's number and the place in it.
    pub(super) places: HashMap<(Kind, uuid::Uuid), (usize, Range<usize>)>,
}

/// Builds all records. `known` holds what the registry has of the codes that an earlier run found missing.
pub(super) fn build(files: &[(SourceFile, File)], known: &KnownCodes) -> Built {
    let mut builder = Builder { known: known.clone(), built: Built::default(), files, at: 0, illustrative: false };
    for (_, file) in files {
        builder.declare(file);
    }
    builder.narrow();
    for (at, (_, file)) in files.iter().enumerate() {
        builder.at = at;
        builder.illustrative = file.illustrative;
        builder.file(file);
    }
    builder.built
}

struct Builder<'f> {
    known: KnownCodes,
    built: Built,
    files: &'f [(SourceFile, File)],
    /// The number of the file that is being read.
    at: usize,
    illustrative: bool,
}

/// What the parts of a record take from it.
#[derive(Clone)]
struct Owner {
    code: Code,
    subject: Subject,
    effective: Visibility,
}

impl Builder<'_> {
    fn problem(&mut self, span: Range<usize>, message: impl Into<String>) {
        if let Some((file, _)) = self.files.get(self.at) {
            self.built.problems.push(file.problem(span, message.into()));
        }
    }

    /// Makes the codes of a file's records known before any of them is pointed at.
    fn declare(&mut self, file: &File) {
        let all = (file.organisation.iter().map(|s| (Kind::Organisation, &s.get_ref().code, s.get_ref().visibility)))
            .chain(file.local_authority.iter().map(|s| (Kind::LocalAuthority, &s.get_ref().code, s.get_ref().visibility)))
            .chain(file.cluster.iter().map(|s| (Kind::Cluster, &s.get_ref().code, s.get_ref().visibility)))
            .chain(file.programme.iter().map(|s| (Kind::Programme, &s.get_ref().code, s.get_ref().visibility)))
            .chain(file.fund.iter().map(|s| (Kind::Fund, &s.get_ref().code, s.get_ref().visibility)))
            .chain(file.document.iter().map(|s| (Kind::Document, &s.get_ref().code, s.get_ref().visibility)));
        for (kind, code, visibility) in all {
            let id = derived(kind, code.get_ref());
            self.known.insert((kind, code.get_ref().clone()), Known { id, effective: visibility.unwrap_or(Visibility::Public) });
        }
    }

    /// Narrows what is a part of something narrower: a programme by its parent, as deep as the tree goes.
    fn narrow(&mut self) {
        let parents: Vec<(String, String)> = self
            .files
            .iter()
            .flat_map(|(_, f)| &f.programme)
            .filter_map(|p| Some((p.get_ref().code.get_ref().clone(), p.get_ref().parent.as_ref()?.get_ref().clone())))
            .collect();
        // Each round reaches one level deeper; a circle is found later and needs no more rounds than there are programmes.
        for _ in 0..parents.len() {
            let mut moved = false;
            for (child, parent) in &parents {
                let limit = self.known.get(&(Kind::Programme, parent.clone())).map(|k| k.effective);
                let child = self.known.get_mut(&(Kind::Programme, child.clone()));
                if let (Some(limit), Some(child)) = (limit, child)
                    && child.effective > limit
                {
                    child.effective = limit;
                    moved = true;
                }
            }
            if !moved {
                break;
            }
        }
    }

    /// The record that a code names, or nothing and a note that it is missing.
    fn find<T: Record>(&mut self, code: &Ref) -> Option<(Id<T>, Visibility)> {
        let key = (T::KIND, code.get_ref().clone());
        if let Some(known) = self.known.get(&key) {
            return Some((Id::from_uuid(known.id), known.effective));
        }
        let kind = T::KIND.name().replace('_', " ");
        self.problem(
            code.span(),
            format!("there is no {kind} `{}`: check the code, or add the {kind} to a file", code.get_ref()),
        );
        self.built.missing.insert(key);
        None
    }

    fn refer<T: Record>(&mut self, code: &Ref) -> Option<Id<T>> {
        self.find(code).map(|(id, _)| id)
    }

    fn refer_null<T: Record>(&mut self, code: Option<&Ref>) -> Option<Id<T>> {
        code.and_then(|c| self.refer(c))
    }

    /// The head of a record, once per code.
    fn head<T: Record>(&mut self, code: &str, span: Range<usize>, own: Visibility, effective: Visibility) -> Option<Head<T>> {
        let code: Code = match code.parse() {
            Ok(code) => code,
            Err(e) => {
                self.problem(span, format!("{e}"));
                return None;
            }
        };
        let key = (T::KIND, derived(T::KIND, code.as_str()));
        if let Some((file, there)) = self.built.places.get(&key).cloned() {
            let there = self.files.get(file).map(|(f, _)| format!("{}:{}", f.name, f.line_of(&there))).unwrap_or_default();
            let kind = T::KIND.name().replace('_', " ");
            self.problem(span, format!("the {kind} `{code}` is given twice; the other stands at {there}"));
            return None;
        }
        self.built.places.insert(key, (self.at, span));
        let id = Id::from_uuid(key.1);
        Some(Head { id, code, visibility: own, effective: own.min(effective), illustrative: self.illustrative, version: 1 })
    }

    /// The head of a record that stands by itself.
    fn top<T: Record>(&mut self, code: &Ref, visibility: Option<Visibility>) -> Option<Head<T>> {
        if code.get_ref().contains(':') {
            self.problem(code.span(), "a colon joins the codes of parts: write another sign");
            return None;
        }
        let own = visibility.unwrap_or(Visibility::Public);
        let effective = self.known.get(&(T::KIND, code.get_ref().clone())).map_or(own, |k| k.effective);
        self.head(code.get_ref(), code.span(), own, effective)
    }

    /// The head of a part of a record.
    fn part<T: Record>(&mut self, owner: &Owner, part: impl std::fmt::Display, span: Range<usize>) -> Option<Head<T>> {
        self.head(&format!("{}:{part}", owner.code), span, Visibility::Public, owner.effective)
    }

    /// Asks the rules of a record and keeps it.
    fn keep<T: Record>(&mut self, span: Range<usize>, record: T, list: impl FnOnce(&mut Batch) -> &mut Vec<T>) {
        for fault in record.faults().0 {
            let message =
                format!("{} `{}`, {}: {}", T::KIND.name().replace('_', " "), record.head().code, fault.path, fault.message);
            self.problem(span.clone(), message);
        }
        list(&mut self.built.batch).push(record);
    }

    fn owner<T: Record>(&self, head: &Head<T>) -> Owner {
        Owner { code: head.code.clone(), subject: Subject::of(head.id), effective: head.effective }
    }

    fn file(&mut self, file: &File) {
        for document in &file.document {
            self.document(document);
        }
        for organisation in &file.organisation {
            self.organisation(organisation, &file.sources);
        }
        for authority in &file.local_authority {
            self.authority(authority, &file.sources);
        }
        for cluster in &file.cluster {
            let c = cluster.get_ref();
            let Some(head) = self.top::<Cluster>(&c.code, c.visibility) else { continue };
            let owner = self.owner(&head);
            self.sources(&owner, &c.sources, &file.sources);
            self.keep(cluster.span(), Cluster { head, name: c.name.clone(), description: c.description.clone() }, |b| {
                &mut b.clusters
            });
        }
        for programme in &file.programme {
            self.programme(programme, &file.sources);
        }
        for fund in &file.fund {
            self.fund(fund, &file.sources);
        }
        for rate in &file.exchange_rate {
            let r = rate.get_ref();
            let code = format!("{}-{}-{}", r.base, r.quote, r.date.0);
            let Some(head) = self.head(&code, rate.span(), Visibility::Public, Visibility::Public) else { continue };
            let record =
                ExchangeRate { head, base: r.base, quote: r.quote, date: r.date.0, rate: r.rate, source: r.source.clone() };
            self.keep(rate.span(), record, |b| &mut b.rates);
        }
    }
}

/// The id that a record from a file has.
fn derived(kind: Kind, code: &str) -> uuid::Uuid {
    ketnoi_domain::imported_id(kind, code)
}

fn period(from: Option<PartialDate>, to: Option<PartialDate>) -> Period {
    Period { from, to }
}
