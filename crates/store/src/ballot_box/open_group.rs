//! Open groups: anyone who scans a public link is given a code on demand.
//!
//! Owns a plan's key for them, what follows from it (a browser's code, the challenge that comes before one), the
//! issuing, and the counts by the hour. Refuses to own the work that a challenge asks for and the spelling of codes
//! (`wire`), and cookies and addresses (the API). A code issued here is stored and burned as one from a card.
//!
//! # One for each browser, without a list of browsers
//!
//! A browser has a token in a cookie, drawn here and kept nowhere else. Its code is a keyed hash of the token, the
//! period and the group: asking again gives the same code, also when the first answer was lost, and nothing that is
//! stored leads from a code to a browser. A challenge is bound to the same token, so a solved one buys one code
//! however often it is sent: there is nothing to gain by replaying it, and no list of spent ones to keep.
//!
//! # Counts by the hour
//!
//! They count codes when they are **issued**, in a write of its own, in `main`. Counting ballots by the hour they are
//! cast would tell of a lone ballot of an hour when it was cast; an issued code has no marks, and when its ballot
//! comes is the voter's affair. The count comes before the code: a try that breaks off in between leaves a count
//! too high by one, never a code that was not counted, since the counts are there to show stuffing.

use std::fmt;

use scoring::plan_document::BallotKind;
use subtle::ConstantTimeEq;
pub use wire::code::IssuedHour;

use crate::database::{Item, Key, Table, Update, Write, WriteFault, keys};
use crate::error::StoreError;
use crate::ids::{CodeHash, PlanId, Timestamp, unhex};
use crate::keyed_hash::keyed_hash;
use crate::limits::{ATTEMPTS, CHALLENGE_LIFE, DAY, HOUR, HOUR_COUNTERS};
use crate::plan::frozen_plan::FrozenPlan;
use crate::store::Store;

/// What a browser is known by, in its cookie and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct BrowserToken([u8; 32]);

impl BrowserToken {
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<BrowserToken> {
        unhex(text).map(BrowserToken)
    }
}

/// 64 hexadecimal digits.
impl fmt::Display for BrowserToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// Never the token itself: what is printed may end in a log.
impl fmt::Debug for BrowserToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrowserToken(..)")
    }
}

/// An open group in a period of a plan that takes votes.
pub struct Channel {
    plan: PlanId,
    period: String,
    group: String,
    per_network: Option<u64>,
    /// The stage to which its papers are narrowed, where the group marks in the other, too.
    stage: Option<u8>,
    key: [u8; 32],
}

impl Channel {
    /// The group's id.
    pub fn group(&self) -> &str {
        &self.group
    }

    /// Codes that the plan lets one network have in a day, if it says so.
    pub fn per_network(&self) -> Option<u64> {
        self.per_network
    }

    /// A keyed hash of what is asked for in this channel.
    fn hash(&self, what: &str, parts: &[&str]) -> [u8; 32] {
        let place = [what, self.plan.as_str(), &self.period, &self.group];
        keyed_hash(&self.key, &[&place, parts].concat())
    }

    /// The 80 bits of a browser's code: another one in stage 2, where the group marked in stage 1 apart.
    pub fn code(&self, browser: &BrowserToken) -> [u8; 10] {
        let browser = browser.to_string();
        let again = self.stage.filter(|stage| *stage > 1).map(|stage| stage.to_string());
        let parts: Vec<&str> = [Some(browser.as_str()), again.as_deref()].into_iter().flatten().collect();
        let hash = self.hash("pingyi-open-code", &parts);
        let mut code = [0; 10];
        code.copy_from_slice(&hash[..10]);
        code
    }

    fn challenge_until(&self, browser: &BrowserToken, end: Timestamp) -> String {
        let end = end.0.to_string();
        let seal = self.hash("pingyi-open-challenge", &[&browser.to_string(), &end]);
        format!("{end}.{}", hex::encode(seal))
    }
}

impl Store {
    /// Draws what a browser will be known by.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub fn draw_browser_token(&self) -> Result<BrowserToken, StoreError> {
        self.draw.bytes().map(BrowserToken)
    }

    /// Makes the key of a plan's open groups, if it has any. An opening that is repeated keeps the first.
    pub(crate) async fn make_open_key(&self, frozen: &FrozenPlan) -> Result<(), StoreError> {
        if !frozen.plan.groups().iter().any(|group| group.ballot == BallotKind::Open) {
            return Ok(());
        }
        let key: [u8; 32] = self.draw.bytes()?;
        let item = Item::at(keys::open_key(&frozen.id)).with_bytes("secret", key.to_vec());
        self.database.write(Table::Main, Write::put_new(item), &self.pause).await?;
        Ok(())
    }

    /// An open group in a period, while votes are taken.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the plan; [`StoreError::PlanNotOpen`], [`StoreError::PlanClosed`];
    /// [`StoreError::UnknownPlace`] when there is no such period, or no such group that is open and marks anything.
    pub async fn channel(&self, plan: &PlanId, period: &str, group: &str) -> Result<Channel, StoreError> {
        let head = self.plan_head(plan).await?;
        head.check_voting()?;
        let frozen = self.frozen(&head).await?;
        let mut groups = frozen.plan.groups().iter();
        let open = groups.find(|known| known.id == group && known.ballot == BallotKind::Open);
        let known = open.is_some()
            && frozen.layout.group(group).is_some()
            && frozen.layout.periods.iter().any(|known| known == period);
        if !known {
            return Err(StoreError::UnknownPlace);
        }
        let stage = self.open_rounds(&head, &frozen, period, group).await?.stage;
        let item = self.database.get(Table::Main, &keys::open_key(plan)).await?.ok_or(StoreError::Corrupt)?;
        let key = item.bytes("secret")?.try_into().map_err(|_| StoreError::Corrupt)?;
        let per_network = open.and_then(|group| group.per_network);
        let (period, group) = (period.to_owned(), group.to_owned());
        Ok(Channel { plan: plan.clone(), period, group, per_network, stage, key })
    }

    /// A challenge for a browser without a code.
    pub fn challenge(&self, channel: &Channel, browser: &BrowserToken) -> String {
        channel.challenge_until(browser, self.now().plus(CHALLENGE_LIFE))
    }

    /// Whether a challenge is this channel's and this browser's, and not too old.
    pub fn is_challenge(&self, channel: &Channel, browser: &BrowserToken, challenge: &str) -> bool {
        let end = challenge.split_once('.').and_then(|(end, _)| end.parse().ok()).map(Timestamp);
        let Some(end) = end.filter(|end| *end > self.now()) else { return false };
        channel.challenge_until(browser, end).as_bytes().ct_eq(challenge.as_bytes()).into()
    }

    /// Whether a code was issued, used or not.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn has_code(&self, plan: &PlanId, code: &CodeHash) -> Result<bool, StoreError> {
        Ok(self.database.get(Table::Box, &keys::code(plan, code)).await?.is_some())
    }

    /// Issues a browser's code and counts it in its hour. `false`: it was there.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], and then it may be asked for again.
    pub async fn issue_code(&self, channel: &Channel, code: &CodeHash) -> Result<bool, StoreError> {
        if self.has_code(&channel.plan, code).await? {
            return Ok(false);
        }
        self.count_issued_now(channel).await?;
        // Codes of cards are counted by reading them; these by the hour alone.
        let item = Item::at(keys::code(&channel.plan, code))
            .with_text("term", channel.period.as_str())
            .with_text("voters", channel.group.as_str())
            .with_flag(ON_DEMAND, true);
        let mut unsure = false;
        for attempt in 0..ATTEMPTS {
            match self.database.transact(Table::Box, vec![Write::put_new(item.clone())]).await {
                Ok(()) => return Ok(true),
                // It may have been an earlier try, whose answer was lost.
                Err(WriteFault::Conditions(_)) => return Ok(unsure),
                Err(WriteFault::Contended) => {}
                Err(WriteFault::Unsure) => unsure = true,
            }
            self.pause.before_retry(attempt).await?;
        }
        Err(StoreError::Unavailable)
    }

    async fn count_issued_now(&self, channel: &Channel) -> Result<(), StoreError> {
        let now = self.now().0;
        let counter = self.draw.below(HOUR_COUNTERS)?;
        let sort = format!("{}#{}#{}#{counter}", channel.period, channel.group, now.div_euclid(DAY));
        let add = format!("ADD {} :i", hour_attribute(now.rem_euclid(DAY) / HOUR));
        let more = Write::from(Update::of(Key::new(keys::hours_partition(&channel.plan), sort), add).with(":i", 1));
        for attempt in 0..ATTEMPTS {
            match self.database.transact(Table::Main, vec![more.clone()]).await {
                Ok(()) => return Ok(()),
                // It may have been counted. Whoever asked will ask again, and that counts again.
                Err(WriteFault::Conditions(_) | WriteFault::Unsure) => return Err(StoreError::Unavailable),
                Err(WriteFault::Contended) => self.pause.before_retry(attempt).await?,
            }
        }
        Err(StoreError::Unavailable)
    }

    /// The codes issued on demand in one group and period, by the hour, the hours without any left out.
    pub(crate) async fn issued_hours(
        &self,
        plan: &PlanId,
        period: &str,
        group: &str,
    ) -> Result<Vec<IssuedHour>, StoreError> {
        let mut hours = std::collections::BTreeMap::new();
        let prefix = format!("{period}#{group}#");
        for item in self.database.query_all(Table::Main, &keys::hours_partition(plan), &prefix).await? {
            let mut rest = item.sort_key()?[prefix.len()..].split('#');
            let day: i64 = rest.next().and_then(|day| day.parse().ok()).ok_or(StoreError::Corrupt)?;
            for hour in 0..24 {
                let issued = item.count(&hour_attribute(hour))?;
                if issued > 0 {
                    *hours.entry(day * DAY + hour * HOUR).or_insert(0) += issued;
                }
            }
        }
        Ok(hours.into_iter().map(|(from, issued)| IssuedHour { from, issued }).collect())
    }
}

/// The mark of a code that was issued on demand.
pub(crate) const ON_DEMAND: &str = "on_demand";

fn hour_attribute(hour: i64) -> String {
    format!("h{hour}")
}
