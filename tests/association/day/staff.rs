//! Who works on that day: the accounts that the administrator makes, and the keys by which they come.

use ketnoi_domain::Viewer;
use ketnoi_test_support::TestDb;
use serde_json::{Value, json};

use super::{Desk, refusal, text};
use crate::association::people::in_person;

/// Everyone, at their desks.
pub(super) struct Staff {
    /// Signed in: no key administers.
    pub(super) administrator: Desk,
    /// An officer.
    pub(super) lan: Desk,
    /// Another officer.
    pub(super) minh: Desk,
    /// The focal point of a city, which was a town when the programme began.
    pub(super) vinh: Desk,
    /// The focal point of another city of the programme.
    pub(super) hue: Desk,
    /// The focal point of a city that has no part in it.
    pub(super) dalat: Desk,
    /// The funder, which was called otherwise when the programme began.
    pub(super) funder: Desk,
    /// A partner that takes part.
    pub(super) host: Desk,
    /// A partner that does not.
    pub(super) outsider: Desk,
    pub(super) stranger: Desk,
}

/// Makes an account and a key for it; gives who comes with that.
async fn hired(db: &TestDb, by: &Desk, account: Value, scopes: &[&str]) -> Viewer {
    let made = by.does("createAccount", "account { name hasPassword }", account).await;
    assert_eq!(made["account"]["hasPassword"], false);
    let key = json!({ "account": made["account"]["name"], "label": "the desk", "scopes": scopes });
    let token = text(&by.does("issueApiKey", "token", key).await["token"]);
    db.registry().by_key(&token).await.unwrap().expect("the key is good")
}

impl Staff {
    /// The operator at the machine makes the first administrator, who makes all others.
    pub(super) async fn set_up(db: &TestDb) -> Self {
        let operator = Desk::of(db, Viewer::LocalAdministrator);
        let first = json!({ "name": "mai", "role": "ADMINISTRATOR" });
        let with_key = hired(db, &operator, first, &["REGISTRY_READ"]).await;
        let key = Desk::of(db, with_key.clone());
        key.may_not("createAccount", json!({ "name": "nam", "role": "OFFICER" })).await;
        let administrator = Desk::of(db, in_person(&with_key));

        let every = ["REGISTRY_READ", "REGISTRY_WRITE", "EVENTS_PEOPLE", "REPORTS_RUN", "CHANGES_READ", "AUDIT_READ"];
        let mut desks = Vec::new();
        for account in [
            json!({ "name": "lan", "role": "OFFICER" }),
            json!({ "name": "minh", "role": "OFFICER" }),
            json!({ "name": "vinh", "role": "FOCAL_POINT", "authority": "vinh" }),
            json!({ "name": "hue", "role": "FOCAL_POINT", "authority": "hue" }),
            json!({ "name": "dalat", "role": "FOCAL_POINT", "authority": "dalat" }),
            json!({ "name": "funder", "role": "FUNDER", "organisation": "FUNDER" }),
            json!({ "name": "host", "role": "PARTNER", "organisation": "HOST" }),
            json!({ "name": "outsider", "role": "PARTNER", "organisation": "OUTSIDER" }),
        ] {
            desks.push(Desk::of(db, hired(db, &administrator, account, &every).await));
        }
        let desks: [Desk; 8] = desks.try_into().unwrap_or_else(|_| panic!("as many as accounts"));
        let [lan, minh, vinh, hue, dalat, funder, host, outsider] = desks;
        let nobody = json!({ "name": "someone", "role": "FOCAL_POINT" });
        assert_eq!(administrator.is_refused("createAccount", nobody.clone()).await, refusal("INVALID", "authority"));
        lan.may_not("createAccount", nobody).await;
        let stranger = Desk::of(db, Viewer::Stranger);
        Self { administrator, lan, minh, vinh, hue, dalat, funder, host, outsider, stranger }
    }
}
