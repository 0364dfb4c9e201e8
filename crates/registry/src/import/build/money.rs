//! The money of a programme: agreements, budget, movements, contributions in kind.

use ketnoi_domain::{
    Agreement, BudgetLine, BudgetStatus, BudgetType, Id, InKindContribution, Programme, Transaction, Visibility,
};

use super::{Builder, Owner, period};
use crate::import::shape::ProgrammeShape;

impl Builder<'_> {
    pub(super) fn money(&mut self, p: &ProgrammeShape, programme: Id<Programme>, owner: &Owner) {
        let has_agreement = |code: &String| p.agreement.iter().any(|a| a.get_ref().code.get_ref() == code);
        let has_line = |number: &String| p.budget_line.iter().any(|b| b.get_ref().number.get_ref() == number);
        for agreement in &p.agreement {
            let a = agreement.get_ref();
            let (funder, recipient) = (self.find(&a.funder), self.refer_null(a.recipient.as_ref()));
            // What a hidden funder agreed to is hidden with it.
            let limit = funder.map_or(Visibility::Public, |(_, limit)| limit);
            let limited = Owner { effective: owner.effective.min(limit), ..owner.clone() };
            let Some(head) = self.part(&limited, format_args!("agreement:{}", a.code.get_ref()), a.code.span()) else { continue };
            let own = self.owner::<Agreement>(&head);
            self.said(&own, &a.sources, &[], &Vec::new(), &a.statement);
            let Some((funder, _)) = funder else { continue };
            let record = Agreement {
                head,
                programme,
                funder,
                recipient,
                title: a.title.clone(),
                reference: a.reference.clone(),
                signed: a.signed,
                period: period(a.from, a.to),
                eligible_cost: a.eligible_cost,
                funder_share: a.funder_share,
                ceiling: a.ceiling,
                rate_rule: a.rate_rule,
                instalments: a.instalments.clone(),
                amendments: a.amendments.clone(),
                reports_due: a.reports_due.clone(),
            };
            self.keep(agreement.span(), record, |b| &mut b.agreements);
        }
        for line in &p.budget_line {
            let b = line.get_ref();
            let agreement = self.own(owner, "agreement", b.agreement.as_ref(), has_agreement);
            let Some(head) = self.part(owner, format_args!("budget_line:{}", b.number.get_ref()), b.number.span()) else {
                continue;
            };
            let record = BudgetLine {
                head,
                programme,
                agreement,
                number: b.number.get_ref().clone(),
                title: b.title.clone(),
                kind: b.r#type.unwrap_or(BudgetType::Original),
                status: b.status.unwrap_or(BudgetStatus::Indicative),
                period: period(b.from, b.to),
                value: b.value,
                eligible: b.eligible.unwrap_or(true),
                explanation: b.explanation.clone(),
                forecast: b.forecast,
            };
            self.keep(line.span(), record, |b| &mut b.budget_lines);
        }
        for transaction in &p.transaction {
            let t = transaction.get_ref();
            let agreement = self.own(owner, "agreement", t.agreement.as_ref(), has_agreement);
            let budget_line = self.own(owner, "budget_line", t.budget_line.as_ref(), has_line);
            let (provider, receiver) = (self.refer_null(t.provider.as_ref()), self.refer_null(t.receiver.as_ref()));
            let document = self.refer_null(t.document.as_ref());
            let Some(head) = self.part(owner, format_args!("transaction:{}", t.code.get_ref()), t.code.span()) else { continue };
            let record = Transaction {
                head,
                programme,
                agreement,
                budget_line,
                kind: t.r#type,
                date: t.date.0,
                value: t.value,
                provider,
                receiver,
                description: t.description.clone(),
                voucher: t.voucher.clone(),
                document,
            };
            self.keep(transaction.span(), record, |b| &mut b.transactions);
        }
        for contribution in &p.in_kind {
            let c = contribution.get_ref();
            let contributor = self.refer(&c.contributor);
            let Some(head) = self.part(owner, format_args!("in_kind:{}", c.code.get_ref()), c.code.span()) else { continue };
            let Some(contributor) = contributor else { continue };
            let record = InKindContribution {
                head,
                programme,
                contributor,
                description: c.description.clone(),
                value: c.value,
                date: c.date,
                valuer: c.valuer.clone(),
                basis: c.basis.clone(),
            };
            self.keep(contribution.span(), record, |b| &mut b.in_kind);
        }
    }
}
