use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Cluster, Faults, Fund, Head, Id, Kind, Lang, Links, LocalAuthority, PartialDate, Percentage, Period, Record, Rule, Text,
    Words, coded::coded,
};

coded! {
    /// What sort of body an organisation is (IATI OrganisationType).
    pub enum OrganisationType {
        /// A national government or one of its departments.
        Government = "government" / "10",
        /// A local government.
        LocalGovernment = "local_government" / "11",
        /// Another public sector body.
        OtherPublicSector = "other_public_sector" / "15",
        /// An international non-governmental organisation.
        InternationalNgo = "international_ngo" / "21",
        /// A national non-governmental organisation, among them associations of cities.
        NationalNgo = "national_ngo" / "22",
        /// A regional non-governmental organisation.
        RegionalNgo = "regional_ngo" / "23",
        /// A public-private partnership.
        PublicPrivatePartnership = "public_private_partnership" / "30",
        /// A multilateral organisation.
        Multilateral = "multilateral" / "40",
        /// A foundation.
        Foundation = "foundation" / "60",
        /// A private sector organisation.
        PrivateSector = "private_sector" / "70",
        /// A university or another academic body.
        Academic = "academic" / "80",
        /// None of the others, or not known.
        Other = "other" / "90",
    }
}

coded! {
    /// By what means one reaches an organisation.
    pub enum ContactKind {
        /// An e-mail address.
        Email = "email" / "email",
        /// A telephone number.
        Telephone = "telephone" / "telephone",
        /// A fax number.
        Fax = "fax" / "fax",
        /// A postal address.
        Address = "address" / "address",
    }
}

/// A way to reach an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// By what means.
    pub kind: ContactKind,
    /// The address or number, as it is written.
    pub value: String,
}

/// A name that something had, in one or more languages, over a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// The name.
    pub text: Text,
    /// The acronym or short form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// When it was used; unknown bounds mean "as far as is known".
    #[serde(default)]
    pub period: Period,
}

/// All the names that something has had, the one in use now first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Names(pub Vec<Name>);

impl Names {
    /// The name in use now: the first whose period has no end, else the one that ended last.
    pub fn current(&self) -> Option<&Name> {
        let ended = |n: &&Name| n.period.to;
        self.0.iter().find(|n| n.period.to.is_none()).or_else(|| self.0.iter().max_by_key(ended))
    }

    /// The name in use on a day, else the one in use now.
    pub fn on(&self, day: NaiveDate) -> Option<&Name> {
        let dated = self.0.iter().find(|n| !n.period.is_unknown() && n.period.contains(day));
        dated.or_else(|| self.0.iter().find(|n| n.period.contains(day))).or_else(|| self.current())
    }

    /// Every spelling of every name, for search.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|n| n.text.iter().map(|(_, t)| t).chain(n.short.as_deref()))
    }

    /// The current name in a language; the empty string where there is none.
    pub fn in_lang(&self, lang: Lang) -> &str {
        self.current().map_or("", |n| n.text.in_lang(lang))
    }
}

/// An organisation: a government, a funder, a network, an association, a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// What every record has.
    pub head: Head<Self>,
    /// What sort of body it is.
    pub kind: OrganisationType,
    /// Its names, the one in use now first.
    pub names: Names,
    /// Its country, ISO 3166-1 alpha-2; none for international bodies and for the unknown.
    pub country: Option<String>,
    /// The body that it is a part of.
    pub parent: Option<Id<Organisation>>,
    /// Whether it is a network that others belong to.
    pub network: bool,
    /// When it was founded and when it ended.
    pub existence: Period,
    /// Where it has its seat.
    pub seat: Text,
    /// What it is and does.
    pub profile: Text,
    /// Its web site.
    pub website: Option<String>,
    /// Its identifier in IATI.
    pub iati_identifier: Option<String>,
    /// Whether it is an international partner of the association.
    pub partner: bool,
    /// Since when it has been a partner.
    pub partner_since: Option<PartialDate>,
    /// How to reach it.
    pub contacts: Vec<Contact>,
}

impl Record for Organisation {
    const KIND: Kind = Kind::Organisation;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default().maybe("parent", self.parent)
    }
    fn label(&self) -> Option<&Text> {
        self.names.current().map(|n| &n.text)
    }
    fn words(&self) -> Words<'_> {
        Words::default().spelt(self.names.spellings()).told(&self.profile).told(&self.seat)
    }
    fn when(&self) -> Period {
        self.existence
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        f.require(self.names.0.iter().any(|n| !n.text.is_empty()), "name", || "an organisation needs a name".into());
        f.require(self.names.0.iter().all(|n| n.period.is_ordered()), "name", || "a name ends before it starts".into());
        f.require(self.existence.is_ordered(), "existence", || "it ends before it was founded".into());
        f.require(self.parent != Some(self.head.id), "parent", || "an organisation is not a part of itself".into());
        require_country(&mut f, self.country.as_deref());
        f
    }
}

/// Notes a fault for a country that is not written as two capital letters.
pub(crate) fn require_country(f: &mut Faults, country: Option<&str>) {
    let good = country.is_none_or(|c| c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase()));
    f.require(good, "country", || "write the country as in ISO 3166-1: two capital letters, such as VN".into());
}

/// Who belongs to what: an organisation or an authority to a network, a cluster or a fund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// What every record has.
    pub head: Head<Self>,
    /// The member, if it is an organisation.
    pub organisation: Option<Id<Organisation>>,
    /// The member, if it is a local authority.
    pub authority: Option<Id<LocalAuthority>>,
    /// The network.
    pub network: Option<Id<Organisation>>,
    /// The cluster.
    pub cluster: Option<Id<Cluster>>,
    /// The fund.
    pub fund: Option<Id<Fund>>,
    /// From when to when.
    pub period: Period,
    /// What else is to be said: a role, a former name of the network.
    pub note: Text,
}

impl Record for Membership {
    const KIND: Kind = Kind::Membership;
    fn head(&self) -> &Head<Self> {
        &self.head
    }
    fn links(&self) -> Links {
        Links::default()
            .maybe("organisation", self.organisation)
            .maybe("authority", self.authority)
            .maybe("network", self.network)
            .maybe("cluster", self.cluster)
            .maybe("fund", self.fund)
    }
    fn when(&self) -> Period {
        self.period
    }
    fn places(&self) -> Vec<Id<LocalAuthority>> {
        self.authority.into_iter().collect()
    }
    fn faults(&self) -> Faults {
        let mut f = Faults::default();
        let members = usize::from(self.organisation.is_some()) + usize::from(self.authority.is_some());
        let groups = usize::from(self.network.is_some()) + usize::from(self.cluster.is_some()) + usize::from(self.fund.is_some());
        f.require(members == 1, "member", || "a membership has one member: an organisation or an authority".into());
        f.require(groups == 1, "group", || "a membership belongs to one network, cluster or fund".into());
        f.require(self.period.is_ordered(), "period", || "it ends before it starts".into());
        f
    }
}

/// What a list of shares must be: all of them given, summing to 100; or none given.
pub(crate) fn require_whole(f: &mut Faults, path: &'static str, shares: &[Option<Percentage>]) {
    let given: Vec<Percentage> = shares.iter().flatten().copied().collect();
    let whole = given.is_empty() || (given.len() == shares.len() && Percentage::sum_to_hundred(&given));
    f.require(whole, path, || {
        let sum: i64 = given.iter().map(|p| p.millionths()).sum();
        let sum = crate::Decimal::new(sum.into(), 6).unwrap_or_default().normalised();
        Rule::of(
            "{given} of {all} shares are given and sum to {sum}: give every share so that they sum to 100, or none",
            [("given", given.len().to_string()), ("all", shares.len().to_string()), ("sum", sum.to_string())],
        )
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(short: &str, from: Option<&str>, to: Option<&str>) -> Name {
        let date = |s: Option<&str>| s.map(|s| s.parse().unwrap());
        Name { text: Text::new(Lang::En, short), short: Some(short.into()), period: Period { from: date(from), to: date(to) } }
    }

    #[test]
    fn the_name_on_the_day_of_an_agreement_is_the_one_then_in_use() {
        let names = Names(vec![name("GAC", Some("2015-11"), None), name("DFATD", Some("2013-06"), Some("2015-11-03"))]);
        let on = |d: &str| names.on(d.parse().unwrap()).unwrap().short.clone().unwrap();
        assert_eq!(on("2014-02-01"), "DFATD");
        assert_eq!(on("2020-01-01"), "GAC");
        assert_eq!(on("1990-01-01"), "GAC", "a day before all known names shows the name of now");
        assert_eq!(names.in_lang(Lang::Vi), "GAC");
    }
}
