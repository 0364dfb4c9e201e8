//! From the files' tables to records: codes become ids, parts get their codes, rules are asked.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use ketnoi_domain::{
    Agreement, BudgetLine, BudgetStatus, BudgetType, Classification, Cluster, Code, Coded, Community, Coordinates, Document,
    ExchangeRate, Fund, Head, HousingProject, Id, InKindContribution, Indicator, IndicatorPeriod, Kind, Lang, LocalAuthority,
    Membership, Name, Names, Organisation, Outcome, PartialDate, Participation, Period, Place, Programme, Qualifier, Record,
    Relation, Risk, SavingsGroup, Scheme, SmallGrant, StatedFigure, Statement, Subject, Succession, Text, Transaction,
    Visibility,
};
use toml::Spanned;

use super::{
    Problem, SourceFile,
    shape::{
        AuthorityShape, CommunityShape, DocumentShape, File, FundShape, Listed, MemberShape, NameShape, OrganisationShape,
        ProgrammeShape, Ref, ResultShape, ShareShape, StatedShape, StatementShape,
    },
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

    fn document(&mut self, document: &Spanned<DocumentShape>) {
        let d = document.get_ref();
        let (programme, organisation) = (self.refer_null(d.programme.as_ref()), self.refer_null(d.organisation.as_ref()));
        let Some(head) = self.top(&d.code, d.visibility) else { return };
        let record = Document {
            head,
            title: d.title.clone(),
            category: d.category,
            publisher: d.publisher.clone(),
            published: d.published,
            modified: d.modified,
            url: d.url.clone(),
            language: d.language,
            note: d.note.clone(),
            programme,
            organisation,
        };
        self.keep(document.span(), record, |b| &mut b.documents);
    }

    fn organisation(&mut self, organisation: &Spanned<OrganisationShape>, default_sources: &[Ref]) {
        let o = organisation.get_ref();
        let parent = self.refer_null(o.parent.as_ref());
        let Some(head) = self.top::<Organisation>(&o.code, o.visibility) else { return };
        let owner = self.owner(&head);
        for s in &o.successor_of {
            let Some(predecessor) = self.refer(&s.organisation) else { continue };
            let succession = Succession { predecessor, successor: head.id, kind: s.how, on: s.on };
            self.built.batch.organisation_successions.push(succession);
        }
        let me = head.id;
        self.memberships(&owner, &o.member_of, |m| m.organisation = Some(me));
        self.said(&owner, &o.sources, default_sources, &o.stated, &o.statement);
        let record = Organisation {
            head,
            kind: o.r#type,
            names: names(&o.name),
            country: o.country.clone(),
            parent,
            network: o.network,
            existence: period(o.founded, o.dissolved),
            seat: o.seat.clone(),
            profile: o.profile.clone(),
            website: o.website.clone(),
            iati_identifier: o.iati_identifier.clone(),
            partner: o.partner,
            partner_since: o.partner_since,
            contacts: o.contact.clone(),
        };
        self.keep(organisation.span(), record, |b| &mut b.organisations);
    }

    fn authority(&mut self, authority: &Spanned<AuthorityShape>, default_sources: &[Ref]) {
        let a = authority.get_ref();
        let parent = self.refer_null(a.parent.as_ref());
        let Some(head) = self.top::<LocalAuthority>(&a.code, a.visibility) else { return };
        let owner = self.owner(&head);
        for s in &a.successor_of {
            let Some(predecessor) = self.refer(&s.authority) else { continue };
            let succession = Succession { predecessor, successor: head.id, kind: s.how, on: s.on };
            self.built.batch.authority_successions.push(succession);
        }
        let me = head.id;
        self.memberships(&owner, &a.member_of, |m| m.authority = Some(me));
        self.said(&owner, &a.sources, default_sources, &a.stated, &a.statement);
        let record = LocalAuthority {
            head,
            level: a.level,
            names: names(&a.name),
            country: a.country.clone(),
            subdivision: a.subdivision.clone(),
            parent,
            coordinates: a.latitude.zip(a.longitude).map(|(latitude, longitude)| Coordinates { latitude, longitude }),
            urban_class: a.urban_class,
            existence: period(a.established, a.abolished),
        };
        self.keep(authority.span(), record, |b| &mut b.authorities);
    }

    fn memberships(&mut self, owner: &Owner, all: &Listed<MemberShape>, member: impl Fn(&mut Membership)) {
        for membership in all {
            let m = membership.get_ref();
            let network = m.network.as_ref().and_then(|r| self.find::<Organisation>(r));
            let cluster = m.cluster.as_ref().and_then(|r| self.find::<Cluster>(r));
            let group = m.network.as_ref().or(m.cluster.as_ref()).map_or("?", |r| r.get_ref().as_str());
            let since = m.from.map(|d| format!(":{d}")).unwrap_or_default();
            let kind = owner.subject.kind.name();
            let limit = network.map(|n| n.1).or(cluster.map(|c| c.1)).unwrap_or(Visibility::Public);
            let limited = Owner { effective: owner.effective.min(limit), ..owner.clone() };
            let Some(head) = self.part(&limited, format_args!("{kind}:{group}{since}"), membership.span()) else { continue };
            let part = self.owner::<Membership>(&head);
            self.sources(&part, &m.sources, &[]);
            let mut record = Membership {
                head,
                organisation: None,
                authority: None,
                network: network.map(|n| n.0),
                cluster: cluster.map(|c| c.0),
                fund: None,
                period: period(m.from, m.to),
                note: m.note.clone(),
            };
            member(&mut record);
            self.keep(membership.span(), record, |b| &mut b.memberships);
        }
    }

    /// What sources say of a record: those behind it as a whole, figures, statements on its properties.
    fn said(
        &mut self,
        of: &Owner,
        own: &[Ref],
        default: &[Ref],
        figures: &Listed<StatedShape>,
        statements: &Listed<StatementShape>,
    ) {
        self.sources(of, own, default);
        self.statements(of, statements);
        let kind = of.subject.kind.name();
        for figure in figures {
            let s = figure.get_ref();
            let Some((document, limit)) = self.find::<Document>(&s.source) else { continue };
            let as_of = s.as_of.map(|d| format!(":{d}")).unwrap_or_default();
            let limited = Owner { effective: of.effective.min(limit), ..of.clone() };
            let part = format!("{kind}:{}:{}{as_of}", s.measure, s.source.get_ref());
            let Some(head) = self.part(&limited, part, figure.span()) else { continue };
            let record = StatedFigure {
                head,
                subject: of.subject,
                measure: s.measure.clone(),
                label: s.label.clone(),
                value: s.value,
                qualifier: s.qualifier.unwrap_or(Qualifier::Exact),
                as_of: s.as_of,
                document,
            };
            self.keep(figure.span(), record, |b| &mut b.figures);
        }
    }

    fn sources(&mut self, of: &Owner, own: &[Ref], default: &[Ref]) {
        let kind = of.subject.kind.name();
        for source in if own.is_empty() { default } else { own } {
            let Some((document, limit)) = self.find::<Document>(source) else { continue };
            let limited = Owner { effective: of.effective.min(limit), ..of.clone() };
            let Some(head) = self.part(&limited, format_args!("{kind}:{}", source.get_ref()), source.span()) else { continue };
            let record = Statement {
                head,
                subject: of.subject,
                property: None,
                value: Text::default(),
                raw: None,
                current: true,
                document,
                locator: None,
                stated: None,
                note: Text::default(),
            };
            self.keep(source.span(), record, |b| &mut b.statements);
        }
    }

    fn statements(&mut self, of: &Owner, all: &Listed<StatementShape>) {
        let kind = of.subject.kind.name();
        let mut count: HashMap<(String, String), usize> = HashMap::new();
        for statement in all {
            let s = statement.get_ref();
            let Some((document, limit)) = self.find::<Document>(&s.source) else { continue };
            let limited = Owner { effective: of.effective.min(limit), ..of.clone() };
            let n = count.entry((s.property.clone(), s.source.get_ref().clone())).or_insert(0);
            *n += 1;
            let part = format!("{kind}:{}:{}:{n}", s.property, s.source.get_ref());
            let Some(head) = self.part(&limited, part, statement.span()) else { continue };
            let record = Statement {
                head,
                subject: of.subject,
                property: Some(s.property.clone()),
                value: s.value.clone(),
                raw: s.raw.clone(),
                current: s.current,
                document,
                locator: s.locator.clone(),
                stated: s.stated,
                note: s.note.clone(),
            };
            self.keep(statement.span(), record, |b| &mut b.statements);
        }
        let mut current: HashMap<&str, usize> = HashMap::new();
        for s in all.iter().map(Spanned::get_ref).filter(|s| s.current) {
            *current.entry(s.property.as_str()).or_insert(0) += 1;
        }
        if let Some((property, _)) = current.into_iter().find(|(_, n)| *n > 1) {
            let message =
                format!("{} `{}`: several statements on {property} are current: mark one", kind.replace('_', " "), of.code);
            self.problem(all.first().map(Spanned::span).unwrap_or_default(), message);
        }
    }

    fn programme(&mut self, programme: &Spanned<ProgrammeShape>, default_sources: &[Ref]) {
        let p = programme.get_ref();
        let parent = self.refer_null(p.parent.as_ref());
        let reporting_organisation = self.refer_null(p.reporting_organisation.as_ref());
        let mut places = Vec::new();
        for place in &p.place {
            let Some(authority) = self.refer(&place.authority) else { continue };
            places.push(Place { authority, percentage: place.percentage, note: place.note.clone() });
        }
        let mut relations = Vec::new();
        for related in &p.related {
            let Some(programme) = self.refer(&related.programme) else { continue };
            relations.push(Relation { programme, kind: related.how });
        }
        let Some(head) = self.top::<Programme>(&p.code, p.visibility) else { return };
        let (id, owner) = (head.id, self.owner(&head));
        self.said(&owner, &p.sources, default_sources, &p.stated, &p.statement);
        let record = Programme {
            head,
            level: p.level,
            parent,
            title: p.title.clone(),
            acronym: p.acronym.clone(),
            description: p.description.clone(),
            reporting_organisation,
            status: p.status,
            planned: p.planned,
            actual: p.actual,
            iati_identifier: p.iati_identifier.clone(),
            classifications: classifications(p),
            places,
            relations,
        };
        self.keep(programme.span(), record, |b| &mut b.programmes);
        self.participations(p, id, &owner);
        self.money(p, id, &owner);
        for result in &p.result {
            self.result(result, p, id, &owner);
        }
        for risk in &p.risk {
            let r = risk.get_ref();
            let watcher = self.refer_null(r.owner.as_ref());
            let Some(head) = self.part(&owner, format_args!("risk:{}", r.code.get_ref()), r.code.span()) else { continue };
            let record = Risk {
                head,
                programme: id,
                title: r.title.clone(),
                likelihood: r.likelihood,
                impact: r.impact,
                mitigation: r.mitigation.clone(),
                owner: watcher,
                status: r.status,
            };
            self.keep(risk.span(), record, |b| &mut b.risks);
        }
    }

    fn participations(&mut self, p: &ProgrammeShape, programme: Id<Programme>, owner: &Owner) {
        for participation in &p.participation {
            let s = participation.get_ref();
            let (organisation, via) = (self.find::<Organisation>(&s.organisation), self.refer_null(s.via.as_ref()));
            let Some((organisation, limit)) = organisation else { continue };
            let limited = Owner { effective: owner.effective.min(limit), ..owner.clone() };
            let since = s.from.map(|d| format!(":{d}")).unwrap_or_default();
            let part = format!("{}:{}{since}", s.role.name(), s.organisation.get_ref());
            let Some(head) = self.part(&limited, part, participation.span()) else { continue };
            let own = self.owner::<Participation>(&head);
            self.sources(&own, &s.sources, &[]);
            let record = Participation {
                head,
                programme,
                organisation,
                role: s.role,
                stated_name: s.stated_name.clone(),
                via,
                period: period(s.from, s.to),
                note: s.note.clone(),
            };
            self.keep(participation.span(), record, |b| &mut b.participations);
        }
    }

    /// The part of this programme that a local code names.
    fn own<T: Record>(&mut self, owner: &Owner, what: &str, local: Option<&Ref>, exists: impl Fn(&str) -> bool) -> Option<Id<T>> {
        let local = local?;
        if !exists(local.get_ref()) {
            self.problem(local.span(), format!("this programme has no {} `{}`", what.replace('_', " "), local.get_ref()));
            return None;
        }
        Some(Id::from_uuid(derived(T::KIND, &format!("{}:{what}:{}", owner.code, local.get_ref()))))
    }

    fn money(&mut self, p: &ProgrammeShape, programme: Id<Programme>, owner: &Owner) {
        let has_agreement = |code: &str| p.agreement.iter().any(|a| a.get_ref().code.get_ref() == code);
        let has_line = |number: &str| p.budget_line.iter().any(|b| b.get_ref().number.get_ref() == number);
        for agreement in &p.agreement {
            let a = agreement.get_ref();
            let (funder, recipient) = (self.refer(&a.funder), self.refer_null(a.recipient.as_ref()));
            let Some(head) = self.part(owner, format_args!("agreement:{}", a.code.get_ref()), a.code.span()) else { continue };
            let own = self.owner::<Agreement>(&head);
            self.said(&own, &a.sources, &[], &Vec::new(), &a.statement);
            let Some(funder) = funder else { continue };
            let record = Agreement {
                head,
                programme,
                funder,
                recipient,
                title: a.title.clone(),
                reference: a.reference.clone(),
                signed: a.signed,
                period: period(a.from, a.to),
                eligible_cost: a.eligible_cost,
                funder_share: a.funder_share,
                ceiling: a.ceiling,
                rate_rule: a.rate_rule,
                instalments: a.instalments.clone(),
                amendments: a.amendments.clone(),
                reports_due: a.reports_due.clone(),
            };
            self.keep(agreement.span(), record, |b| &mut b.agreements);
        }
        for line in &p.budget_line {
            let b = line.get_ref();
            let agreement = self.own(owner, "agreement", b.agreement.as_ref(), has_agreement);
            let Some(head) = self.part(owner, format_args!("budget_line:{}", b.number.get_ref()), b.number.span()) else {
                continue;
            };
            let record = BudgetLine {
                head,
                programme,
                agreement,
                number: b.number.get_ref().clone(),
                title: b.title.clone(),
                kind: b.r#type.unwrap_or(BudgetType::Original),
                status: b.status.unwrap_or(BudgetStatus::Indicative),
                period: period(b.from, b.to),
                value: b.value,
                eligible: b.eligible.unwrap_or(true),
            };
            self.keep(line.span(), record, |b| &mut b.budget_lines);
        }
        for transaction in &p.transaction {
            let t = transaction.get_ref();
            let agreement = self.own(owner, "agreement", t.agreement.as_ref(), has_agreement);
            let budget_line = self.own(owner, "budget_line", t.budget_line.as_ref(), has_line);
            let (provider, receiver) = (self.refer_null(t.provider.as_ref()), self.refer_null(t.receiver.as_ref()));
            let document = self.refer_null(t.document.as_ref());
            let Some(head) = self.part(owner, format_args!("transaction:{}", t.code.get_ref()), t.code.span()) else { continue };
            let record = Transaction {
                head,
                programme,
                agreement,
                budget_line,
                kind: t.r#type,
                date: t.date.0,
                value: t.value,
                provider,
                receiver,
                description: t.description.clone(),
                voucher: t.voucher.clone(),
                document,
            };
            self.keep(transaction.span(), record, |b| &mut b.transactions);
        }
        for contribution in &p.in_kind {
            let c = contribution.get_ref();
            let contributor = self.refer(&c.contributor);
            let Some(head) = self.part(owner, format_args!("in_kind:{}", c.code.get_ref()), c.code.span()) else { continue };
            let Some(contributor) = contributor else { continue };
            let record = InKindContribution {
                head,
                programme,
                contributor,
                description: c.description.clone(),
                value: c.value,
                date: c.date,
                valuer: c.valuer.clone(),
                basis: c.basis.clone(),
            };
            self.keep(contribution.span(), record, |b| &mut b.in_kind);
        }
    }

    fn result(&mut self, result: &Spanned<ResultShape>, p: &ProgrammeShape, programme: Id<Programme>, owner: &Owner) {
        let r = result.get_ref();
        let parent = self.own(owner, "result", r.parent.as_ref(), |n| p.result.iter().any(|o| o.get_ref().number.get_ref() == n));
        let Some(head) = self.part::<Outcome>(owner, format_args!("result:{}", r.number.get_ref()), r.number.span()) else {
            return;
        };
        let (id, own) = (head.id, self.owner(&head));
        let record = Outcome {
            head,
            programme,
            parent,
            level: r.level,
            number: r.number.get_ref().clone(),
            title: r.title.clone(),
            description: r.description.clone(),
            assumption: r.assumption.clone(),
        };
        self.keep(result.span(), record, |b| &mut b.results);
        for indicator in &r.indicator {
            let i = indicator.get_ref();
            let Some(head) = self.part::<Indicator>(&own, format_args!("indicator:{}", i.number.get_ref()), i.number.span())
            else {
                continue;
            };
            let (of, mine) = (head.id, self.owner(&head));
            let record = Indicator {
                head,
                result: id,
                number: i.number.get_ref().clone(),
                title: i.title.clone(),
                measure: i.measure,
                unit: i.unit.clone(),
                cumulative: i.cumulative,
                ascending: i.ascending.unwrap_or(true),
                verification: i.verification.clone(),
                baseline: i.baseline.clone(),
            };
            self.keep(indicator.span(), record, |b| &mut b.indicators);
            for period in &i.period {
                let q = period.get_ref();
                let Some(head) = self.part(&mine, format_args!("period:{}", q.from), period.span()) else { continue };
                let when = Period { from: Some(q.from), to: Some(q.to) };
                let record =
                    IndicatorPeriod { head, indicator: of, period: when, target: q.target.clone(), actual: q.actual.clone() };
                self.keep(period.span(), record, |b| &mut b.indicator_periods);
            }
        }
    }

    fn fund(&mut self, fund: &Spanned<FundShape>, default_sources: &[Ref]) {
        let f = fund.get_ref();
        let (manager, programme) = (self.refer_null(f.manager.as_ref()), self.refer_null(f.programme.as_ref()));
        let Some(head) = self.top::<Fund>(&f.code, f.visibility) else { return };
        let (id, owner) = (head.id, self.owner(&head));
        self.said(&owner, &f.sources, default_sources, &f.stated, &f.statement);
        let record = Fund { head, name: f.name.clone(), description: f.description.clone(), manager, programme, since: f.since };
        self.keep(fund.span(), record, |b| &mut b.funds);
        for member in &f.member {
            let m = member.get_ref();
            let Some((authority, limit)) = self.find::<LocalAuthority>(&m.authority) else { continue };
            let limited = Owner { effective: owner.effective.min(limit), ..owner.clone() };
            let Some(head) = self.part(&limited, format_args!("fund:{}", m.authority.get_ref()), member.span()) else { continue };
            let own = self.owner::<Membership>(&head);
            self.sources(&own, &m.sources, &[]);
            let record = Membership {
                head,
                organisation: None,
                authority: Some(authority),
                network: None,
                cluster: None,
                fund: Some(id),
                period: period(m.from, m.to),
                note: m.note.clone(),
            };
            self.keep(member.span(), record, |b| &mut b.memberships);
        }
        for community in &f.community {
            self.community(community, id, &owner);
        }
        let has_community = |code: &str| f.community.iter().any(|c| c.get_ref().code.get_ref() == code);
        for grant in &f.grant {
            let g = grant.get_ref();
            let (authority, community) =
                (self.refer(&g.authority), self.own(&owner, "community", g.community.as_ref(), has_community));
            let Some(head) = self.part(&owner, format_args!("grant:{}", g.code.get_ref()), g.code.span()) else { continue };
            let Some(authority) = authority else { continue };
            let (title, value, granted, status) = (g.title.clone(), g.value, g.granted, g.status);
            self.keep(grant.span(), SmallGrant { head, fund: id, authority, community, title, value, granted, status }, |b| {
                &mut b.grants
            });
        }
        for housing in &f.housing {
            let h = housing.get_ref();
            let (authority, programme) = (self.refer(&h.authority), self.refer_null(h.programme.as_ref()));
            let Some(head) = self.part(&owner, format_args!("housing:{}", h.code.get_ref()), h.code.span()) else { continue };
            let Some(authority) = authority else { continue };
            let record = HousingProject {
                head,
                fund: id,
                authority,
                programme,
                title: h.title.clone(),
                households: h.households,
                value: h.value,
                period: period(h.from, h.to),
                status: h.status,
            };
            self.keep(housing.span(), record, |b| &mut b.housing);
        }
    }

    fn community(&mut self, community: &Spanned<CommunityShape>, fund: Id<Fund>, owner: &Owner) {
        let c = community.get_ref();
        let authority = self.refer(&c.authority);
        let Some(head) = self.part::<Community>(owner, format_args!("community:{}", c.code.get_ref()), c.code.span()) else {
            return;
        };
        let (id, own) = (head.id, self.owner(&head));
        let Some(authority) = authority else { return };
        let record = Community { head, fund, authority, name: c.name.clone(), households: c.households };
        self.keep(community.span(), record, |b| &mut b.communities);
        for group in &c.savings_group {
            let g = group.get_ref();
            let Some(head) = self.part(&own, format_args!("savings_group:{}", g.code.get_ref()), g.code.span()) else { continue };
            let (name, since, members, women, savings) = (g.name.clone(), g.since, g.members, g.women, g.savings);
            self.keep(group.span(), SavingsGroup { head, community: id, name, since, members, women, savings }, |b| {
                &mut b.savings_groups
            });
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

fn names(all: &[NameShape]) -> Names {
    let name = |n: &NameShape| {
        let texts = [(Lang::Vi, &n.vi), (Lang::En, &n.en), (Lang::Fr, &n.fr), (Lang::De, &n.de)];
        let text = texts.into_iter().filter_map(|(lang, t)| t.as_ref().map(|t| (lang, t))).collect();
        Name { text, short: n.short.clone(), period: period(n.from, n.to) }
    };
    Names(all.iter().map(name).collect())
}

fn classifications(p: &ProgrammeShape) -> Vec<Classification> {
    let shared = |scheme, all: &[ShareShape]| -> Vec<Classification> {
        let one = |s: &ShareShape| Classification { scheme, code: s.code.clone(), percentage: s.percentage, significance: None };
        all.iter().map(one).collect()
    };
    let mut all = shared(Scheme::Sector, &p.sectors);
    all.extend(shared(Scheme::Country, &p.countries));
    let plain =
        |scheme, code: u8, significance| Classification { scheme, code: code.to_string(), percentage: None, significance };
    all.extend(p.sdgs.iter().map(|n| plain(Scheme::Sdg, *n, None)));
    all.extend(p.policy_markers.iter().map(|m| plain(Scheme::PolicyMarker, m.marker, Some(m.significance))));
    all
}
