//! Objects and lists that resolve their fields one after another, in the order asked.
//!
//! The executor's own containers make a boxed future for every field of every object and write keys as they finish. Ours
//! collect the fields of a list once and await each field in turn: several times cheaper, and the same bytes on every run.
//! The price: a nested field that is not loaded for all siblings at once costs a statement per row. The test that counts
//! statements keeps that from happening.

use std::{
    borrow::Cow,
    future::{Future, poll_fn},
    hash::RandomState,
    pin::{Pin, pin},
};

use async_graphql::{
    ContainerType, ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value,
    indexmap::{IndexMap, map::Entry},
    parser::types::{Field, Selection, SelectionSet},
    registry::Registry,
};

/// A single object.
#[derive(Clone, Debug)]
pub(crate) struct One<T>(pub(crate) T);

/// A list of objects.
#[derive(Clone, Debug)]
pub(crate) struct Many<T>(pub(crate) Vec<T>);

impl<T: ContainerType> OutputType for One<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }
    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }
    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }
    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        one(ctx, &self.0).await
    }
}

impl<T: ContainerType> OutputType for Many<T> {
    fn type_name() -> Cow<'static, str> {
        <Vec<T> as OutputType>::type_name()
    }
    fn qualified_type_name() -> String {
        <Vec<T> as OutputType>::qualified_type_name()
    }
    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<T> as OutputType>::create_type_info(registry)
    }
    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        many(ctx, &self.0).await
    }
}

/// The schema leads from every type back to itself, so somewhere its futures must be boxed: here, once an object or list.
type Boxed<'f> = Pin<Box<dyn Future<Output = ServerResult<Value>> + Send + 'f>>;

/// Lets a future have as much stack as it needs. Objects nest as deep as a query, and without optimisation the frame of a
/// resolver of fifty fields alone takes hundreds of kilobytes.
async fn with_room<V>(future: impl Future<Output = V>) -> V {
    const ENOUGH: usize = 1 << 20;
    const MORE: usize = 8 << 20;
    let mut future = pin!(future);
    poll_fn(|cx| stacker::maybe_grow(ENOUGH, MORE, || future.as_mut().poll(cx))).await
}

fn one<'f, T: ContainerType>(ctx: &'f ContextSelectionSet<'_>, of: &'f T) -> Boxed<'f> {
    Box::pin(with_room(async move {
        let mut fields = Vec::with_capacity(ctx.item.node.items.len());
        collect(ctx, of, &ctx.item.node, &mut fields);
        object(ctx, of, &fields).await
    }))
}

fn many<'f, T: ContainerType>(ctx: &'f ContextSelectionSet<'_>, items: &'f [T]) -> Boxed<'f> {
    Box::pin(with_room(async move {
        let mut all = Vec::with_capacity(items.len());
        let mut fields = Vec::with_capacity(ctx.item.node.items.len());
        let mut of = None;
        for (i, item) in items.iter().enumerate() {
            // The fields are the same for all items of one type; a list of an interface may change type.
            let name = item.introspection_type_name();
            if of.as_ref() != Some(&name) {
                fields.clear();
                collect(ctx, item, &ctx.item.node, &mut fields);
                of = Some(name);
            }
            let at = ctx.with_index(i);
            all.push(object(&at, item, &fields).await?);
        }
        Ok(Value::List(all))
    }))
}

/// The fields of a selection that apply to an object, fragments opened.
fn collect<'a, T: ContainerType>(
    ctx: &ContextSelectionSet<'a>,
    of: &T,
    set: &'a SelectionSet,
    out: &mut Vec<&'a Positioned<Field>>,
) {
    for selection in &set.items {
        let (condition, inner) = match &selection.node {
            Selection::Field(field) => {
                out.push(field);
                continue;
            }
            Selection::InlineFragment(f) => (f.node.type_condition.as_ref(), &f.node.selection_set.node),
            Selection::FragmentSpread(f) => {
                // Validation has seen to it that the fragment exists.
                let Some(fragment) = ctx.query_env.fragments.get(&f.node.fragment_name.node) else { continue };
                (Some(&fragment.node.type_condition), &fragment.node.selection_set.node)
            }
        };
        let name = of.introspection_type_name();
        let applies = condition.is_none_or(|c| {
            let wanted = c.node.on.node.as_str();
            wanted == name
                || wanted == T::type_name()
                || ctx.schema_env.registry.implements.get(&*name).is_some_and(|i| i.contains(wanted))
        });
        if applies {
            collect(ctx, of, inner, out);
        }
    }
}

async fn object<T: ContainerType>(ctx: &ContextSelectionSet<'_>, of: &T, fields: &[&Positioned<Field>]) -> ServerResult<Value> {
    let mut map: IndexMap<Name, Value, RandomState> = IndexMap::with_capacity(fields.len());
    for field in fields {
        let at = ctx.with_field(field);
        let value = if field.node.name.node == "__typename" {
            Value::String(of.introspection_type_name().into_owned())
        } else {
            match of.resolve_field(&at).await {
                Ok(value) => value.unwrap_or_default(),
                Err(mut error) => {
                    if error.path.is_empty() {
                        error = at.set_error_path(error);
                    }
                    if !nullable(ctx, &of.introspection_type_name(), field) {
                        // A field that cannot be null takes its object with it, as the specification says.
                        return Err(error);
                    }
                    ctx.add_error(error);
                    Value::Null
                }
            }
        };
        match map.entry(field.node.response_key().node.clone()) {
            Entry::Vacant(entry) => _ = entry.insert(value),
            Entry::Occupied(mut entry) => merge(entry.get_mut(), value),
        }
    }
    Ok(Value::Object(map))
}

fn nullable(ctx: &ContextSelectionSet<'_>, of: &str, field: &Positioned<Field>) -> bool {
    let declared = ctx.schema_env.registry.types.get(of).and_then(|t| t.field_by_name(field.node.name.node.as_str()));
    declared.is_some_and(|f| !f.ty.ends_with('!'))
}

/// Joins the answers to one key that was asked for twice.
fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                match into.entry(key) {
                    Entry::Vacant(entry) => _ = entry.insert(value),
                    Entry::Occupied(mut entry) => merge(entry.get_mut(), value),
                }
            }
        }
        (Value::List(into), Value::List(from)) => into.iter_mut().zip(from).for_each(|(a, b)| merge(a, b)),
        _ => {}
    }
}
