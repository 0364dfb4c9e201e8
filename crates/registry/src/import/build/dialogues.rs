//! Dialogues with what is voted on, by whom, and the ballots.

use std::collections::HashMap;

use ketnoi_domain::{Ballot, BallotRule, Dialogue, DialogueCluster, DialogueOption, DialogueStatus, Id, Visibility};
use toml::Spanned;

use super::{Builder, Owner, period};
use crate::import::shape::{DialogueClusterShape, DialogueShape, Ref};

impl Builder<'_> {
    pub(super) fn dialogue(&mut self, dialogue: &Spanned<DialogueShape>, default_sources: &[Ref]) {
        let d = dialogue.get_ref();
        let (programme, study) = (self.refer_null(d.programme.as_ref()), self.refer_null(d.study.as_ref()));
        let Some(head) = self.top::<Dialogue>(&d.code, d.visibility) else { return };
        let (id, owner) = (head.id, self.owner(&head));
        self.said(&owner, &d.sources, default_sources, &d.stated, &d.statement);
        let rule = d.rule.as_ref().map(|r| BallotRule {
            minimum: r.minimum,
            maximum: r.maximum,
            secrecy: r.secrecy,
            places: r.places,
            tie: r.tie,
        });
        let record = Dialogue {
            head,
            title: d.title.clone(),
            question: d.question.clone(),
            programme,
            study,
            voters: d.voters.clone(),
            rule,
            status: d.status,
            period: period(d.opened, d.closed),
        };
        let mut options = HashMap::new();
        for option in &d.option {
            let o = option.get_ref();
            let Some((recommendation, limit)) = self.find(&o.recommendation) else { continue };
            let limited = Owner { effective: owner.effective.min(limit), ..owner.clone() };
            let Some(head) = self.part(&limited, format_args!("option:{}", o.number.get_ref()), o.number.span()) else {
                continue;
            };
            options.insert(head.id, id);
            let record = DialogueOption { head, dialogue: id, recommendation, number: *o.number.get_ref() };
            self.keep(option.span(), record, |b| &mut b.options);
        }
        for cluster in &d.cluster {
            self.dialogue_cluster(cluster, &record, &owner, &options, d);
        }
        self.keep(dialogue.span(), record, |b| &mut b.dialogues);
    }

    fn dialogue_cluster(
        &mut self,
        cluster: &Spanned<DialogueClusterShape>,
        dialogue: &Dialogue,
        owner: &Owner,
        options: &HashMap<Id<DialogueOption>, Id<Dialogue>>,
        shape: &DialogueShape,
    ) {
        let c = cluster.get_ref();
        let event = self.refer_null(c.event.as_ref());
        let Some((of, limit)) = self.find(&c.cluster) else { return };
        let limited = Owner { effective: owner.effective.min(limit), ..owner.clone() };
        let part = format!("cluster:{}", c.cluster.get_ref());
        let Some(head) = self.part::<DialogueCluster>(&limited, &part, c.cluster.span()) else { return };
        let own = self.owner(&head);
        self.sources(&own, &c.sources, &[]);
        let record = DialogueCluster { head, dialogue: dialogue.head.id, cluster: of, event, eligible: c.eligible, on: c.on };
        self.keep(cluster.span(), record, |b| &mut b.dialogue_clusters);
        // Until the result is public, ballots are the association's own.
        let visibility = if dialogue.status == DialogueStatus::Published { Visibility::Public } else { Visibility::Internal };
        for (n, ballot) in c.ballot.iter().enumerate() {
            let b = ballot.get_ref();
            let authority = self.refer_null(b.authority.as_ref());
            let has = |number: &i64| shape.option.iter().any(|o| o.get_ref().number.get_ref() == number);
            let choices: Vec<_> =
                b.choices.iter().filter_map(|n| self.own::<DialogueOption, i64>(owner, "option", Some(n), has)).collect();
            if choices.len() < b.choices.len() {
                // Said already: the rule on how many to pick would only say it again.
                continue;
            }
            let code = format!("{}:{part}:ballot:{}", owner.code, n + 1);
            let effective = limited.effective.min(visibility);
            let Some(head) = self.head::<Ballot>(&code, ballot.span(), visibility, effective) else { continue };
            let record = Ballot { head, dialogue: dialogue.head.id, cluster: of, authority, choices, spoiled: b.spoiled };
            self.faults(ballot.span(), &record.head, record.faults_within(dialogue, options));
            self.keep(ballot.span(), record, |b| &mut b.ballots);
        }
    }
}
