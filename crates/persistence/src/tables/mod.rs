//! The tables of the registry: for each kind its row, the conversion both ways, and what it is filtered and ordered by.

mod dialogues;
mod documents;
mod events;
mod funds;
mod money;
mod narratives;
mod parties;
mod partnerships;
mod practices;
mod programmes;
mod results;

pub(crate) use parties::succession;
pub use parties::successions;
pub(crate) use partnerships::partnership_sector;
pub use programmes::relating_to;
pub(crate) use programmes::{programme_classification, programme_place};

/// Declares the row of a kind of record as sea-orm's entity, with the columns that every record has around its own. Columns
/// by which it is only `found` are written and not read: no record is made of them.
macro_rules! table {
    ($module:ident $table:literal { $($field:ident: $ty:ty),* $(,)? } $(found { $($found:ident: $found_ty:ty),+ $(,)? })?) => {
        #[expect(unreachable_pub, reason = "sea-orm's derive makes public items of what it is given")]
        pub(crate) mod $module {
            use sea_orm::entity::prelude::*;
            #[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub id: Uuid,
                pub code: String,
                pub visibility: i64,
                pub effective: i64,
                pub illustrative: bool,
                pub version: i64,
                $(pub $field: $ty,)*
                $($(pub $found: $found_ty,)+)?
                pub sort_key: Vec<u8>,
                pub search: String,
            }
            #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}
            impl ActiveModelBehavior for ActiveModel {}

            /// What a record is made of, as the row lends it.
            pub(crate) struct Cells<'r> {
                id: Uuid,
                code: &'r str,
                visibility: i64,
                effective: i64,
                illustrative: bool,
                version: i64,
                $(pub(crate) $field: <$ty as $crate::row::Lend>::Lent<'r>,)*
            }

            impl Cells<'_> {
                /// The columns that every record has, as the domain knows them.
                pub(crate) fn head<T: ketnoi_domain::Record>(&self) -> $crate::codec::Decoded<ketnoi_domain::Head<T>> {
                    $crate::codec::head(self.id, self.code, (self.visibility, self.effective), self.illustrative, self.version)
                }
            }

            impl $crate::stored::RowHead for Model {
                const TABLE: &'static str = $table;
                const WIDTH: usize = 6 + [$(stringify!($field)),*].len();
                type Cells<'r> = Cells<'r>;
                fn read<'r>(row: &$crate::row::Row<'r>) -> Result<Cells<'r>, $crate::Error> {
                    // Columns come in the order of the fields, which is the order that these lines run in.
                    let mut column = 0..;
                    let mut next = || column.next().unwrap_or_default();
                    Ok(Cells {
                        id: row.get(next())?,
                        code: row.get(next())?,
                        visibility: row.get(next())?,
                        effective: row.get(next())?,
                        illustrative: row.get(next())?,
                        version: row.get(next())?,
                        $($field: row.get(next())?,)*
                    })
                }
                fn cells(&self) -> Cells<'_> {
                    Cells {
                        id: self.id,
                        code: &self.code,
                        visibility: self.visibility,
                        effective: self.effective,
                        illustrative: self.illustrative,
                        version: self.version,
                        $($field: $crate::row::Lend::lend(&self.$field),)*
                    }
                }
                fn id(&self) -> Uuid { self.id }
                fn code(&self) -> &str { &self.code }
                fn content(&self) -> Self { Self { version: 0, ..self.clone() } }
                fn set_version(&mut self, version: i64) { self.version = version; }
                fn effective(&self) -> i64 {
                    self.effective
                }
                fn set_effective(&mut self, level: i64) { self.effective = level; }
                fn version(&self) -> i64 { self.version }
                fn sort_key(&self) -> &[u8] { &self.sort_key }
            }

            impl Model {
                /// The columns that every record has, the others empty.
                pub(crate) fn headed<T: ketnoi_domain::Record>(record: &T) -> Self {
                    let (head, words) = (record.head(), record.words());
                    Self {
                        id: head.id.uuid(),
                        visibility: $crate::codec::level(head.visibility),
                        effective: $crate::codec::level(head.effective),
                        illustrative: head.illustrative,
                        version: head.version,
                        sort_key: $crate::codec::sort_key_of(record),
                        search: $crate::stored::search_text(std::iter::once(head.code.as_str()).chain(words.names).chain(words.texts)),
                        code: head.code.to_string(),
                        ..Self::default()
                    }
                }
            }
        }
    };
}
pub(crate) use table;

/// Says what a kind is filtered and ordered by. Every kind has its code, its illustrative mark and its search text.
macro_rules! stored {
    ($record:ident in $module:ident { $($name:literal: $field:expr),* $(,)? } by [$($sort:expr),* $(,)?]) => {
        impl $crate::Stored for $record {
            const TABLE: &'static str = <$module::Model as $crate::stored::RowHead>::TABLE;
            const FIELDS: &'static [(&'static str, $crate::Field)] = &[
                ("code", $crate::Field::Column("code")),
                ("illustrative", $crate::Field::Column("illustrative")),
                ("search", $crate::Field::Search),
                $(($name, $field),)*
            ];
            const SORTS: &'static [$crate::Sort] = &[$($sort,)* $crate::Sort::CODE];
        }
    };
}
pub(crate) use stored;

/// Calls a macro with every kind of record, for what is done to all of them.
macro_rules! every_kind {
    ($do:ident) => {
        $do!(
            Organisation,
            LocalAuthority,
            Cluster,
            Membership,
            Programme,
            Participation,
            Agreement,
            BudgetLine,
            Transaction,
            ExchangeRate,
            InKindContribution,
            Outcome,
            Indicator,
            IndicatorPeriod,
            Fund,
            Community,
            SavingsGroup,
            SmallGrant,
            HousingProject,
            Document,
            Risk,
            Narrative,
            StatedFigure,
            Statement,
            EventSeries,
            Event,
            EventSession,
            Delegation,
            ParticipantCount,
            EventOutcome,
            GoodPractice,
            Replication,
            Recommendation,
            RoadMap,
            RoadMapStep,
            AdvocacyAction,
            Dialogue,
            DialogueOption,
            DialogueCluster,
            Ballot,
            Partnership,
            PartnershipParty,
            CooperationAgreement,
            NewsItem,
            Person,
            PublicRole
        )
    };
}
pub(crate) use every_kind;
