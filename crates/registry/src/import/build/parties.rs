//! Documents, organisations, local authorities, and who belongs to what.

use ketnoi_domain::{
    Cluster, Coded, Coordinates, Document, Lang, LocalAuthority, Membership, Name, Names, Organisation, Succession, Visibility,
};
use toml::Spanned;

use super::{Builder, Owner, period};
use crate::import::shape::{AuthorityShape, DocumentShape, Listed, MemberShape, NameShape, OrganisationShape, Ref};

impl Builder<'_> {
    pub(super) fn document(&mut self, document: &Spanned<DocumentShape>) {
        let d = document.get_ref();
        let (programme, organisation) = (self.refer_null(d.programme.as_ref()), self.refer_null(d.organisation.as_ref()));
        let event = self.refer_null(d.event.as_ref());
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
            event,
        };
        self.keep(document.span(), record, |b| &mut b.documents);
    }

    pub(super) fn organisation(&mut self, organisation: &Spanned<OrganisationShape>, default_sources: &[Ref]) {
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

    pub(super) fn authority(&mut self, authority: &Spanned<AuthorityShape>, default_sources: &[Ref]) {
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

    pub(super) fn memberships(&mut self, owner: &Owner, all: &Listed<MemberShape>, member: impl Fn(&mut Membership)) {
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
}

fn names(all: &[NameShape]) -> Names {
    let name = |n: &NameShape| {
        let texts = [(Lang::Vi, &n.vi), (Lang::En, &n.en), (Lang::Fr, &n.fr), (Lang::De, &n.de)];
        let text = texts.into_iter().filter_map(|(lang, t)| t.as_ref().map(|t| (lang, t))).collect();
        Name { text, short: n.short.clone(), period: period(n.from, n.to) }
    };
    Names(all.iter().map(name).collect())
}
