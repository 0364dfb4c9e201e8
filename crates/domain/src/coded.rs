//! Closed lists: each value has a name (ours, snake case) and a code (IATI's where IATI has the list).

/// A closed list of values, known by name in files and in GraphQL and by code in the database and in IATI.
pub trait Coded: Copy + Eq + Ord + Send + Sync + 'static {
    /// The list's own name, as GraphQL shows it.
    const NAME: &'static str;
    /// What the list is, in one sentence.
    const DOC: &'static str;
    /// Every value, in the list's order.
    const ALL: &'static [Self];
    /// The value's name in snake case.
    fn name(self) -> &'static str;
    /// The value's code: IATI's where IATI has one, else the name.
    fn code(self) -> &'static str;
    /// What the value means.
    fn doc(self) -> &'static str;
    /// The value of this name.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.name() == name)
    }
    /// The value of this code.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// Finds a value by a name that is read, without a copy of it: rows hold many. What is wrong with a name is said by whoever
/// reads it, who knows where it stands.
pub(crate) struct ByName<T>(pub(crate) std::marker::PhantomData<T>);

impl<T: Coded> serde::de::Visitor<'_> for ByName<T> {
    type Value = Result<T, String>;
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }
    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(T::from_name(name).ok_or_else(|| {
            let known = T::ALL.iter().map(|v| v.name()).collect::<Vec<_>>().join(", ");
            format!("`{name}` is no {}; write one of: {known}", T::NAME)
        }))
    }
}

/// Declares a closed list: `Variant = "name" / "code"`, the documentation of each variant being shown to clients.
macro_rules! coded {
    ($(#[doc = $doc:literal])+ pub enum $name:ident { $($(#[doc = $vdoc:literal])+ $variant:ident = $vname:literal / $code:literal),+ $(,)? }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $vdoc])+ $variant),+ }
        impl $crate::Coded for $name {
            const NAME: &'static str = stringify!($name);
            const DOC: &'static str = concat!($($doc),+).trim_ascii();
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn name(self) -> &'static str { match self { $(Self::$variant => $vname),+ } }
            fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            fn doc(self) -> &'static str { match self { $(Self::$variant => concat!($($vdoc),+).trim_ascii()),+ } }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_str($crate::Coded::name(*self)) }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                d.deserialize_str($crate::coded::ByName::<Self>(std::marker::PhantomData))?.map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use coded;
