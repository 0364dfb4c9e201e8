//! A hall in which a vote is held: delegates, their codes, and who runs it.

use std::{collections::BTreeSet, sync::Arc};

use ketnoi_domain::{AccountRole, Identity, Lang, Viewer};
use ketnoi_registry::{
    Author, UserError, WriteError,
    import::SourceFile,
    votes::{DelegateCalled, IssueOrder, NewDelegate},
};
use uuid::Uuid;

use crate::TestDb;

/// An officer of the association, one of several.
pub fn officer(n: u128) -> Author {
    let identity = Identity {
        account: Uuid::from_u128(n),
        name: format!("officer-{n}"),
        role: AccountRole::Officer,
        organisation: None,
        authority: None,
        parties: BTreeSet::new(),
        key: None,
    };
    Author::of(Viewer::Known(Arc::new(identity)), Lang::En)
}

/// What was refused, for the caller to mend.
pub fn refused<T>(done: &Result<T, WriteError>) -> Vec<UserError> {
    match done {
        Err(WriteError::Refused(errors)) => errors.clone(),
        Err(other) => panic!("a fault and no refusal: {other}"),
        Ok(_) => panic!("it was not refused"),
    }
}

/// A vote that is prepared or open.
#[derive(Debug)]
pub struct Hall {
    /// The code of the dialogue.
    pub dialogue: String,
    /// The codes that were given out first, in the order of cluster and city.
    pub codes: Vec<String>,
}

impl Hall {
    /// The file with the dialogues.
    pub fn file() -> SourceFile {
        SourceFile { name: "dialogues.toml".into(), text: include_str!("dialogues.toml").into() }
    }

    /// A dialogue that waits for its vote.
    pub async fn prepared(db: &TestDb, dialogue: &str) -> Self {
        let done = db.registry().import(&Viewer::LocalAdministrator, &[Self::file()], false, &|_, _, _| ()).await;
        done.unwrap_or_else(|e| panic!("{e}"));
        Self { dialogue: dialogue.to_owned(), codes: Vec::new() }
    }

    /// A dialogue that is put to the vote, with so many delegates in each cluster, all of whom have codes.
    pub async fn open(db: &TestDb, dialogue: &str, delegates: &[(&str, usize)]) -> Self {
        let mut hall = Self::prepared(db, dialogue).await;
        for (cluster, n) in delegates {
            hall.register(db, cluster, *n).await;
        }
        db.registry().open_dialogue(&officer(1), &dialogue.into(), None).await.unwrap_or_else(|e| panic!("{e}"));
        hall.codes = hall.issue(db, &[]).await;
        hall
    }

    /// Registers delegates: of the first city, the second, and so on, and then again from the first.
    pub async fn register(&self, db: &TestDb, cluster: &str, n: usize) -> Vec<DelegateCalled> {
        let known = |d: &ketnoi_registry::votes::Delegate| (d.authority, d.ordinal);
        let (vote, cluster) = (self.dialogue.as_str().into(), cluster.into());
        let there = async || db.registry().delegates(&officer(1), &vote).await.unwrap_or_else(|e| panic!("{e}"));
        let before: BTreeSet<_> = there().await.iter().map(known).collect();
        let city = |i: usize| format!("city-{:02}", i % 16 + 1);
        let new: Vec<NewDelegate> =
            (0..n).map(|i| NewDelegate { authority: city(i).as_str().into(), note: String::new() }).collect();
        let done = db.registry().register_delegates(&officer(1), &vote, &cluster, &new).await;
        done.unwrap_or_else(|e| panic!("{e}"));
        let called = |(authority, ordinal): (Uuid, i64)| DelegateCalled {
            authority: ketnoi_registry::votes::Called { text: String::new(), id: Some(authority) },
            ordinal,
        };
        there().await.iter().map(known).filter(|d| !before.contains(d)).map(called).collect()
    }

    /// Gives codes to these delegates, or to all who have none.
    pub async fn issue(&self, db: &TestDb, delegates: &[DelegateCalled]) -> Vec<String> {
        let order =
            IssueOrder { dialogue: self.dialogue.as_str().into(), cluster: None, delegates: delegates.to_vec(), reissue: false };
        let (_, codes) = db.registry().issue_codes(&officer(1), &order).await.unwrap_or_else(|e| panic!("{e}"));
        codes.into_iter().map(|c| c.code.to_string()).collect()
    }

    /// Casts a ballot by every code, one after the other, each with choices of its own; the choices in the order of casting.
    pub async fn cast_all(&self, db: &TestDb) -> Vec<Vec<i64>> {
        let pairs = (1..=8i64).flat_map(|a| (a + 1..=8).map(move |b| vec![a, b]));
        let triples = (1..=6i64).map(|a| vec![a, a + 1, a + 2]);
        let mut cast: Vec<Vec<i64>> = pairs.chain(triples).take(self.codes.len()).collect();
        // Not in an order that sorting the choices would bring back.
        let half = cast.len() / 2;
        cast.rotate_left(half);
        // Codes are random, so in the order of their letters the clusters and cities come mixed, as in a hall.
        let mut codes: Vec<&String> = self.codes.iter().collect();
        codes.sort();
        for (code, choices) in codes.into_iter().zip(&cast) {
            db.registry().cast_ballot(Lang::En, code, choices).await.unwrap_or_else(|e| panic!("{e}"));
        }
        cast
    }
}
