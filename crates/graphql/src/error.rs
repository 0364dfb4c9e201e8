//! Errors of resolvers as the gateway expects them: with a code where the client can mend them, without where not.

pub(crate) use async_graphql::Error;
use async_graphql::ErrorExtensions as _;

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// The caller wrote something that cannot be answered.
pub(crate) fn bad_input(message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, e| e.set("code", "BAD_USER_INPUT"))
}

/// A fault of the registry. What the caller may know of it carries a code; the rest is logged and blanked by the gateway.
pub(crate) fn from_registry(error: ketnoi_registry::Error) -> Error {
    match error {
        ketnoi_registry::Error::Forbidden(message) => Error::new(message).extend_with(|_, e| e.set("code", "FORBIDDEN")),
        ketnoi_registry::Error::NotFound { .. } => Error::new(error.to_string()).extend_with(|_, e| e.set("code", "NOT_FOUND")),
        ketnoi_registry::Error::CursorExpired => {
            Error::new(error.to_string()).extend_with(|_, e| e.set("code", "CURSOR_EXPIRED"))
        }
        ketnoi_registry::Error::BadCursor => bad_input(error.to_string()),
        ketnoi_registry::Error::Money(e) => bad_input(e.to_string()),
        ketnoi_registry::Error::Database(_) | ketnoi_registry::Error::Secret(_) | ketnoi_registry::Error::Outcome(_) => {
            Error::new(error.to_string())
        }
    }
}
