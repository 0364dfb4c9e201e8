//! What the gateway has to know of the schema: for each field, what it returns and how many of it.
//!
//! It is read once from the schema's own SDL, so it cannot differ from what is served.

use std::collections::HashMap;

use async_graphql::Value;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, OperationType, Type, TypeDefinition, TypeKind, TypeSystemDefinition,
};
use async_graphql::parser::{Error, parse_schema};

/// The fields of each object and interface type.
#[derive(Debug)]
pub(super) struct Model {
    types: HashMap<String, Fields>,
    roots: HashMap<&'static str, String>,
}

pub(super) type Fields = HashMap<String, FieldModel>;

/// What one field returns.
#[derive(Debug)]
pub(super) struct FieldModel {
    /// The name of the type, without list and non-null.
    pub of: String,
    /// Whether null is a value of the field.
    pub nullable: bool,
    /// Whether the type has fields of its own.
    pub composite: bool,
    pub many: Many,
}

/// How many things a field returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Many {
    One,
    /// As many as its argument `first` or `last` says; with neither, this many.
    Page(u64),
    /// As many as its argument `ids` has members.
    Ids,
    /// A list of unknown length.
    List,
}

/// The page size of connections whose schema states no default.
const DEFAULT_PAGE: u64 = 20;

impl Model {
    pub(super) fn read(sdl: &str) -> Result<Self, Error> {
        let mut roots = HashMap::new();
        let mut definitions = Vec::new();
        for definition in parse_schema(sdl)?.definitions {
            match definition {
                TypeSystemDefinition::Type(definition) => definitions.push(definition.node),
                TypeSystemDefinition::Schema(schema) => {
                    let named = [
                        ("query", schema.node.query),
                        ("mutation", schema.node.mutation),
                        ("subscription", schema.node.subscription),
                    ];
                    roots.extend(named.into_iter().filter_map(|(kind, name)| Some((kind, name?.node.to_string()))));
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        let composite = |name: &str| definitions.iter().any(|d| d.name.node == name && is_composite(d));
        let types = definitions.iter().filter_map(|d| {
            let fields = match &d.kind {
                TypeKind::Object(object) => &object.fields,
                TypeKind::Interface(interface) => &interface.fields,
                _ => return None,
            };
            let fields = fields.iter().map(|f| (f.node.name.node.to_string(), FieldModel::read(&f.node, &composite)));
            Some((d.name.node.to_string(), fields.collect()))
        });
        Ok(Self { types: types.collect(), roots })
    }

    /// The fields of a type; `None` for unions, and for types that do not exist.
    pub(super) fn fields(&self, of: &str) -> Option<&Fields> {
        self.types.get(of)
    }

    /// The name of the type at the root of an operation.
    pub(super) fn root(&self, kind: OperationType) -> &str {
        let (kind, usual) = match kind {
            OperationType::Query => ("query", "Query"),
            OperationType::Mutation => ("mutation", "Mutation"),
            OperationType::Subscription => ("subscription", "Subscription"),
        };
        self.roots.get(kind).map_or(usual, String::as_str)
    }
}

impl FieldModel {
    fn read(field: &FieldDefinition, composite: &impl Fn(&str) -> bool) -> Self {
        let (of, list) = named(&field.ty.node);
        let argument = |name: &str| field.arguments.iter().find(|argument| argument.node.name.node == name);
        let many = if let Some(size) = argument("first").or(argument("last")) {
            let default = match size.node.default_value.as_ref().map(|value| &value.node) {
                Some(Value::Number(number)) => number.as_u64(),
                _ => None,
            };
            Many::Page(default.unwrap_or(DEFAULT_PAGE))
        } else if of.ends_with("Connection") {
            Many::Page(DEFAULT_PAGE)
        } else if list && argument("ids").is_some() {
            Many::Ids
        } else if list {
            Many::List
        } else {
            Many::One
        };
        Self { composite: composite(of), nullable: field.ty.node.nullable, many, of: of.to_owned() }
    }
}

fn is_composite(definition: &TypeDefinition) -> bool {
    matches!(definition.kind, TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_))
}

/// The name inside a type, and whether there is a list around it.
fn named(ty: &Type) -> (&str, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.as_str(), false),
        BaseType::List(inner) => (named(inner).0, true),
    }
}
