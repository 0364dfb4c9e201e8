//! How much may be asked in a minute: cost for each account, key or address, and attempts to sign in.
//!
//! Each limit is a bucket that fills evenly over a minute (`governor`'s cell rate algorithm). What is full again is
//! forgotten, so the memory that this takes is bounded by who came in the last minute.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Attempts to sign in under one name from one network, a minute.
const ATTEMPTS_PER_NAME: NonZero<u32> = at_least_one(5);
/// Attempts to sign in under one name from anywhere, a minute: so many that nobody keeps its owner out from a desk.
const ATTEMPTS_ANYWHERE: NonZero<u32> = at_least_one(100);
/// Attempts to sign in from one address, a minute.
const ATTEMPTS_PER_ADDRESS: NonZero<u32> = at_least_one(20);
/// Forms of the voting page from one address, a minute: a whole conference may come through one.
const VOTES_PER_ADDRESS: NonZero<u32> = at_least_one(600);
/// As how many of them a code that admits to nothing counts.
const COST_OF_A_WRONG_CODE: u64 = 10;
/// What a key that is not known costs its address: it was looked for in the database.
const COST_OF_A_WRONG_KEY: u64 = 500;
/// How many networks are remembered that owe something, and how many that ran dry.
const MOST_REMEMBERED: usize = 10_000;
/// After so many takes, what is full again is forgotten.
const TIDY_EVERY: u32 = 1 << 12;
/// From so many addresses in one minute on, they are counted by their networks.
const CROWD: usize = 100_000;

const fn at_least_one(number: u32) -> NonZero<u32> {
    match NonZero::new(number) {
        Some(number) => number,
        None => NonZero::<u32>::MIN,
    }
}

/// The limits of one server.
pub(crate) struct Limiter {
    known: Buckets<Uuid>,
    strangers: Buckets<IpAddr>,
    names: Buckets<(IpAddr, [u8; 32])>,
    anywhere: Buckets<[u8; 32]>,
    attempts: Buckets<IpAddr>,
    votes: Buckets<IpAddr>,
    /// What networks owe for wrong codes that their buckets could not pay.
    debts: Mutex<HashMap<IpAddr, u64>>,
    /// Networks whose wrong keys have left nothing, and until when none of theirs is looked for.
    dry: Mutex<HashMap<IpAddr, Instant>>,
    crowded: AtomicBool,
}

/// Seconds until it may be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wait(pub(crate) u64);

impl Wait {
    /// Whole seconds, so that who waits for them has waited long enough.
    fn of(time: Duration) -> Self {
        Self((time.as_secs() + u64::from(time.subsec_nanos() > 0)).max(1))
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Limiter {
    /// Limits on the cost that each account or key, and strangers from each address, may spend in a minute.
    pub(crate) fn new(known: NonZero<u32>, strangers: NonZero<u32>) -> Self {
        Self {
            known: Buckets::new(known),
            strangers: Buckets::new(strangers),
            names: Buckets::new(ATTEMPTS_PER_NAME),
            anywhere: Buckets::new(ATTEMPTS_ANYWHERE),
            attempts: Buckets::new(ATTEMPTS_PER_ADDRESS),
            votes: Buckets::new(VOTES_PER_ADDRESS),
            debts: Mutex::default(),
            dry: Mutex::default(),
            crowded: AtomicBool::new(false),
        }
    }

    /// Takes a cost from an account or a key.
    pub(crate) fn charge_known(&self, id: Uuid, cost: u64) -> Result<(), Wait> {
        self.known.take(&id, cost).map(|_| ())
    }

    /// Takes a cost from strangers of an address.
    pub(crate) fn charge_address(&self, address: Option<IpAddr>, cost: u64) -> Result<(), Wait> {
        if let Some(count) = self.strangers.take(&self.network(address), cost)? {
            self.crowded.store(count > CROWD, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Whether a key from an address is looked for at all: not where wrong ones have left nothing to pay with.
    pub(crate) fn may_bring_a_key(&self, address: Option<IpAddr>) -> Result<(), Wait> {
        let (network, now) = (self.network(address), Instant::now());
        let mut dry = locked(&self.dry);
        match dry.get(&network).copied() {
            None => Ok(()),
            Some(until) if until > now => Err(Wait::of(until.duration_since(now))),
            Some(_) => {
                dry.remove(&network);
                Ok(())
            }
        }
    }

    /// Takes the price of a key that is not known. Where it cannot be paid, no other is looked for until it could be.
    pub(crate) fn wrong_key(&self, address: Option<IpAddr>) -> Result<(), Wait> {
        let spent = self.charge_address(address, COST_OF_A_WRONG_KEY);
        if let Err(Wait(seconds)) = spent {
            let (network, now) = (self.network(address), Instant::now());
            let mut dry = locked(&self.dry);
            if dry.len() >= MOST_REMEMBERED {
                dry.retain(|_, until| *until > now);
            }
            if dry.len() < MOST_REMEMBERED {
                dry.insert(network, now + Duration::from_secs(seconds));
            }
        }
        spent
    }

    /// One attempt to sign in under a name, whether or not anyone has it. Few may come from one network and many from all
    /// together: whoever tries a name out must not thereby keep its owner out, who is elsewhere.
    pub(crate) fn attempt(&self, name: &str, address: Option<IpAddr>) -> Result<(), Wait> {
        self.attempt_from(address)?;
        // Names are kept as hashes, which are short whatever was sent.
        let name: [u8; 32] = Sha256::digest(name.trim().to_lowercase().as_bytes()).into();
        self.names.take(&(self.network(address), name), 1)?;
        self.anywhere.take(&name, 1).map(|_| ())
    }

    /// One attempt from an address that names nobody.
    pub(crate) fn attempt_from(&self, address: Option<IpAddr>) -> Result<(), Wait> {
        self.attempts.take(&self.network(address), 1).map(|_| ())
    }

    /// One form of the voting page. Who owes for wrong codes pays first.
    pub(crate) fn vote(&self, address: Option<IpAddr>) -> Result<(), Wait> {
        let network = self.network(address);
        {
            let mut debts = locked(&self.debts);
            if let Some(debt) = debts.get(&network) {
                self.votes.take(&network, *debt)?;
                debts.remove(&network);
            }
        }
        self.votes.take(&network, 1).map(|_| ())
    }

    /// Takes the price of a voting code that admits to nothing. What a bucket cannot pay is owed, at most a minute of it: else
    /// a bucket that is nearly empty would make wrong codes cheap.
    pub(crate) fn wrong_code(&self, address: Option<IpAddr>) {
        let network = self.network(address);
        let mut debts = locked(&self.debts);
        if self.votes.take(&network, COST_OF_A_WRONG_CODE).is_ok() {
            return;
        }
        if debts.len() >= MOST_REMEMBERED {
            debts.retain(|network, debt| self.votes.take(network, *debt).is_err());
        }
        if debts.len() < MOST_REMEMBERED || debts.contains_key(&network) {
            let debt = debts.entry(network).or_default();
            *debt = (*debt + COST_OF_A_WRONG_CODE).min(u64::from(VOTES_PER_ADDRESS.get()));
        }
    }

    /// Whom an address counts as. One customer of a provider has a whole /64 of IPv6.
    fn network(&self, address: Option<IpAddr>) -> IpAddr {
        let crowded = self.crowded.load(Ordering::Relaxed);
        match address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)) {
            IpAddr::V4(address) if crowded => IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & (u32::MAX << 16))),
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => {
                let host_bits = if crowded { 96 } else { 64 };
                IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << host_bits)))
            }
        }
    }
}

/// Buckets of one size, one for each who takes from them.
struct Buckets<K: Hash + Eq + Clone> {
    limiter: DefaultKeyedRateLimiter<K>,
    size: NonZero<u32>,
    takes: AtomicU32,
}

impl<K: Hash + Eq + Clone> Buckets<K> {
    fn new(size: NonZero<u32>) -> Self {
        Self { limiter: RateLimiter::keyed(Quota::per_minute(size)), size, takes: AtomicU32::new(0) }
    }

    /// Takes so much from a bucket, or says how long until there is so much. Now and then it also says how many there are.
    fn take(&self, key: &K, amount: u64) -> Result<Option<usize>, Wait> {
        // Everything costs something; and what is dearer than a whole bucket takes the whole bucket, lest it never runs.
        let amount = u32::try_from(amount).unwrap_or(u32::MAX).clamp(1, self.size.get());
        let amount = NonZero::new(amount).unwrap_or(NonZero::<u32>::MIN);
        if let Ok(Err(until)) = self.limiter.check_key_n(key, amount) {
            return Err(Wait::of(until.wait_time_from(self.limiter.clock().now())));
        }
        if self.takes.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY < TIDY_EVERY - 1 {
            return Ok(None);
        }
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
        Ok(Some(self.limiter.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter(known: u32, strangers: u32) -> Limiter {
        Limiter::new(at_least_one(known), at_least_one(strangers))
    }

    fn address(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn a_minutes_cost_can_be_spent_at_once_and_then_one_waits() {
        let limiter = limiter(1_000, 100);
        let id = Uuid::from_u128(1);
        assert_eq!(limiter.charge_known(id, 1_000), Ok(()));
        let Err(Wait(seconds)) = limiter.charge_known(id, 500) else { panic!("nothing was left") };
        assert!((29..=30).contains(&seconds), "{seconds}");
        assert_eq!(limiter.charge_known(Uuid::from_u128(2), 1_000), Ok(()), "another account has its own");
    }

    #[test]
    fn what_is_dearer_than_a_minute_takes_the_whole_minute() {
        let limiter = limiter(100, 100);
        assert_eq!(limiter.charge_known(Uuid::nil(), 1_000_000), Ok(()));
        assert!(limiter.charge_known(Uuid::nil(), 0).is_err(), "and nothing is free");
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_address() {
        let limiter = limiter(100, 100);
        assert_eq!(limiter.charge_address(address("2001:db8:0:1::1"), 100), Ok(()));
        assert!(limiter.charge_address(address("2001:db8:0:1:ffff::2"), 100).is_err());
        assert_eq!(limiter.charge_address(address("2001:db8:0:2::1"), 100), Ok(()));
        assert_eq!(limiter.charge_address(address("192.0.2.1"), 100), Ok(()));
        assert_eq!(limiter.charge_address(address("192.0.2.2"), 100), Ok(()));
    }

    #[test]
    fn attempts_are_counted_by_name_and_by_address() {
        let limiter = limiter(1, 1);
        for _ in 0..5 {
            assert_eq!(limiter.attempt("An", address("192.0.2.1")), Ok(()));
        }
        assert!(limiter.attempt(" an ", address("192.0.2.1")).is_err(), "a name is one however it is written");
        for n in 2..97 {
            assert_eq!(limiter.attempt("an", address(&format!("192.0.2.{n}"))), Ok(()), "its owner is elsewhere");
        }
        assert!(limiter.attempt("an", address("192.0.2.97")).is_err(), "but not everywhere");
        for n in 0..20 {
            assert_eq!(limiter.attempt(&format!("name {n}"), address("198.51.100.1")), Ok(()));
        }
        assert!(limiter.attempt("another", address("198.51.100.1")).is_err());
    }

    #[test]
    fn a_wrong_code_that_a_bucket_cannot_pay_is_owed() {
        let limiter = limiter(1, 1);
        let hall = address("192.0.2.1");
        for _ in 0..600 {
            assert_eq!(limiter.vote(hall), Ok(()));
        }
        for _ in 0..6 {
            limiter.wrong_code(hall);
        }
        let Err(Wait(seconds)) = limiter.vote(hall) else { panic!("nothing was owed") };
        assert!((5..=6).contains(&seconds), "{seconds}");
        for _ in 0..1_000 {
            limiter.wrong_code(hall);
        }
        let Err(Wait(seconds)) = limiter.vote(hall) else { panic!("nothing was owed") };
        assert!((58..=60).contains(&seconds), "never more than a minute: {seconds}");
        assert_eq!(limiter.vote(address("192.0.2.2")), Ok(()));
    }

    #[test]
    fn no_key_is_looked_for_where_wrong_ones_have_left_nothing() {
        let limiter = limiter(1, 1_000);
        let (here, elsewhere) = (address("192.0.2.1"), address("192.0.2.2"));
        for _ in 0..2 {
            assert_eq!((limiter.wrong_key(here), limiter.may_bring_a_key(here)), (Ok(()), Ok(())));
        }
        let Err(Wait(seconds)) = limiter.wrong_key(here) else { panic!("something was left") };
        assert!((29..=30).contains(&seconds), "{seconds}");
        assert!(limiter.may_bring_a_key(here).is_err_and(|Wait(left)| (29..=30).contains(&left)));
        assert_eq!(limiter.may_bring_a_key(elsewhere), Ok(()));
    }
}
