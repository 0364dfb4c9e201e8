//! Recommendations, road maps, dialogues with their ballots, and advocacy.

use ketnoi_domain::{
    AdvocacyAction, Ballot, BallotRule, Coded, Dialogue, DialogueCluster, DialogueOption, Recommendation, RoadMap, RoadMapStep,
};

use super::{stored, table};
use crate::{
    Field, Sort,
    codec::{Decoded, get, period, to_code, to_json, to_text, to_uuid},
    stored::{Readable, Through},
};

table!(recommendation "recommendation" {
    number: Option<String>,
    title: String,
    text: String,
    document_id: Option<Uuid>,
    event_id: Option<Uuid>,
    programme_id: Option<Uuid>,
    addressee_id: Option<Uuid>,
    status: Option<String>,
});

impl Readable for Recommendation {
    type Entity = recommendation::Entity;
    type Row = recommendation::Model;

    fn decode(row: recommendation::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            number: get!(text_null, row.number),
            title: get!(json, row.title),
            text: get!(json, row.text),
            document: get!(id_null, row.document_id),
            event: get!(id_null, row.event_id),
            programme: get!(id_null, row.programme_id),
            addressee: get!(id_null, row.addressee_id),
            status: get!(coded_null, row.status),
        })
    }

    fn encode(&self) -> Self::Row {
        recommendation::Model {
            number: self.number.clone(),
            title: to_json(&self.title),
            text: to_json(&self.text),
            document_id: to_uuid(self.document),
            event_id: to_uuid(self.event),
            programme_id: to_uuid(self.programme),
            addressee_id: to_uuid(self.addressee),
            status: to_code(self.status),
            ..recommendation::Model::headed(self)
        }
    }
}

stored!(Recommendation in recommendation {
    "document": Field::Refers("document_id", "document"),
    "event": Field::Refers("event_id", "event"),
    "programme": Field::Refers("programme_id", "programme"),
    "addressee": Field::Refers("addressee_id", "organisation"),
    "status": Field::Column("status"),
    "dialogue": Field::Through(Through {
        table: "dialogue_option", back: "recommendation_id", column: "dialogue_id", target: Some("dialogue"), only: None, records: true,
    }),
} by [Sort::TITLE]);

table!(road_map "road_map" {
    title: String,
    description: String,
    programme_id: Option<Uuid>,
    event_id: Option<Uuid>,
    period_from: Option<String>,
    period_to: Option<String>,
});

impl Readable for RoadMap {
    type Entity = road_map::Entity;
    type Row = road_map::Model;

    fn decode(row: road_map::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            title: get!(json, row.title),
            description: get!(json, row.description),
            programme: get!(id_null, row.programme_id),
            event: get!(id_null, row.event_id),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
        })
    }

    fn encode(&self) -> Self::Row {
        road_map::Model {
            title: to_json(&self.title),
            description: to_json(&self.description),
            programme_id: to_uuid(self.programme),
            event_id: to_uuid(self.event),
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            ..road_map::Model::headed(self)
        }
    }
}

stored!(RoadMap in road_map {
    "programme": Field::Refers("programme_id", "programme"),
    "event": Field::Refers("event_id", "event"),
    "period": Field::Period("period_from", "period_to"),
} by [Sort::TITLE, Sort::date("start", "period_from")]);

table!(road_map_step "road_map_step" {
    road_map_id: Uuid,
    recommendation_id: Option<Uuid>,
    number: i64,
    title: String,
    responsible_id: Option<Uuid>,
    due: Option<String>,
    done: Option<String>,
    status: String,
});

impl Readable for RoadMapStep {
    type Entity = road_map_step::Entity;
    type Row = road_map_step::Model;

    fn decode(row: road_map_step::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            road_map: get!(id, row.road_map_id),
            recommendation: get!(id_null, row.recommendation_id),
            number: row.number,
            title: get!(json, row.title),
            responsible: get!(id_null, row.responsible_id),
            due: get!(date, row.due),
            done: get!(date, row.done),
            status: get!(coded, row.status),
        })
    }

    fn encode(&self) -> Self::Row {
        road_map_step::Model {
            road_map_id: self.road_map.uuid(),
            recommendation_id: to_uuid(self.recommendation),
            number: self.number,
            title: to_json(&self.title),
            responsible_id: to_uuid(self.responsible),
            due: to_text(self.due),
            done: to_text(self.done),
            status: self.status.code().to_owned(),
            ..road_map_step::Model::headed(self)
        }
    }
}

stored!(RoadMapStep in road_map_step {
    "roadMap": Field::Refers("road_map_id", "road_map"),
    "recommendation": Field::Refers("recommendation_id", "recommendation"),
    "responsible": Field::Refers("responsible_id", "organisation"),
    "status": Field::Column("status"),
    "due": Field::Period("due", "due"),
} by [Sort::int("number", "number"), Sort::TITLE, Sort::date("due", "due")]);

table!(dialogue "dialogue" {
    title: String,
    question: String,
    programme_id: Option<Uuid>,
    study_id: Option<Uuid>,
    voters: String,
    minimum: Option<i64>,
    maximum: Option<i64>,
    secrecy: Option<String>,
    places: Option<i64>,
    tie: Option<String>,
    status: String,
    period_from: Option<String>,
    period_to: Option<String>,
});

impl Readable for Dialogue {
    type Entity = dialogue::Entity;
    type Row = dialogue::Model;

    fn decode(row: dialogue::Cells<'_>) -> Decoded<Self> {
        let head = row.head()?;
        let (secrecy, tie) = (get!(coded_null, row.secrecy), get!(coded_null, row.tie));
        // A rule is there whole or not at all.
        let numbers = row.minimum.zip(row.maximum).zip(row.places);
        let rule = numbers.zip(secrecy.zip(tie));
        Ok(Self {
            head,
            title: get!(json, row.title),
            question: get!(json, row.question),
            programme: get!(id_null, row.programme_id),
            study: get!(id_null, row.study_id),
            voters: get!(json, row.voters),
            rule: rule.map(|(((minimum, maximum), places), (secrecy, tie))| BallotRule {
                minimum,
                maximum,
                secrecy,
                places,
                tie,
            }),
            status: get!(coded, row.status),
            period: period(get!(date, row.period_from), get!(date, row.period_to)),
        })
    }

    fn encode(&self) -> Self::Row {
        dialogue::Model {
            title: to_json(&self.title),
            question: to_json(&self.question),
            programme_id: to_uuid(self.programme),
            study_id: to_uuid(self.study),
            voters: to_json(&self.voters),
            minimum: self.rule.map(|r| r.minimum),
            maximum: self.rule.map(|r| r.maximum),
            secrecy: to_code(self.rule.map(|r| r.secrecy)),
            places: self.rule.map(|r| r.places),
            tie: to_code(self.rule.map(|r| r.tie)),
            status: self.status.code().to_owned(),
            period_from: to_text(self.period.from),
            period_to: to_text(self.period.to),
            ..dialogue::Model::headed(self)
        }
    }
}

stored!(Dialogue in dialogue {
    "programme": Field::Refers("programme_id", "programme"),
    "study": Field::Refers("study_id", "document"),
    "status": Field::Column("status"),
    "secrecy": Field::Column("secrecy"),
    "period": Field::Period("period_from", "period_to"),
    "cluster": Field::Through(Through {
        table: "dialogue_cluster", back: "dialogue_id", column: "cluster_id", target: Some("cluster"), only: None, records: true,
    }),
} by [Sort::TITLE, Sort::date("opened", "period_from")]);

table!(dialogue_option "dialogue_option" { dialogue_id: Uuid, recommendation_id: Uuid, number: i64 });

impl Readable for DialogueOption {
    type Entity = dialogue_option::Entity;
    type Row = dialogue_option::Model;

    fn decode(row: dialogue_option::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            dialogue: get!(id, row.dialogue_id),
            recommendation: get!(id, row.recommendation_id),
            number: row.number,
        })
    }

    fn encode(&self) -> Self::Row {
        dialogue_option::Model {
            dialogue_id: self.dialogue.uuid(),
            recommendation_id: self.recommendation.uuid(),
            number: self.number,
            ..dialogue_option::Model::headed(self)
        }
    }
}

stored!(DialogueOption in dialogue_option {
    "dialogue": Field::Refers("dialogue_id", "dialogue"),
    "recommendation": Field::Refers("recommendation_id", "recommendation"),
} by [Sort::int("number", "number")]);

table!(dialogue_cluster "dialogue_cluster" {
    dialogue_id: Uuid,
    cluster_id: Uuid,
    event_id: Option<Uuid>,
    eligible: Option<i64>,
    voted_on: Option<String>,
});

impl Readable for DialogueCluster {
    type Entity = dialogue_cluster::Entity;
    type Row = dialogue_cluster::Model;

    fn decode(row: dialogue_cluster::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            dialogue: get!(id, row.dialogue_id),
            cluster: get!(id, row.cluster_id),
            event: get!(id_null, row.event_id),
            eligible: row.eligible,
            on: get!(date, row.voted_on),
        })
    }

    fn encode(&self) -> Self::Row {
        dialogue_cluster::Model {
            dialogue_id: self.dialogue.uuid(),
            cluster_id: self.cluster.uuid(),
            event_id: to_uuid(self.event),
            eligible: self.eligible,
            voted_on: to_text(self.on),
            ..dialogue_cluster::Model::headed(self)
        }
    }
}

stored!(DialogueCluster in dialogue_cluster {
    "dialogue": Field::Refers("dialogue_id", "dialogue"),
    "cluster": Field::Refers("cluster_id", "cluster"),
    "event": Field::Refers("event_id", "event"),
} by [Sort::date("on", "voted_on")]);

table!(ballot "ballot" {
    dialogue_id: Uuid,
    cluster_id: Uuid,
    authority_id: Option<Uuid>,
    choices: String,
    spoiled: bool,
});

impl Readable for Ballot {
    type Entity = ballot::Entity;
    type Row = ballot::Model;

    fn decode(row: ballot::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            dialogue: get!(id, row.dialogue_id),
            cluster: get!(id, row.cluster_id),
            authority: get!(id_null, row.authority_id),
            choices: get!(json, row.choices),
            spoiled: row.spoiled,
        })
    }

    fn encode(&self) -> Self::Row {
        ballot::Model {
            dialogue_id: self.dialogue.uuid(),
            cluster_id: self.cluster.uuid(),
            authority_id: to_uuid(self.authority),
            choices: to_json(&self.choices),
            spoiled: self.spoiled,
            ..ballot::Model::headed(self)
        }
    }
}

stored!(Ballot in ballot {
    "dialogue": Field::Refers("dialogue_id", "dialogue"),
    "cluster": Field::Refers("cluster_id", "cluster"),
    "authority": Field::Refers("authority_id", "local_authority"),
    "spoiled": Field::Column("spoiled"),
} by []);

table!(advocacy_action "advocacy_action" {
    recommendation_id: Uuid,
    dialogue_id: Option<Uuid>,
    kind: String,
    title: String,
    number: Option<String>,
    date: Option<String>,
    addressee_id: Option<Uuid>,
    replied: Option<String>,
    reply_number: Option<String>,
    reply: String,
    status: String,
});

impl Readable for AdvocacyAction {
    type Entity = advocacy_action::Entity;
    type Row = advocacy_action::Model;

    fn decode(row: advocacy_action::Cells<'_>) -> Decoded<Self> {
        Ok(Self {
            head: row.head()?,
            recommendation: get!(id, row.recommendation_id),
            dialogue: get!(id_null, row.dialogue_id),
            kind: get!(coded, row.kind),
            title: get!(json, row.title),
            number: get!(text_null, row.number),
            date: get!(date, row.date),
            addressee: get!(id_null, row.addressee_id),
            replied: get!(date, row.replied),
            reply_number: get!(text_null, row.reply_number),
            reply: get!(json, row.reply),
            status: get!(coded, row.status),
        })
    }

    fn encode(&self) -> Self::Row {
        advocacy_action::Model {
            recommendation_id: self.recommendation.uuid(),
            dialogue_id: to_uuid(self.dialogue),
            kind: self.kind.code().to_owned(),
            title: to_json(&self.title),
            number: self.number.clone(),
            date: to_text(self.date),
            addressee_id: to_uuid(self.addressee),
            replied: to_text(self.replied),
            reply_number: self.reply_number.clone(),
            reply: to_json(&self.reply),
            status: self.status.code().to_owned(),
            ..advocacy_action::Model::headed(self)
        }
    }
}

stored!(AdvocacyAction in advocacy_action {
    "recommendation": Field::Refers("recommendation_id", "recommendation"),
    "dialogue": Field::Refers("dialogue_id", "dialogue"),
    "addressee": Field::Refers("addressee_id", "organisation"),
    "kind": Field::Column("kind"),
    "status": Field::Column("status"),
    "date": Field::Period("date", "date"),
} by [Sort::date("date", "date"), Sort::TITLE]);
