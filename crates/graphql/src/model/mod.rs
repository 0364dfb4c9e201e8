//! The records as clients see them: views written for their readers, not rows.

pub(crate) mod accounts;
mod advocacy;
mod agreements;
mod authorities;
mod delegates;
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
mod tally;
mod votes;

pub(crate) use advocacy::*;
pub(crate) use agreements::*;
pub(crate) use authorities::*;
pub(crate) use dialogues::*;
pub(crate) use documents::*;
pub(crate) use events::*;
pub(crate) use funds::*;
pub(crate) use money::*;
pub(crate) use narratives::*;
pub(crate) use parties::*;
pub(crate) use partnerships::*;
pub(crate) use practices::*;
pub(crate) use programmes::*;
pub(crate) use results::*;
pub(crate) use votes::{PaperBallotDifference, VoteTurnout, turnout as vote_turnout};

/// Declares the view of a kind.
///
/// `one` are the single records that it points at, `many` the lists that point at it, `fields` all else. Every view has an
/// id, a code, its mark as illustrative, its version, and what sources say of it.
macro_rules! view {
    (
        $(#[$doc:meta])+
        $record:ident as $name:literal {
            one { $($(#[$odoc:meta])+ $one:ident: $other:ty = $points:expr;)* }
            many { $($(#[$mdoc:meta])+ $many:ident: $child:ty => $column:literal, $filter:ty, $order:ty;)* }
            fields { $($fields:tt)* }
        }
    ) => {
        $(#[$doc])+
        #[async_graphql::Object(name = $name)]
        impl $crate::batch::View<$record> {
            /// The opaque id, the same in every database that imported the record from the same file.
            pub(crate) async fn id(&self) -> async_graphql::ID {
                use ketnoi_domain::Record as _;
                $crate::global_id::encode(<$record as ketnoi_domain::Record>::KIND, self.head().id.uuid())
            }
            /// The code that people use, unique among records of this kind.
            async fn code(&self) -> &str {
                self.head.code.as_str()
            }
            /// Whether it exists only to show a feature.
            async fn illustrative(&self) -> bool {
                self.head.illustrative
            }
            /// How often it was changed, from 1.
            async fn version(&self) -> i64 {
                self.head.version
            }
            /// What sources say of it, conflicting and superseded statements among them: by property, the current one first.
            async fn statements(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "Only on this property; the empty text asks for the sources of the record as a whole.")] property: Option<String>,
            ) -> $crate::error::Result<$crate::exec::Many<$crate::batch::View<ketnoi_domain::Statement>>> {
                $crate::model::statements_of(ctx, self, property).await
            }
            /// Figures that sources state of it and nobody can count from the registry.
            async fn stated_figures(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> $crate::error::Result<$crate::exec::Many<$crate::batch::View<ketnoi_domain::StatedFigure>>> {
                let all = |_: &str| ketnoi_domain::query::Filter::all();
                $crate::list::all_children(ctx, self, ("statedFigures", "subject_id"), (String::new(), all), "code").await
            }
            $(
                $(#[$odoc])+
                async fn $one(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                ) -> $crate::error::Result<Option<$crate::exec::One<$crate::batch::View<$other>>>> {
                    let points: fn(&$record) -> Option<ketnoi_domain::Id<$other>> = $points;
                    let found = self.one::<$other>($crate::request::data(ctx), stringify!($one), points).await?;
                    Ok(found.map($crate::exec::One))
                }
            )*
            $(
                $(#[$mdoc])+
                #[expect(clippy::too_many_arguments, reason = "they are the arguments of a connection")]
                async fn $many(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "Only those that fulfil this.")] filter: Option<Box<$filter>>,
                    #[graphql(desc = "In which order.")] order_by: Option<$order>,
                    #[graphql(desc = "The first so many, 1 to 100; 20 where neither is given.")] first: Option<i32>,
                    #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
                    #[graphql(desc = "The last so many, 1 to 100.")] last: Option<i32>,
                    #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
                ) -> $crate::error::Result<$crate::exec::One<$crate::list::Connection<$child>>> {
                    let paging = $crate::list::Paging { first, after, last, before };
                    $crate::list::children(ctx, self, (stringify!($many), $column), filter, order_by, paging).await
                }
            )*
            $($fields)*
        }
    };
}
pub(crate) use view;
