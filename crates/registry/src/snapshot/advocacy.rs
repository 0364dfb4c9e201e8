//! Recommendations with what is done to bring them forward, road maps, and the dialogues in which cities vote on them.

use std::collections::BTreeMap;

use ketnoi_domain::{
    AdvocacyAction, Cluster, Coded as _, Dialogue, DialogueCluster, DialogueOption, Id, Lang, PartialDate, Recommendation,
    RoadMap, Text, tally::Tally,
};
use ketnoi_reporting::{
    AdvocacyFacts, BallotRuleFacts, DialogueClusterFacts, DialogueFacts, DialogueOptionFacts, RecommendationFacts, RoadMapFacts,
    RoadMapStepFacts, TallyFacts, VoteFacts,
};

use super::{
    cooperation::Cooperation,
    records::Records,
    sources::{behind, stated_of},
};
use crate::Counted;

pub(super) fn recommendations(records: &Records) -> Vec<RecommendationFacts> {
    records.cooperation.recommendations.iter().map(|r| recommendation(records, r)).collect()
}

fn recommendation(records: &Records, r: &Recommendation) -> RecommendationFacts {
    let actions = records.cooperation.actions.iter().filter(|a| a.recommendation == r.head.id);
    RecommendationFacts {
        code: r.head.code.to_string(),
        number: r.number.clone(),
        title: r.title.clone(),
        text: r.text.clone(),
        part: records.cooperation.part(r.programme),
        addressee: r.addressee.map(|id| records.name(id)).unwrap_or_default(),
        status: r.status,
        actions: actions.map(|a| action(records, a)).collect(),
        sources: behind(records, &[r.head.id.uuid()], r.document),
    }
}

fn action(records: &Records, a: &AdvocacyAction) -> AdvocacyFacts {
    AdvocacyFacts {
        kind: a.kind,
        title: a.title.clone(),
        number: a.number.clone(),
        date: a.date,
        addressee: a.addressee.map(|id| records.name_on(id, a.date.map(PartialDate::from))).unwrap_or_default(),
        replied: a.replied,
        reply_number: a.reply_number.clone(),
        reply: a.reply.clone(),
        status: a.status,
        sources: behind(records, &[a.head.id.uuid()], None),
    }
}

pub(super) fn road_maps(records: &Records) -> Vec<RoadMapFacts> {
    records.cooperation.road_maps.iter().map(|m| road_map(records, m)).collect()
}

fn road_map(records: &Records, m: &RoadMap) -> RoadMapFacts {
    let all = &records.cooperation;
    let steps = all.steps.iter().filter(|s| s.road_map == m.head.id).map(|s| RoadMapStepFacts {
        number: s.number,
        title: s.title.clone(),
        recommendation: s.recommendation.map(|id| title(all, id)).unwrap_or_default(),
        responsible: s.responsible.map(|id| records.name(id)).unwrap_or_default(),
        due: s.due,
        done: s.done,
        status: s.status,
    });
    RoadMapFacts {
        code: m.head.code.to_string(),
        title: m.title.clone(),
        part: all.part(m.programme),
        period: m.period,
        steps: steps.collect(),
        sources: behind(records, &[m.head.id.uuid()], None),
    }
}

fn title(all: &Cooperation, recommendation: Id<Recommendation>) -> Text {
    all.named.get(&recommendation).map(|r| r.title.clone()).unwrap_or_default()
}

pub(super) fn dialogues(records: &Records) -> Vec<DialogueFacts> {
    records.cooperation.dialogues.iter().map(|d| dialogue(records, d)).collect()
}

fn dialogue(records: &Records, d: &Dialogue) -> DialogueFacts {
    let all = &records.cooperation;
    // Without a ballot there is nothing that won.
    let counted = all.counted.get(&d.head.id).filter(|c| c.count.overall.cast() > 0);
    let options = all.options.iter().filter(|o| o.dialogue == d.head.id);
    DialogueFacts {
        code: d.head.code.to_string(),
        title: d.title.clone(),
        part: all.part(d.programme),
        question: d.question.clone(),
        voters: d.voters.clone(),
        rule: d.rule.map(|r| BallotRuleFacts {
            minimum: r.minimum,
            maximum: r.maximum,
            secrecy: r.secrecy,
            places: r.places,
            tie: r.tie,
        }),
        status: d.status,
        period: d.period,
        options: options.map(|o| option(all, o)).collect(),
        clusters: clusters(all, d, counted),
        result: counted.map(|c| VoteFacts {
            overall: tally(&c.count.overall),
            eligible: c.count.overall.eligible.map(whole),
            ranks: c.count.overall.ranks().into_iter().map(|(number, rank)| (number, whole(rank))).collect(),
            priorities: c.count.winners.clone(),
        }),
        stated: stated_of(records, d.head.id.uuid()),
        sources: behind(records, &[d.head.id.uuid()], d.study),
    }
}

fn option(all: &Cooperation, o: &DialogueOption) -> DialogueOptionFacts {
    let recommendation = all.named.get(&o.recommendation);
    DialogueOptionFacts {
        number: o.number,
        title: title(all, o.recommendation),
        recommendation: recommendation.map(|r| r.head.code.to_string()).unwrap_or_default(),
    }
}

/// The clusters of a dialogue; those of which only ballots are known come last, and behind them, as one, those whose ballots are
/// told together only.
fn clusters(all: &Cooperation, d: &Dialogue, counted: Option<&Counted>) -> Vec<DialogueClusterFacts> {
    let tallies: BTreeMap<Id<Cluster>, &Tally> =
        counted.into_iter().flat_map(|c| &c.count.clusters).map(|(id, tally)| (*id, tally)).collect();
    let name = |id: Id<Cluster>| all.clusters.get(&id).map(|c| c.name.clone()).unwrap_or_default();
    let own: Vec<&DialogueCluster> = all.voting.iter().filter(|c| c.dialogue == d.head.id).collect();
    let told = own.iter().map(|c| DialogueClusterFacts {
        name: name(c.cluster),
        event: c.event.and_then(|id| all.venues.get(&id)).map(|e| e.title.clone()).unwrap_or_default(),
        on: c.on,
        eligible: c.eligible,
        tally: tallies.get(&c.cluster).map(|t| tally(t)),
    });
    let others = tallies.iter().filter(|(id, _)| own.iter().all(|c| c.cluster != **id));
    let others = others.map(|(id, t)| DialogueClusterFacts {
        name: name(*id),
        event: Text::default(),
        on: None,
        eligible: t.eligible.map(whole),
        tally: Some(tally(t)),
    });
    let merged = counted.and_then(|c| c.count.merged.as_ref()).map(|m| {
        let names: Vec<Text> = m.clusters.iter().map(|id| name(*id)).collect();
        let joined = |lang: Lang| names.iter().map(|n| n.in_lang(lang)).collect::<Vec<_>>().join(" + ");
        DialogueClusterFacts {
            name: Lang::ALL.iter().map(|lang| (*lang, joined(*lang))).collect(),
            event: Text::default(),
            on: None,
            // Each of them says above how many may vote there.
            eligible: None,
            tally: Some(tally(&m.tally)),
        }
    });
    told.chain(others).chain(merged).collect()
}

fn tally(t: &Tally) -> TallyFacts {
    let votes = t.votes.iter().map(|(number, votes)| (*number, whole(*votes))).collect();
    TallyFacts { valid: whole(t.valid), spoiled: whole(t.spoiled), votes }
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
