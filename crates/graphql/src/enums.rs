//! The closed lists of the domain as GraphQL enums, made from the lists themselves: names and descriptions are theirs.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, Name, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{Deprecation, MetaEnumValue, MetaType, MetaTypeId, Registry},
};
use ketnoi_domain::Coded;

/// A value of a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct E<T>(pub(crate) T);

fn shown(value: impl Coded) -> String {
    value.name().to_ascii_uppercase()
}

fn meta<T: Coded>() -> MetaType {
    let value = |v: &T| {
        let meta = MetaEnumValue {
            name: shown(*v),
            description: Some(v.doc().to_owned()),
            deprecation: Deprecation::NoDeprecated,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            directive_invocations: Vec::new(),
        };
        (shown(*v), meta)
    };
    MetaType::Enum {
        name: name_of::<T>().into_owned(),
        description: Some(T::DOC.to_owned()),
        enum_values: T::ALL.iter().map(value).collect::<IndexMap<_, _>>(),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(std::any::type_name::<E<T>>()),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

/// The list's own name, but for those that say too little beside all the others.
fn name_of<T: Coded>() -> Cow<'static, str> {
    match T::NAME {
        "Dimension" if T::ALL.iter().any(|v| v.name() == "sex") => "BreakdownDimension".into(),
        "Dimension" => "PortfolioDimension".into(),
        "Role" if T::ALL.iter().any(|v| v.name() == "administrator") => "AccountRole".into(),
        "Role" => "OrganisationRole".into(),
        name => name.into(),
    }
}

impl<T: Coded> OutputType for E<T> {
    fn type_name() -> Cow<'static, str> {
        name_of::<T>()
    }
    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Enum, |_| meta::<T>())
    }
    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        // An answer writes it as a string, and a name would be one more copy.
        Ok(Value::String(shown(self.0)))
    }
}

impl<T: Coded> InputType for E<T> {
    type RawValueType = Self;
    fn type_name() -> Cow<'static, str> {
        name_of::<T>()
    }
    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::Enum, |_| meta::<T>())
    }
    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let text = match value {
            Some(Value::Enum(name)) => name.to_string(),
            Some(Value::String(text)) => text,
            other => return Err(InputValueError::expected_type(other.unwrap_or_default())),
        };
        let found = T::ALL.iter().copied().find(|v| shown(*v) == text);
        found.map(E).ok_or_else(|| {
            let all = T::ALL.iter().map(|v| shown(*v)).collect::<Vec<_>>().join(", ");
            InputValueError::custom(format!("`{text}` is none of {all}"))
        })
    }
    fn to_value(&self) -> Value {
        Value::Enum(Name::new(shown(self.0)))
    }
    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}
