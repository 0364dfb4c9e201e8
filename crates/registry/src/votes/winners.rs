use std::collections::BTreeSet;

use ketnoi_domain::{
    Action, AdvocacyAction, AdvocacyKind, AdvocacyStatus, Dialogue, DialogueStatus, Head, Id, Organisation, PartialDate,
    Recommendation, RecommendationStatus, Text, Viewer, Visibility,
};
use ketnoi_persistence::UnitOfWork;
use uuid::Uuid;

use super::{Called, Standing, allowed, missing, required};
use crate::{Author, Clock, Error, Registry, UserError, UserErrorCode, WriteError, say};

/// What is done to carry a winner further.
#[derive(Clone, Debug)]
pub struct WinnerAction {
    /// The winner, by its number on the ballot.
    pub option: i64,
    /// An action that is there already; else one is made.
    pub existing: Option<Called>,
    /// By what means.
    pub kind: AdvocacyKind,
    /// What it is called; as the recommendation is, where nothing is said.
    pub title: Option<String>,
    /// To whom it goes; to whom the recommendation is addressed, where nothing is said.
    pub addressee: Option<Called>,
    /// The number of the letter.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<PartialDate>,
}

/// The same, with what it names found.
struct Wanted<'a> {
    asked: &'a WinnerAction,
    existing: Option<Uuid>,
    addressee: Option<Id<Organisation>>,
}

impl Registry {
    /// Links the winners of a vote that is closed with what is done to carry them further. Gives the actions' ids, in the order
    /// asked.
    pub async fn link_winners(
        &self,
        author: &Author,
        dialogue: &Called,
        actions: &[WinnerAction],
    ) -> Result<Vec<Uuid>, WriteError> {
        const NAME: &str = "link winners";
        allowed(author, Action::Write, NAME)?;
        let session = self.session(author.viewer.clone());
        let dialogue = required::<Dialogue>(&session, author.lang, "dialogue", dialogue).await?;
        let mut wanted = Vec::with_capacity(actions.len());
        for (i, asked) in actions.iter().enumerate() {
            let existing = match &asked.existing {
                Some(called) => {
                    let path = format!("actions.{i}.action");
                    let found = required::<AdvocacyAction>(&session, author.lang, &path, called).await?;
                    Some(found.head.id.uuid())
                }
                None => None,
            };
            let addressee = match &asked.addressee {
                Some(called) => {
                    let path = format!("actions.{i}.addressee");
                    Some(required::<Organisation>(&session, author.lang, &path, called).await?.head.id)
                }
                None => None,
            };
            wanted.push(Wanted { asked, existing, addressee });
        }
        // What is closed stays as it is, so the result may be counted before the unit begins.
        let counted = self.session(Viewer::LocalAdministrator).count_ballots(std::slice::from_ref(&dialogue)).await?;
        let winners = counted.get(&dialogue.head.id).map(|c| c.count.winners.clone()).unwrap_or_default();
        let id = dialogue.head.id;
        self.change(author, Action::Write, NAME, async |unit| link(unit, author, id, &winners, &wanted, &self.clock).await).await
    }
}

async fn link(
    unit: &mut UnitOfWork,
    author: &Author,
    dialogue: Id<Dialogue>,
    winners: &BTreeSet<i64>,
    wanted: &[Wanted<'_>],
    clock: &Clock,
) -> Result<Vec<Uuid>, WriteError> {
    let lang = author.lang;
    let standing = Standing::of(unit, dialogue, lang).await?;
    standing.require(lang, &[DialogueStatus::Closed, DialogueStatus::Published])?;
    let mut errors = Vec::new();
    for (i, w) in wanted.iter().enumerate() {
        if !winners.contains(&w.asked.option) {
            let message = say(lang, "vote-no-winner", &[("number", &w.asked.option.to_string())]);
            errors.push(UserError::new(UserErrorCode::Invalid, format!("actions.{i}.option"), message));
        }
    }
    if !errors.is_empty() {
        return Err(WriteError::Refused(errors));
    }
    let mut next = next_number(unit, &standing).await?;
    let (mut ids, mut actions) = (Vec::new(), Vec::new());
    let mut recommendations: Vec<Recommendation> = Vec::new();
    for (i, w) in wanted.iter().enumerate() {
        let Some(option) = standing.options.iter().find(|o| o.number == w.asked.option) else { continue };
        let found = unit.standing::<Recommendation>(&[option.recommendation.uuid()]).await?.pop();
        let Some(recommendation) = found else {
            return Err(missing(lang, &format!("actions.{i}.option"), &w.asked.option.to_string()).into());
        };
        let action = match w.existing {
            Some(id) => linked(unit, author, i, id, &recommendation, dialogue).await?,
            None => {
                let code = standing.dialogue.head.code.part(format_args!("action:{next}"));
                next += 1;
                made(author, w, &standing, &recommendation, (clock.new_id(), code.map_err(|e| Error::Outcome(e.to_string()))?))
            }
        };
        ids.push(action.head.id.uuid());
        actions.push(action);
        if recommendation.status.is_none_or(|s| s < RecommendationStatus::Prioritised)
            && recommendations.iter().all(|r| r.head.id != recommendation.head.id)
        {
            recommendations.push(Recommendation { status: Some(RecommendationStatus::Prioritised), ..recommendation });
        }
    }
    unit.put(&recommendations).await?;
    unit.put(&actions).await?;
    Ok(ids)
}

/// An action that is there, now with the dialogue whose result it carries.
async fn linked(
    unit: &UnitOfWork,
    author: &Author,
    i: usize,
    id: Uuid,
    recommendation: &Recommendation,
    dialogue: Id<Dialogue>,
) -> Result<AdvocacyAction, WriteError> {
    let path = format!("actions.{i}.action");
    let Some(action) = unit.standing::<AdvocacyAction>(&[id]).await?.pop() else {
        return Err(missing(author.lang, &path, &id.to_string()).into());
    };
    if action.recommendation != recommendation.head.id {
        let message = say(author.lang, "vote-other-recommendation", &[("action", action.head.code.as_str())]);
        return Err(UserError::new(UserErrorCode::Invalid, path, message).into());
    }
    Ok(AdvocacyAction { dialogue: Some(dialogue), ..action })
}

/// A new action for a winner, as a draft of the association's own.
fn made(
    author: &Author,
    wanted: &Wanted<'_>,
    standing: &Standing,
    recommendation: &Recommendation,
    (id, code): (Uuid, ketnoi_domain::Code),
) -> AdvocacyAction {
    let Wanted { asked, addressee, .. } = wanted;
    let title = asked.title.as_deref().map(|title| Text::new(author.lang, title)).filter(|title| !title.is_empty());
    AdvocacyAction {
        head: Head {
            id: Id::from_uuid(id),
            code,
            visibility: Visibility::Internal,
            effective: Visibility::Internal,
            illustrative: standing.dialogue.head.illustrative,
            version: 1,
        },
        recommendation: recommendation.head.id,
        dialogue: Some(standing.dialogue.head.id),
        kind: asked.kind,
        title: title.unwrap_or_else(|| recommendation.title.clone()),
        number: asked.number.clone(),
        date: asked.date,
        addressee: addressee.or(recommendation.addressee),
        replied: None,
        reply_number: None,
        reply: Text::default(),
        status: AdvocacyStatus::Drafted,
    }
}

/// The number of the dialogue's next action. Its code begins with the dialogue's and not with the recommendation's, whose file
/// knows nothing of it and would take it away.
async fn next_number(unit: &UnitOfWork, standing: &Standing) -> Result<u64, WriteError> {
    let prefix = format!("{}:action:", standing.dialogue.head.code);
    let there = unit.ids_below::<AdvocacyAction>(std::slice::from_ref(&prefix)).await?;
    let numbers = there.iter().filter_map(|(code, _)| code.strip_prefix(&prefix)?.parse::<u64>().ok());
    Ok(numbers.max().map_or(1, |last| last + 1))
}
