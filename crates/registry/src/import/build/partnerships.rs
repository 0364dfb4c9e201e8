//! Partnerships between local authorities, news, and people in public roles.

use std::collections::HashMap;

use ketnoi_domain::{
    Coded, CooperationAgreement, EventSession, Id, LocalAuthority, NewsItem, Partnership, PartnershipParty, Person, PublicRole,
    PublicRoleKind, party_faults,
};
use toml::Spanned;

use super::{Builder, Owner, derived, period};
use crate::import::shape::{CooperationShape, NewsShape, PartnershipShape, PersonShape, Ref, RoleShape};

impl Builder<'_> {
    pub(super) fn partnership(&mut self, partnership: &Spanned<PartnershipShape>, default_sources: &[Ref]) {
        let p = partnership.get_ref();
        let Some(head) = self.top::<Partnership>(&p.code, p.visibility) else { return };
        let (id, owner) = (head.id, self.owner(&head));
        self.said(&owner, &p.sources, default_sources, &p.stated, &p.statement);
        let record = Partnership {
            head,
            kind: p.kind,
            title: p.title.clone(),
            description: p.description.clone(),
            period: period(p.from, p.to),
            status: p.status,
            sectors: p.sectors.clone(),
        };
        let countries = self.countries();
        let mut parties = Vec::new();
        let mut all_known = true;
        for party in p.party.get_ref() {
            let Some((authority, limit)) = self.find::<LocalAuthority>(party) else {
                all_known = false;
                continue;
            };
            if parties.iter().any(|(known, _)| *known == authority) {
                parties.push((authority, None));
                continue;
            }
            parties.push((authority, countries.get(party.get_ref()).map(String::as_str)));
            let limited = Owner { effective: owner.effective.min(limit), ..owner.clone() };
            let Some(head) = self.part(&limited, format_args!("party:{}", party.get_ref()), party.span()) else { continue };
            self.keep(party.span(), PartnershipParty { head, partnership: id, authority }, |b| &mut b.parties);
        }
        if all_known {
            self.faults(p.party.span(), &record.head, party_faults(&parties));
        }
        for agreement in &p.agreement {
            self.cooperation_agreement(agreement, id, &owner);
        }
        self.keep(partnership.span(), record, |b| &mut b.partnerships);
    }

    /// The countries of the local authorities that the files hold.
    fn countries(&self) -> HashMap<String, String> {
        let all = self.files.iter().flat_map(|(_, f)| &f.local_authority).map(Spanned::get_ref);
        all.map(|a| (a.code.get_ref().clone(), a.country.clone())).collect()
    }

    fn cooperation_agreement(&mut self, agreement: &Spanned<CooperationShape>, partnership: Id<Partnership>, owner: &Owner) {
        let a = agreement.get_ref();
        let document = self.refer_null(a.document.as_ref());
        let part = format!("agreement:{}", a.code.get_ref());
        let Some(head) = self.part::<CooperationAgreement>(owner, part, a.code.span()) else { return };
        let own = self.owner(&head);
        self.said(&own, &a.sources, &[], &Vec::new(), &a.statement);
        let record = CooperationAgreement {
            head,
            partnership,
            title: a.title.clone(),
            reference: a.reference.clone(),
            signed: a.signed,
            reported: a.reported,
            period: period(a.from, a.to),
            document,
        };
        self.keep(agreement.span(), record, |b| &mut b.cooperation_agreements);
    }

    pub(super) fn news(&mut self, news: &Spanned<NewsShape>, default_sources: &[Ref]) {
        let n = news.get_ref();
        let (publisher, document) = (self.refer_null(n.publisher.as_ref()), self.refer_null(n.document.as_ref()));
        let (partnership, programme) = (self.refer_null(n.partnership.as_ref()), self.refer_null(n.programme.as_ref()));
        let (event, authority) = (self.refer_null(n.event.as_ref()), self.refer_null(n.authority.as_ref()));
        let related = n.related.iter().filter_map(|r| self.refer(r)).collect();
        let Some(head) = self.top::<NewsItem>(&n.code, n.visibility) else { return };
        let owner = self.owner(&head);
        self.said(&owner, &n.sources, default_sources, &Vec::new(), &n.statement);
        let record = NewsItem {
            head,
            title: n.title.clone(),
            summary: n.summary.clone(),
            published: n.published,
            publisher,
            document,
            partnership,
            programme,
            event,
            authority,
            related,
        };
        self.keep(news.span(), record, |b| &mut b.news);
    }

    pub(super) fn person(&mut self, person: &Spanned<PersonShape>, default_sources: &[Ref]) {
        let p = person.get_ref();
        let Some(head) = self.top::<Person>(&p.code, p.visibility) else { return };
        let (id, owner) = (head.id, self.owner(&head));
        self.said(&owner, &p.sources, default_sources, &Vec::new(), &p.statement);
        let record = Person { head, name: p.name.clone(), honorific: p.honorific.clone() };
        self.keep(person.span(), record, |b| &mut b.persons);
        let mut count: HashMap<(PublicRoleKind, &str), usize> = HashMap::new();
        for role in &p.role {
            let r = role.get_ref();
            let n = count.entry((r.kind, r.document.get_ref())).or_default();
            *n += 1;
            self.role(*n, role, id, &owner);
        }
    }

    fn role(&mut self, n: usize, role: &Spanned<RoleShape>, person: Id<Person>, owner: &Owner) {
        let r = role.get_ref();
        let (organisation, event) = (self.refer_null(r.organisation.as_ref()), self.refer_null(r.event.as_ref()));
        let (programme, agreement) = (self.refer_null(r.programme.as_ref()), self.refer_null(r.agreement.as_ref()));
        let session = self.session_of(r);
        let Some((document, limit)) = self.find(&r.document) else { return };
        let limited = Owner { effective: owner.effective.min(limit), ..owner.clone() };
        let Some(head) = self.part(&limited, format_args!("role:{}:{}:{n}", r.kind.name(), r.document.get_ref()), role.span())
        else {
            return;
        };
        let record = PublicRole {
            head,
            person,
            kind: r.kind,
            title: r.title.clone(),
            organisation,
            event,
            session,
            programme,
            agreement,
            period: period(r.from, r.to),
            said: r.said.clone(),
            contacts: r.contact.clone(),
            document,
        };
        self.keep(role.span(), record, |b| &mut b.roles);
    }

    /// The session that a role names by its number in the event that it names.
    fn session_of(&mut self, role: &RoleShape) -> Option<Id<EventSession>> {
        let number = role.session.as_ref()?;
        let Some(event) = &role.event else {
            self.problem(number.span(), "a session is named by its number in an event: name the event too");
            return None;
        };
        let of = |code: &str| {
            let events = self.files.iter().flat_map(|(_, f)| &f.event).map(Spanned::get_ref);
            events.filter(|e| e.code.get_ref() == code).flat_map(|e| &e.session).any(|s| s.get_ref().number == *number)
        };
        if !of(event.get_ref()) {
            self.problem(number.span(), format!("the event `{}` has no session `{}`", event.get_ref(), number.get_ref()));
            return None;
        }
        let code = format!("{}:session:{}", event.get_ref(), number.get_ref());
        Some(Id::from_uuid(derived(ketnoi_domain::Kind::EventSession, &code)))
    }
}
