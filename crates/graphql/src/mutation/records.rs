//! Making and changing records of every kind but ballots, which are cast; archiving, restoring, and what is written many at
//! once.
//!
//! **To add a field to a kind:** a line in the table of its kind, named as in its view: `title: Needed Vec<TextInput>;` for
//! what is always known, `Maybe` for what may be unknown. Both inputs and the way into the domain are made of it. A new type of
//! value is an object in `input/objects.rs` and an `Input` of it. **To add a kind:** a table in the file of its part of the
//! field, and a line in `writable` of the registry. Then `make schema`.

mod advocacy;
mod archive;
mod authorities;
mod bulk;
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

use async_graphql::{Context, ID, MaybeUndefined, MergedObject};
use futures_util::future::BoxFuture;
use ketnoi_domain::{Document, Head, Id, Record};
use ketnoi_registry::{Followed, NewHead, Reading, Reference, Saved, Stored, Writable, WriteError, each};

use super::{
    input::{Input, SuccessionInput},
    payload::{UserError, settle},
};
use crate::{
    batch::{Batch, View},
    error::{Result, from_registry},
    exec::{Many, One},
    request::{author, registry, session},
};

/// The records, as far as they are changed.
#[derive(MergedObject, Debug, Default)]
#[graphql(name = "RecordMutations")]
pub(crate) struct Records(
    parties::PartyMutations,
    authorities::AuthorityMutations,
    programmes::ProgrammeMutations,
    money::MoneyMutations,
    results::ResultMutations,
    funds::FundMutations,
    documents::DocumentMutations,
    narratives::NarrativeMutations,
    events::EventMutations,
    practices::PracticeMutations,
    advocacy::AdvocacyMutations,
    dialogues::DialogueMutations,
    partnerships::PartnershipMutations,
    archive::ArchiveMutations,
    bulk::BulkMutations,
);

/// An input of which a record is made.
trait Creates: Send + Sync + 'static {
    type Of: Writable;
    /// What the record has in common with all others.
    fn head(&self) -> NewHead;
    /// The record. It may be asked twice, so it only reads.
    fn build(&self, reading: &mut Reading, head: Head<Self::Of>) -> Self::Of;
}

/// An input by which a record is changed.
trait Updates: Send + Sync + 'static {
    type Of: Writable;
    /// Which record.
    fn which(&self) -> Reference;
    /// The version that the client has read.
    fn expected(&self) -> i64;
    /// Changes the record. It may be asked twice, so it only reads.
    fn edit(&self, reading: &mut Reading, record: &mut Self::Of);
}

/// A record as it is now, and what the caller can mend.
type Written<T> = (Option<One<View<T>>>, Many<UserError>);

/// Makes a record. Boxed, as [`updated`] is: the root has room for the largest of its fields.
fn created<'c, I: Creates>(ctx: &'c Context<'_>, input: Box<I>) -> BoxFuture<'c, Result<Written<I::Of>>> {
    Box::pin(async move {
        let build = |reading: &mut Reading, head: Head<I::Of>| input.build(reading, head);
        let saved = registry(ctx).create::<I::Of>(&author(ctx), &input.head(), build).await;
        written(ctx, saved).await
    })
}

/// Changes a record.
fn updated<'c, I: Updates>(ctx: &'c Context<'_>, input: Box<I>) -> BoxFuture<'c, Result<Written<I::Of>>> {
    Box::pin(async move {
        let edit = |reading: &mut Reading, record: &mut I::Of| input.edit(reading, record);
        let saved = registry(ctx).update::<I::Of>(&author(ctx), &input.which(), Some(input.expected()), edit).await;
        written(ctx, saved).await
    })
}

async fn written<T: Stored>(ctx: &Context<'_>, saved: std::result::Result<Saved, WriteError>) -> Result<Written<T>> {
    let (saved, errors) = settle(saved)?;
    let ids: Vec<_> = saved.iter().map(|saved| saved.id).collect();
    Ok((shown::<T>(ctx, &ids).await?.pop().map(One), Many(errors)))
}

/// The records as the caller may see them.
async fn shown<T: Stored>(ctx: &Context<'_>, ids: &[uuid::Uuid]) -> Result<Vec<View<T>>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let batch = Batch::new(session(ctx).by_ids::<T>(ids).await.map_err(from_registry)?);
    Ok(View::all(&batch, 0..batch.len()))
}

/// Changes what several fields of an input make up together, or what is no part of the record.
fn changed<T, X>(
    given: &MaybeUndefined<Vec<X>>,
    record: &mut T,
    reading: &mut Reading,
    set: impl Fn(&mut T, Option<&[X]>, &mut Reading),
) {
    match given {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => set(record, None, reading),
        MaybeUndefined::Value(given) => set(record, Some(given), reading),
    }
}

/// Notes the documents that stand behind a record as a whole.
fn sources<T>(_: &mut T, given: Option<&[ID]>, reading: &mut Reading) {
    let mut documents: Vec<Id<Document>> = each(given.unwrap_or_default(), reading, Input::read);
    documents.sort_unstable();
    documents.dedup();
    reading.asked().sources = documents;
}

/// Notes what a body succeeded.
fn followed<T: Record>(given: Option<&[SuccessionInput]>, reading: &mut Reading) {
    let all: Vec<Followed> = each(given.unwrap_or_default(), reading, SuccessionInput::follow::<T>);
    reading.asked().successor_of = Some(all);
}

/// Reads a field of an input of which a record is made.
macro_rules! made {
    (Needed, $given:expr, $reading:ident) => {
        $crate::mutation::input::Input::read($given, $reading)
    };
    (Maybe, $given:expr, $reading:ident) => {
        $crate::mutation::input::Optional::read_some($given.as_ref(), $reading)
    };
}

/// Changes a field by an input.
macro_rules! edited {
    (Needed, $($given:tt)*) => {
        $crate::mutation::input::needed($($given)*)
    };
    (Maybe, $($given:tt)*) => {
        $crate::mutation::input::maybe($($given)*)
    };
}

/// Declares how the kinds of a part of the field are made and changed: for each its two inputs, its payload, and the way from
/// the inputs into the domain.
///
/// `fixed` are the fields that a record is made with and keeps, `fields` all others of its own. `through` are lists that make
/// up a field together with others or are kept beside the record, `once` those that are only given when it is made, each with
/// the function that sets them; `start` says what the fields hold that no input names.
macro_rules! writable {
    ($root:ident {
        $(
            $record:ident as $single:ident $payload:tt {
                $(#[$create_doc:meta])+
                $create:ident $create_input:tt,
                $(#[$update_doc:meta])+
                $update:ident $update_input:tt;
                fixed { $($(#[$fixed_doc:meta])+ $fixed:ident: $fixed_ty:ty;)* }
                fields { $($(#[$doc:meta])+ $field:ident: $how:ident $ty:ty;)* }
                $(through { $($(#[$through_doc:meta])+ $through:ident: $through_ty:ty = $through_set:path;)+ })?
                $(once { $($(#[$once_doc:meta])+ $once:ident: $once_ty:ty = $once_set:path;)+ })?
                $(start { $($start:ident: $begin:expr),+ })?
            }
        )+
    }) => {
        $(
            mod $single {
                use super::*;

                $(#[$create_doc])+
                #[derive(async_graphql::InputObject, Debug)]
                #[graphql(name = $create_input)]
                pub(super) struct Create {
                    /// Its code, unique among records of this kind. What stands by itself needs one. A part gets one where
                    /// none is given; else write the whole, or only what comes after the code of what it belongs to.
                    code: Option<String>,
                    /// Who may see it. Where nothing is said, its editors alone, or of a part those who see what it belongs to.
                    visibility: Option<$crate::enums::E<ketnoi_domain::Visibility>>,
                    /// Whether it exists only to show a feature.
                    illustrative: Option<bool>,
                    $($(#[$fixed_doc])+ $fixed: $fixed_ty,)*
                    $($(#[$doc])+ $field: $crate::mutation::input::$how<$ty>,)*
                    $($($(#[$through_doc])+ $through: Option<Vec<$through_ty>>,)+)?
                    $($($(#[$once_doc])+ $once: Option<Vec<$once_ty>>,)+)?
                }

                impl Create {
                    fn besides(&self, _record: &mut $record, _reading: &mut ketnoi_registry::Reading) {
                        $($(if self.$through.is_some() {
                            _reading.at(stringify!($through), |r| $through_set(_record, self.$through.as_deref(), r));
                        })+)?
                        $($(if self.$once.is_some() {
                            _reading.at(stringify!($once), |r| $once_set(_record, self.$once.as_deref(), r));
                        })+)?
                    }
                }

                impl $crate::mutation::records::Creates for Create {
                    type Of = $record;
                    fn head(&self) -> ketnoi_registry::NewHead {
                        ketnoi_registry::NewHead {
                            code: self.code.clone(),
                            visibility: self.visibility.map(|v| v.0),
                            illustrative: self.illustrative.unwrap_or_default(),
                        }
                    }
                    fn build(&self, reading: &mut ketnoi_registry::Reading, head: ketnoi_domain::Head<$record>) -> $record {
                        let mut record = $record {
                            head,
                            $($fixed: reading.at(stringify!($fixed), |r| {
                                $crate::mutation::input::Input::read(&self.$fixed, r)
                            }),)*
                            $($field: reading.at(stringify!($field), |r| {
                                $crate::mutation::records::made!($how, &self.$field, r)
                            }),)*
                            $($($start: $begin,)+)?
                        };
                        self.besides(&mut record, reading);
                        record
                    }
                }

                $(#[$update_doc])+
                #[derive(async_graphql::InputObject, Debug)]
                #[graphql(name = $update_input)]
                pub(super) struct Update {
                    /// Which: its id or its code.
                    id: async_graphql::ID,
                    /// The version that was read. If the record has another by now, nothing is changed.
                    expected_version: i64,
                    /// Who may see it.
                    visibility: async_graphql::MaybeUndefined<$crate::enums::E<ketnoi_domain::Visibility>>,
                    /// Whether it exists only to show a feature.
                    illustrative: async_graphql::MaybeUndefined<bool>,
                    $($(#[$doc])+ $field: async_graphql::MaybeUndefined<$ty>,)*
                    $($($(#[$through_doc])+ $through: async_graphql::MaybeUndefined<Vec<$through_ty>>,)+)?
                }

                impl $crate::mutation::records::Updates for Update {
                    type Of = $record;
                    fn which(&self) -> ketnoi_registry::Reference {
                        $crate::mutation::input::reference(&self.id)
                    }
                    fn expected(&self) -> i64 {
                        self.expected_version
                    }
                    fn edit(&self, reading: &mut ketnoi_registry::Reading, record: &mut $record) {
                        use $crate::mutation::input::needed;
                        reading.at("visibility", |r| needed(&self.visibility, &mut record.head.visibility, r));
                        reading.at("illustrative", |r| needed(&self.illustrative, &mut record.head.illustrative, r));
                        $(reading.at(stringify!($field), |r| {
                            $crate::mutation::records::edited!($how, &self.$field, &mut record.$field, r);
                        });)*
                        $($(reading.at(stringify!($through), |r| {
                            $crate::mutation::records::changed(&self.$through, record, r, $through_set);
                        });)+)?
                    }
                }

                /// What came of it.
                #[derive(async_graphql::SimpleObject)]
                #[graphql(name = $payload)]
                pub(super) struct Payload {
                    /// The record as it is now; null where something was wrong, or where the caller may not see it.
                    pub(super) $single: Option<$crate::exec::One<$crate::batch::View<$record>>>,
                    /// What was wrong, all of it; none where all went well.
                    pub(super) errors: $crate::exec::Many<$crate::mutation::payload::UserError>,
                }
            }
        )+

        #[derive(Debug, Default)]
        pub(crate) struct $root;

        #[async_graphql::Object]
        impl $root {
            $(
                $(#[$create_doc])+
                async fn $create(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "What it holds.")] input: Box<$single::Create>,
                ) -> $crate::error::Result<$crate::exec::One<$single::Payload>> {
                    let ($single, errors) = $crate::mutation::records::created(ctx, input).await?;
                    Ok($crate::exec::One($single::Payload { $single, errors }))
                }
                $(#[$update_doc])+
                async fn $update(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "What is changed: a field that is left out stays as it is, null makes it unknown.")]
                    input: Box<$single::Update>,
                ) -> $crate::error::Result<$crate::exec::One<$single::Payload>> {
                    let ($single, errors) = $crate::mutation::records::updated(ctx, input).await?;
                    Ok($crate::exec::One($single::Payload { $single, errors }))
                }
            )+
        }
    };
}
use {edited, made, writable};
