//! Funds and the communities that they serve.

use ketnoi_domain::{Community, Fund, HousingProject, Id, LocalAuthority, Membership, SavingsGroup, SmallGrant};
use toml::Spanned;

use super::{Builder, Owner, period};
use crate::import::shape::{CommunityShape, FundShape, Ref};

impl Builder<'_> {
    pub(super) fn fund(&mut self, fund: &Spanned<FundShape>, default_sources: &[Ref]) {
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
        let has_community = |code: &String| f.community.iter().any(|c| c.get_ref().code.get_ref() == code);
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

    pub(super) fn community(&mut self, community: &Spanned<CommunityShape>, fund: Id<Fund>, owner: &Owner) {
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
            let record = SavingsGroup { head, community: id, name, since, members, women, savings, withheld: false };
            self.keep(group.span(), record, |b| &mut b.savings_groups);
        }
    }
}
