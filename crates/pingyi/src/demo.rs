//! The demo: one appraisal under way and one published, made from the Yuanba template.
//!
//! Owns invented departments, ballots and records; what comes after the vote stands in `demo_story`. Plans, codes, ballots
//! and records go through the store, as real ones do. Marks are drawn from a fixed seed, so that every demo looks alike; codes and
//! ballot ids are random.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use api::FirstStart;
use scoring::Record;
use scoring::ballot::{Mark, Paper, check};
use scoring::json::Value;
use scoring::plan_document::{TaskDocument, UnitDocument};
use scoring::{PlanDocument, ResultDocument, templates};
use store::{Actor, BallotId, CodeHash, NewCodes, PlanId, Prepared, RecordKind, State, Store, StoreError, Timestamp};

use crate::demo_story::{self, FORGOTTEN};

const ADMIN: Actor<'static> = Actor { name: "admin" };

const OPEN_TITLE: &str = "元坝镇2018年政风行风评议和内设机构作风效能评测（演示）";
const PUBLISHED_TITLE: &str = "元坝镇2017年内设机构作风效能评测（演示）";

/// The source names two units; the others are those that a township usually has. The figure, out of 100,
/// says how content voters are with the unit. The tasks of the first two stand in the template.
const UNITS: [(&str, &str, u64, &[&str]); 10] = [
    ("forestry", "林业站", 78, &[]),
    ("building", "村建所", 61, &[]),
    ("party_office", "党政办公室", 74, &["来信来访接待", "村务公开指导"]),
    ("finance", "财政所", 82, &["惠农补贴发放", "村级财务代理"]),
    ("social_affairs", "社会事务办公室", 70, &["低保和救助办理", "年度养老服务任务"]),
    ("agriculture", "农业服务中心", 80, &["农技推广", "年度高标准农田任务"]),
    ("water", "水务站", 66, &["安全饮水维护", "年度水库除险任务"]),
    ("service_center", "便民服务中心", 86, &["窗口办件", "代办上门"]),
    ("land", "国土资源所", 58, &["宅基地审批", "地质灾害巡查"]),
    ("labour", "劳动保障所", 72, &["社保经办", "年度就业培训任务"]),
];

/// Groups of the template: codes issued and ballots cast in the open appraisal. Of each group so many that its tallies
/// show while voting is open, for they move in steps of ten, ten ballots behind.
const GROUPS: [(&str, usize, usize); 8] = [
    ("leaders", 26, 22),
    ("staff", 42, 36),
    ("supervisors", 30, 24),
    ("panel", 26, 22),
    ("clients", 120, 84),
    ("competent", 28, 23),
    ("served", 90, 63),
    ("monitors", 28, 22),
];

/// Why the demo could not be made.
#[derive(Debug)]
pub(crate) enum DemoError {
    /// The store refused or failed.
    Store(StoreError),
    /// The template is not what this module expects.
    Template,
    /// The operating system gave no randomness.
    Randomness,
}

impl fmt::Display for DemoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DemoError::Store(error) => error.fmt(f),
            DemoError::Template => f.write_str("the template has changed"),
            DemoError::Randomness => f.write_str("no randomness"),
        }
    }
}

impl From<StoreError> for DemoError {
    fn from(error: StoreError) -> DemoError {
        DemoError::Store(error)
    }
}

/// The addresses to print.
pub(crate) struct Shown {
    open: PlanId,
    code: String,
    published: PlanId,
}

impl Shown {
    /// Three addresses: office, ballot, public result.
    pub(crate) fn lines(&self, base: &str, first: &FirstStart) -> Vec<String> {
        let password = match first {
            FirstStart::Drawn(password) => format!("admin / {password}"),
            FirstStart::Created => "admin / PINGYI_ADMIN_PASSWORD".to_owned(),
            FirstStart::NotFirst => "admin（密码同第一次启动 / password as at the first start）".to_owned(),
        };
        vec![
            format!("工作人员 office  {base}/office  {password}"),
            format!("投票 ballot      {base}/ballot/{}#{}", self.open, wire::code::grouped(&self.code)),
            format!("公布 public      {base}/public/{}", self.published),
        ]
    }
}

/// Makes the demo unless it is there, and a fresh code for the ballot link.
pub(crate) async fn prepare(store: &Store) -> Result<Shown, DemoError> {
    let published = match find(store, PUBLISHED_TITLE, State::Published).await? {
        Some(plan) => plan,
        None => last_year(store).await?,
    };
    let open = match find(store, OPEN_TITLE, State::Open).await? {
        Some(plan) => plan,
        None => this_year(store, &published).await?,
    };
    let code = issue(store, &open, "clients", 1).await?.pop().ok_or(DemoError::Randomness)?;
    Ok(Shown { open, code, published })
}

async fn find(store: &Store, title: &str, state: State) -> Result<Option<PlanId>, DemoError> {
    let mut after = None;
    loop {
        let page = store.list_plans(100, after.as_ref()).await?;
        if let Some(head) = page.items.into_iter().find(|head| head.title == title && head.state == state) {
            return Ok(Some(head.id));
        }
        after = page.next;
        if after.is_none() {
            return Ok(None);
        }
    }
}

fn plan(title: &str, year: u64, units: usize) -> Result<Value, DemoError> {
    let template = templates::find("yuanba").ok_or(DemoError::Template)?;
    let value = Value::parse(template.document.as_bytes()).map_err(|_| DemoError::Template)?;
    let mut plan = PlanDocument::read(&value).map_err(|_| DemoError::Template)?;
    plan.title = title.to_owned();
    plan.year = Some(year);
    for period in &mut plan.periods {
        period.name = format!("{year}年度");
    }
    for (id, name, _, tasks) in UNITS.iter().take(units) {
        if !plan.units.iter().any(|unit| unit.id == *id) {
            let (id, name) = ((*id).to_owned(), (*name).to_owned());
            let task = |(number, name): (usize, &&str)| TaskDocument {
                id: format!("task{number}"),
                name: (*name).to_owned(),
                weight: None,
            };
            Arc::make_mut(&mut plan.units).push(UnitDocument {
                id,
                name,
                category: "dept".to_owned(),
                tasks: Some((1..).zip(*tasks).map(task).collect()),
                ..UnitDocument::default()
            });
        }
    }
    let json = serde_json::to_vec(&plan).map_err(|_| DemoError::Template)?;
    Value::parse(&json).map_err(|_| DemoError::Template)
}

/// The appraisal under way: most have voted, offices have given some records.
async fn this_year(store: &Store, published: &PlanId) -> Result<PlanId, DemoError> {
    let id = store.create_plan(ADMIN, &plan(OPEN_TITLE, 2018, UNITS.len())?).await?.id;
    let mut codes = Vec::new();
    for (group, issued, cast) in GROUPS {
        let issued = issue(store, &id, group, issued).await?;
        codes.extend(issued.into_iter().take(cast).map(|code| (group, code)));
    }
    store.open_plan(ADMIN, &id, &[]).await?;
    vote(store, &id, codes, 2018).await?;
    record(
        store,
        &id,
        RecordKind::Adjustment,
        r#"{"period":"year","rule":"commended","unit":"forestry","level":"district"}"#,
        "区林业局通报表扬文件（演示）",
    )
    .await?;
    record(
        store,
        &id,
        RecordKind::Adjustment,
        r#"{"period":"year","rule":"violation","unit":"building","points":"2.5"}"#,
        "9月明察暗访通报（演示）",
    )
    .await?;
    let history = history(store, published, 2017).await?;
    record(store, &id, RecordKind::History, &history, "2017年度评测结果（演示）").await?;
    demo_story::find(store, ADMIN, &id).await?;
    Ok(id)
}

/// A small appraisal that is over.
async fn last_year(store: &Store) -> Result<PlanId, DemoError> {
    let id = match find(store, PUBLISHED_TITLE, State::Closed).await? {
        Some(id) => id,
        None => {
            let id = store.create_plan(ADMIN, &plan(PUBLISHED_TITLE, 2017, 8)?).await?.id;
            let mut codes = Vec::new();
            for (group, _, cast) in GROUPS {
                let issued = issue(store, &id, group, (cast / 4).max(6)).await?;
                codes.extend(issued.into_iter().map(|code| (group, code)));
            }
            store.open_plan(ADMIN, &id, &[]).await?;
            vote(store, &id, codes, 2017).await?;
            id
        }
    };
    store.close_plan(ADMIN, &id).await?;
    demo_story::publish(store, ADMIN, &id, now()).await?;
    let forgotten = format!(r#"{{"period":"year","rule":"commended","unit":"{FORGOTTEN}","level":"district"}}"#);
    let add = record(store, &id, RecordKind::Adjustment, &forgotten, "区水利局通报表扬文件（演示）");
    demo_story::correct(store, ADMIN, &id, add).await?;
    demo_story::put_right(store, ADMIN, &id).await?;
    demo_story::show(store, ADMIN).await?;
    Ok(id)
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

async fn record(store: &Store, plan: &PlanId, kind: RecordKind, json: &str, evidence: &str) -> Result<(), DemoError> {
    let body = Value::parse(json.as_bytes()).map_err(|_| DemoError::Template)?;
    let record = Record::read(kind, &body).map_err(|_| DemoError::Template)?;
    store.put_record(ADMIN, plan, &record, Some(evidence)).await?;
    Ok(())
}

/// The outcomes of a published appraisal as a later one's history.
async fn history(store: &Store, published: &PlanId, year: u64) -> Result<String, DemoError> {
    let publication = store.publication(published).await?;
    let json = serde_json::to_string(&publication.result).map_err(|_| DemoError::Template)?;
    let result = serde_json::from_str::<ResultDocument>(&json).map_err(|_| DemoError::Template)?;
    let years = result.units.iter().filter(|unit| !unit.outcomes.is_empty()).map(|unit| {
        let outcomes: Vec<String> = unit.outcomes.iter().map(|outcome| format!("\"{outcome}\"")).collect();
        format!(r#"{{"year":{year},"unit":"{}","outcomes":[{}]}}"#, unit.unit, outcomes.join(","))
    });
    Ok(format!(r#"{{"history":[{}]}}"#, years.collect::<Vec<_>>().join(",")))
}

/// Fresh codes for a group, drawn as an office's browser draws them.
async fn issue(store: &Store, plan: &PlanId, group: &str, count: usize) -> Result<Vec<String>, DemoError> {
    let mut codes = Vec::with_capacity(count);
    for _ in 0..count {
        let mut random = [0; 10];
        getrandom::fill(&mut random).map_err(|_| DemoError::Randomness)?;
        codes.push(wire::code::write(random));
    }
    let hashes: Vec<CodeHash> = codes.iter().map(|code| hash(plan, code)).collect();
    let new = NewCodes { period: "year", group, hashes: &hashes, units: None, unit: None };
    store.add_codes(ADMIN, plan, new).await?;
    Ok(codes)
}

fn hash(plan: &PlanId, code: &str) -> CodeHash {
    CodeHash::from(wire::code::hash(plan.as_str(), code))
}

/// Casts one ballot with every code, one after the other, so that tallies move at each step's first ballot.
async fn vote(store: &Store, plan: &PlanId, codes: Vec<(&str, String)>, seed: u64) -> Result<(), DemoError> {
    let frozen = store.frozen_plan(plan).await?;
    let mut dice = Dice(seed);
    for (group, code) in codes {
        let marks = fill(&Paper::new(&frozen.plan, group, None, None), &mut dice);
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(|_| DemoError::Randomness)?;
        cast(store, plan, &code, BallotId::from(id), &marks).await?;
    }
    Ok(())
}

async fn cast(store: &Store, plan: &PlanId, code: &str, ballot: BallotId, marks: &[Mark]) -> Result<(), DemoError> {
    if let Prepared::Ready(ready) = store.prepare_ballot(plan, &hash(plan, code), &ballot).await? {
        debug_assert!(check(&ready.voter().paper(), marks).is_empty(), "the demo casts valid ballots");
        store.cast_ballot(ready, marks).await?;
    }
    Ok(())
}

/// A ballot: units with a high figure get more of the first option, and some units stay blank. Of one that is marked on its
/// tasks, all have the same option.
fn fill(paper: &Paper, dice: &mut Dice) -> Vec<Mark> {
    let mut marks = Vec::new();
    // Some voters mark better than others.
    let kindness = dice.below(30);
    for section in &paper.sections {
        for unit in &section.units {
            let regard = UNITS.iter().find(|(id, ..)| *id == unit.id).map_or(70, |(_, _, regard, _)| *regard);
            let throw = dice.below(100);
            let place = if throw < (regard + kindness).saturating_sub(22).min(96) {
                0
            } else if throw < (regard + kindness + 14).min(99) {
                1
            } else {
                2
            };
            let blank = dice.below(100) < 4;
            let Some(option) = section.options.get(place).filter(|_| !blank || marks.is_empty()) else { continue };
            let criteria = section.criteria_of(unit);
            let marked = |criterion: Option<String>| Mark {
                component: section.component.clone(),
                unit: unit.id.clone(),
                criterion,
                option: option.id.clone(),
            };
            if criteria.is_empty() {
                marks.push(marked(None));
            }
            marks.extend(criteria.iter().map(|criterion| marked(Some(criterion.id.clone()))));
        }
    }
    marks
}

/// SplitMix64: a fixed seed, the same demo everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}
