use std::collections::{BTreeSet, HashMap};

use ketnoi_domain::{
    BallotRule, Cluster, Dialogue, DialogueCluster, DialogueOption, DialogueStatus, Id, Lang, Recommendation, Secrecy, Text,
    Viewer,
    vote::{self, ChoiceFault, VotingCode},
};
use ketnoi_persistence::{BoxedBallot, CodeRow, Signature, UnitOfWork, code_of, open_votes};
use uuid::Uuid;

use super::code::digest;
use crate::{Registry, UserError, UserErrorCode, WriteError, say};

/// The ballot that lies before whoever has a code.
#[derive(Clone, Debug)]
pub struct Booth {
    /// What the dialogue is called.
    pub title: Text,
    /// What is asked.
    pub question: Text,
    /// The cluster that the ballot counts in.
    pub cluster: Text,
    /// How many options one picks, and whether the ballot names anyone.
    pub rule: BallotRule,
    /// What can be picked, by number.
    pub options: Vec<BoothOption>,
}

/// An option on a ballot.
#[derive(Clone, Debug)]
pub struct BoothOption {
    /// Its number.
    pub number: i64,
    /// What is recommended, in short.
    pub title: Text,
    /// What is recommended, at length.
    pub text: Text,
}

/// A code that admits, with the digest that it is kept by.
struct Admitted {
    digest: String,
    code: CodeRow,
    dialogue: Dialogue,
    options: Vec<DialogueOption>,
}

impl Registry {
    /// The ballot that a code admits to. Looking at it uses nothing up. One who has a code sees the ballot whoever else may see
    /// the dialogue.
    pub async fn booth(&self, lang: Lang, code: &str) -> Result<Booth, WriteError> {
        let Admitted { code, dialogue, options, .. } = self.admit(lang, code).await?;
        let Some(rule) = dialogue.rule else { return Err(refused(lang).into()) };
        let session = self.session(Viewer::LocalAdministrator);
        let ids: Vec<Uuid> = options.iter().map(|o| o.recommendation.uuid()).collect();
        let told: HashMap<Id<Recommendation>, Recommendation> =
            session.by_ids::<Recommendation>(&ids).await?.into_iter().map(|r| (r.head.id, r)).collect();
        let mut options: Vec<BoothOption> = options
            .iter()
            .map(|o| {
                let told = told.get(&o.recommendation);
                let (title, text) = told.map(|r| (r.title.clone(), r.text.clone())).unwrap_or_default();
                BoothOption { number: o.number, title, text }
            })
            .collect();
        options.sort_by_key(|o| o.number);
        let cluster = session.by_ids::<Cluster>(&[code.cluster]).await?.pop();
        let cluster = cluster.map(|c| c.name).unwrap_or_default();
        Ok(Booth { title: dialogue.title, question: dialogue.question, cluster, rule, options })
    }

    /// Casts a ballot by a code. The code is used up and the ballot is in its box in one transaction, or neither is.
    ///
    /// Nothing is kept of who asked, from where or by which request, and there is no idempotency key: what a key would have to
    /// remember is what must not be known. Who asks again with the same code is refused, and told that their vote counts.
    pub async fn cast_ballot(&self, lang: Lang, code: &str, picked: &[i64]) -> Result<(), WriteError> {
        let Admitted { digest, dialogue, options, .. } = self.admit(lang, code).await?;
        let Some(rule) = dialogue.rule else { return Err(refused(lang).into()) };
        let numbers: BTreeSet<i64> = options.iter().map(|o| o.number).collect();
        let choices = vote::choices(rule, &numbers, picked)
            .map_err(|fault| UserError::new(UserErrorCode::Invalid, "choices", say_choice(lang, rule, fault)))?;
        let mut unit = UnitOfWork::begin(&self.store).await?;
        let done = self.drop_in(&mut unit, lang, &digest, dialogue.head.id, rule, choices).await;
        if let Err(refused) = done {
            unit.roll_back().await?;
            return Err(refused);
        }
        let now = self.clock.now();
        let signature = Signature {
            entry: self.clock.new_id(),
            at: &now,
            actor: "voter",
            account: None,
            request: None,
            action: "cast ballot",
            detail: dialogue.head.code.as_str(),
        };
        unit.commit(&signature).await?;
        Ok(())
    }

    async fn drop_in(
        &self,
        unit: &mut UnitOfWork,
        lang: Lang,
        digest: &str,
        dialogue: Id<Dialogue>,
        rule: BallotRule,
        choices: Vec<i64>,
    ) -> Result<(), WriteError> {
        // Of many who come with one code at the same time, the first finds it unused and the others do not.
        let Some(code) = unit.redeem(digest).await? else { return Err(refused(lang).into()) };
        let clusters = unit.parts_of_dialogue::<DialogueCluster>(dialogue).await?;
        let boxes = unit.boxes(dialogue.uuid()).await?;
        let found = boxes.into_iter().find(|(b, _)| b.cluster == Some(code.cluster));
        let Some((mut counted, mut ballots)) = found else { return Err(refused(lang).into()) };
        let eligible = clusters.iter().find(|c| c.cluster.uuid() == code.cluster).and_then(|c| c.eligible);
        if eligible.is_some_and(|eligible| counted.cast() >= eligible) {
            let message = say(lang, "vote-full", &[]);
            return Err(UserError::new(UserErrorCode::State, "code", message).into());
        }
        let authority = (rule.secrecy == Secrecy::Named).then_some(code.authority);
        ballots.push(BoxedBallot { key: self.ballot_key(), choices, spoiled: false, authority });
        counted.electronic += 1;
        unit.put_box(&counted, ballots).await?;
        Ok(())
    }

    /// What a code admits to, if it does. It takes no lock, so that guessing codes holds up nobody.
    async fn admit(&self, lang: Lang, typed: &str) -> Result<Admitted, WriteError> {
        let Some(code) = VotingCode::parse(typed) else { return Err(refused(lang).into()) };
        let reader = self.store.reader();
        let votes = open_votes(reader).await?;
        let digests: Vec<String> = votes.iter().map(|(_, pepper)| digest(pepper, code)).collect();
        let found = code_of(reader, &digests).await?.filter(|found| !found.used);
        let Some(found) = found else { return Err(refused(lang).into()) };
        let Some(at) = votes.iter().position(|(dialogue, _)| *dialogue == found.dialogue) else {
            return Err(refused(lang).into());
        };
        let session = self.session(Viewer::LocalAdministrator);
        let dialogue = session.by_ids::<Dialogue>(&[found.dialogue]).await?.pop();
        let Some(dialogue) = dialogue.filter(|d| d.status == DialogueStatus::Open) else { return Err(refused(lang).into()) };
        let options = session.all_children::<DialogueOption>(("dialogue_id", &[found.dialogue])).await?;
        Ok(Admitted { digest: digests[at].clone(), code: found, dialogue, options })
    }
}

/// The one refusal of a code, whether it was mistyped, never given out, used, or of a vote that is over.
fn refused(lang: Lang) -> UserError {
    UserError::new(UserErrorCode::State, "code", say(lang, "vote-code-refused", &[]))
}

/// Why choices are no ballot, with the rule.
pub(super) fn say_choice(lang: Lang, rule: BallotRule, fault: ChoiceFault) -> String {
    let (least, most) = (rule.minimum.to_string(), rule.maximum.to_string());
    match fault {
        ChoiceFault::Picked(picked) => {
            say(lang, "vote-choices", &[("picked", &picked.to_string()), ("least", &least), ("most", &most)])
        }
        ChoiceFault::Unknown(number) => say(lang, "vote-no-option", &[("number", &number.to_string())]),
    }
}
