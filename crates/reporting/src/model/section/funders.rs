//! What moved under each agreement, in its currency: shared by the table of funders and the picture of them.

use ketnoi_domain::{Currency, Money, TransactionType};

use super::{
    asked::Asked,
    budget::{balanced, is_spending, less, sum},
    exchange::{Exchange, Sum},
};
use crate::{AgreementFacts, ReportError, Snapshot, TransactionFacts};

/// What moved under an agreement up to the end of the period that was asked for.
pub(super) struct Account<'a> {
    pub(super) agreement: &'a AgreementFacts,
    /// The most that the funder pays, as it stands now.
    pub(super) committed: Option<Money>,
    /// What came in and what was spent; none where nothing of the sort is registered: that is not known to be nought.
    pub(super) received: Option<Sum<'a>>,
    pub(super) spent: Option<Sum<'a>>,
    /// What was received and not spent.
    pub(super) balance: Option<Money>,
}

/// The accounts of a programme, with what was spent under no agreement.
pub(super) struct Accounts<'a> {
    pub(super) accounts: Vec<Account<'a>>,
    pub(super) outside: Vec<&'a TransactionFacts>,
}

impl<'a> Account<'a> {
    /// The currency in which it is kept.
    pub(super) fn currency(&self) -> Option<Currency> {
        self.committed.map(Money::currency).or(self.received.as_ref().or(self.spent.as_ref()).map(|s| s.amount.currency()))
    }

    fn of(
        subject: &str,
        exchange: &Exchange<'a>,
        agreement: &'a AgreementFacts,
        moved: &[&'a TransactionFacts],
    ) -> Result<Self, ReportError> {
        let committed = agreement.current_ceiling.or(agreement.original_ceiling);
        // An agreement that states no amount is kept in the currency in which it was first paid.
        let first = moved.iter().find(|t| is_receipt(t)).or(moved.iter().find(|t| is_spending(t)));
        let currency = committed.or(agreement.eligible_cost).or(first.map(|t| t.value)).map(Money::currency);
        let own = |counts: fn(&TransactionFacts) -> bool| -> Result<Option<Sum<'a>>, ReportError> {
            let counted: Vec<&TransactionFacts> = moved.iter().copied().filter(|t| counts(t)).collect();
            let Some(currency) = currency.filter(|_| !counted.is_empty()) else { return Ok(None) };
            let counted = counted.into_iter().map(|t| (t, Some(agreement.code.as_str())));
            exchange.sum(subject, currency, counted).map(Some)
        };
        let (received, spent) = (own(is_receipt)?, own(is_spending)?);
        let whole = |sum: &Option<Sum<'_>>| sum.as_ref().filter(|s| s.is_whole()).map(|s| s.amount);
        let balance = whole(&received).zip(whole(&spent)).map(|(r, s)| less(subject, r, s)).transpose()?;
        Ok(Self { agreement, committed, received, spent, balance })
    }
}

impl<'a> Accounts<'a> {
    /// The accounts at the end of a period. All that was spent is under one agreement or outside of them.
    pub(super) fn of(snapshot: &'a Snapshot, subject: &str, exchange: &Exchange<'a>, asked: Asked) -> Result<Self, ReportError> {
        let finance = &snapshot.finance;
        let under = |t: &'a TransactionFacts| -> Option<&'a str> {
            let line = || finance.budget_lines.iter().find(|l| Some(l.code.as_str()) == t.budget_line.as_deref());
            t.agreement.as_deref().or_else(|| line()?.agreement.as_deref())
        };
        let moved: Vec<(&TransactionFacts, Option<&str>)> =
            finance.transactions.iter().filter(|t| asked.reaches(t.date)).map(|t| (t, under(t))).collect();
        let mut accounts = Vec::with_capacity(snapshot.agreements.len());
        let mut counted: Vec<Money> = Vec::new();
        for agreement in &snapshot.agreements {
            let own = moved.iter().filter(|(_, code)| *code == Some(agreement.code.as_str())).map(|(t, _)| *t);
            let own: Vec<&TransactionFacts> = own.collect();
            counted.extend(own.iter().filter(|t| is_spending(t)).map(|t| t.value));
            accounts.push(Account::of(subject, exchange, agreement, &own)?);
        }
        let known = |code: &Option<&str>| code.is_some_and(|code| snapshot.agreements.iter().any(|a| a.code == code));
        let outside = moved.iter().filter(|(t, code)| is_spending(t) && !known(code)).map(|(t, _)| *t);
        let outside: Vec<&TransactionFacts> = outside.collect();
        counted.extend(outside.iter().map(|t| t.value));
        let all = moved.iter().filter(|(t, _)| is_spending(t)).map(|(t, _)| t.value);
        balanced(subject, &sum(subject, counted)?, &sum(subject, all)?)?;
        Ok(Self { accounts, outside })
    }
}

/// Whether a movement of money is a payment that came in.
pub(super) fn is_receipt(t: &TransactionFacts) -> bool {
    t.kind == TransactionType::IncomingFunds
}
