//! Cookies: what they are called, how they are written, how they are read.

use actix_web::http::header::{self, HeaderMap, HeaderValue};

/// How cookies are written: over https they are bound to this very host and never leave it unencrypted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cookies {
    https: bool,
}

/// What cookies are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jar {
    /// Whose session it is.
    Session,
    /// That a form came from a page of ours, before anyone has signed in.
    Form,
    /// What a sign-in elsewhere must bring back.
    Elsewhere,
}

impl Cookies {
    pub(crate) fn new(https: bool) -> Self {
        Self { https }
    }

    fn name(self, jar: Jar) -> &'static str {
        match (self.https, jar) {
            (true, Jar::Session) => "__Host-ketnoi",
            (true, Jar::Form) => "__Host-ketnoi-form",
            (true, Jar::Elsewhere) => "__Host-ketnoi-oidc",
            (false, Jar::Session) => "ketnoi",
            (false, Jar::Form) => "ketnoi-form",
            (false, Jar::Elsewhere) => "ketnoi-oidc",
        }
    }

    /// A cookie that lasts as long as the browser runs, or so many seconds. Scripts cannot read it, and other sites send it
    /// only with someone who follows a link here.
    pub(super) fn set(self, jar: Jar, value: &str, seconds: Option<u32>) -> Option<HeaderValue> {
        let secure = if self.https { "; Secure" } else { "" };
        let age = seconds.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
        let name = self.name(jar);
        HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).ok()
    }

    /// Takes a cookie away.
    pub(super) fn clear(self, jar: Jar) -> Option<HeaderValue> {
        self.set(jar, "", Some(0))
    }

    /// Whether an answer sets or clears the session already.
    pub(super) fn sets_session(self, headers: &HeaderMap) -> bool {
        let name = self.name(Jar::Session);
        let ours = |value: &HeaderValue| value.to_str().is_ok_and(|v| v.split('=').next() == Some(name));
        headers.get_all(header::SET_COOKIE).any(ours)
    }

    /// The value of a cookie. Two of one name are none: one of them is not ours.
    pub(super) fn read(self, headers: &HeaderMap, jar: Jar) -> Option<String> {
        let name = self.name(jar);
        let values = headers.get_all(header::COOKIE).filter_map(|value| value.to_str().ok());
        let pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let mut ours = pairs.filter(|(known, _)| *known == name).map(|(_, value)| value);
        let value = ours.next()?;
        (ours.next().is_none() && !value.is_empty()).then(|| value.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(https: bool, cookies: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static(cookies));
        Cookies::new(https).read(&headers, Jar::Session)
    }

    #[test]
    fn a_cookie_is_read_by_its_whole_name_and_once() {
        assert_eq!(read(false, "a=b; ketnoi=token; ketnoi-form=f").as_deref(), Some("token"));
        assert_eq!(read(true, "__Host-ketnoi=token").as_deref(), Some("token"));
        assert_eq!(read(true, "ketnoi=token"), None);
        assert_eq!(read(false, "ketnoi=one; ketnoi=two"), None);
        assert_eq!(read(false, "ketnoi="), None);
    }

    #[test]
    fn a_cookie_is_kept_from_scripts_and_from_other_sites() {
        let plain = Cookies::new(false).set(Jar::Session, "t", None).unwrap();
        assert_eq!(plain, "ketnoi=t; Path=/; HttpOnly; SameSite=Lax");
        let secure = Cookies::new(true).set(Jar::Form, "t", Some(60)).unwrap();
        assert_eq!(secure, "__Host-ketnoi-form=t; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60");
        assert_eq!(Cookies::new(false).set(Jar::Session, "line\nbreak", None), None);
    }
}
