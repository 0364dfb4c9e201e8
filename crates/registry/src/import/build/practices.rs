//! Good practices, replications, recommendations, road maps.

use ketnoi_domain::{AdvocacyAction, GoodPractice, Recommendation, Replication, RoadMap, RoadMapStep};
use toml::Spanned;

use super::{Builder, Owner, period};
use crate::import::shape::{ActionShape, PracticeShape, RecommendationShape, Ref, ReplicationShape, RoadMapShape};

impl Builder<'_> {
    pub(super) fn practice(&mut self, practice: &Spanned<PracticeShape>, default_sources: &[Ref]) {
        let p = practice.get_ref();
        let (authority, programme) = (self.refer_null(p.authority.as_ref()), self.refer_null(p.programme.as_ref()));
        let Some(head) = self.top::<GoodPractice>(&p.code, p.visibility) else { return };
        let owner = self.owner(&head);
        self.said(&owner, &p.sources, default_sources, &p.stated, &p.statement);
        let (title, description, theme, since) = (p.title.clone(), p.description.clone(), p.theme, p.since);
        self.keep(practice.span(), GoodPractice { head, title, description, theme, authority, programme, since }, |b| {
            &mut b.practices
        });
    }

    pub(super) fn replication(&mut self, replication: &Spanned<ReplicationShape>, default_sources: &[Ref]) {
        let r = replication.get_ref();
        let (practice, programme) = (self.refer_null(r.practice.as_ref()), self.refer_null(r.programme.as_ref()));
        let Some(authority) = self.refer(&r.authority) else { return };
        let Some(head) = self.top::<Replication>(&r.code, r.visibility) else { return };
        let owner = self.owner(&head);
        self.said(&owner, &r.sources, default_sources, &r.stated, &r.statement);
        let record = Replication {
            head,
            practice,
            authority,
            programme,
            title: r.title.clone(),
            result: r.result.clone(),
            stages: r.stages.clone(),
        };
        self.keep(replication.span(), record, |b| &mut b.replications);
    }

    pub(super) fn recommendation(&mut self, recommendation: &Spanned<RecommendationShape>, default_sources: &[Ref]) {
        let r = recommendation.get_ref();
        let (document, event) = (self.refer_null(r.document.as_ref()), self.refer_null(r.event.as_ref()));
        let (programme, addressee) = (self.refer_null(r.programme.as_ref()), self.refer_null(r.addressee.as_ref()));
        let Some(head) = self.top::<Recommendation>(&r.code, r.visibility) else { return };
        let owner = self.owner(&head);
        self.said(&owner, &r.sources, default_sources, &Vec::new(), &r.statement);
        let record = Recommendation {
            head,
            number: r.number.clone(),
            title: r.title.clone(),
            text: r.text.clone(),
            document,
            event,
            programme,
            addressee,
            status: r.status,
        };
        for action in &r.action {
            self.action(action, &record, &owner);
        }
        self.keep(recommendation.span(), record, |b| &mut b.recommendations);
    }

    fn action(&mut self, action: &Spanned<ActionShape>, recommendation: &Recommendation, owner: &Owner) {
        let a = action.get_ref();
        let (dialogue, addressee) = (self.refer_null(a.dialogue.as_ref()), self.refer_null(a.addressee.as_ref()));
        let Some(head) = self.part::<AdvocacyAction>(owner, format_args!("action:{}", a.code.get_ref()), a.code.span()) else {
            return;
        };
        let own = self.owner(&head);
        self.sources(&own, &a.sources, &[]);
        let record = AdvocacyAction {
            head,
            recommendation: recommendation.head.id,
            dialogue,
            kind: a.kind,
            title: a.title.clone(),
            number: a.number.clone(),
            date: a.date,
            addressee,
            replied: a.replied,
            reply_number: a.reply_number.clone(),
            reply: a.reply.clone(),
            status: a.status,
        };
        self.keep(action.span(), record, |b| &mut b.actions);
    }

    pub(super) fn road_map(&mut self, road_map: &Spanned<RoadMapShape>, default_sources: &[Ref]) {
        let r = road_map.get_ref();
        let (programme, event) = (self.refer_null(r.programme.as_ref()), self.refer_null(r.event.as_ref()));
        let Some(head) = self.top::<RoadMap>(&r.code, r.visibility) else { return };
        let (id, owner) = (head.id, self.owner(&head));
        self.said(&owner, &r.sources, default_sources, &Vec::new(), &r.statement);
        let (title, description) = (r.title.clone(), r.description.clone());
        let record = RoadMap { head, title, description, programme, event, period: period(r.from, r.to) };
        self.keep(road_map.span(), record, |b| &mut b.road_maps);
        for step in &r.step {
            let s = step.get_ref();
            let (recommendation, responsible) =
                (self.refer_null(s.recommendation.as_ref()), self.refer_null(s.responsible.as_ref()));
            let Some(head) = self.part(&owner, format_args!("step:{}", s.number.get_ref()), s.number.span()) else { continue };
            let record = RoadMapStep {
                head,
                road_map: id,
                recommendation,
                number: *s.number.get_ref(),
                title: s.title.clone(),
                responsible,
                due: s.due,
                done: s.done,
                status: s.status,
            };
            self.keep(step.span(), record, |b| &mut b.steps);
        }
    }

    /// The rules between replications and their practices, which may stand in any file.
    pub(super) fn check_replications(&mut self) {
        let practices: std::collections::HashMap<_, _> =
            self.built.batch.practices.iter().map(|p| (p.head.id, p.clone())).collect();
        for replication in self.built.batch.replications.clone() {
            let Some(practice) = replication.practice.and_then(|p| practices.get(&p)) else { continue };
            self.faults_of_kept(&replication.head, replication.faults_of(practice));
        }
    }
}
