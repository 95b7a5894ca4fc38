//! What a page of findings or of items of rectification costs does not grow with how many there are.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use store::{Cursor, FindingList, PlanId, RectificationList, Store, Timestamp};
use wire::finding::FindingRequest;
use wire::rectification::{
    Rectification, RectificationCounts, RectificationRequest, RectificationState, ReportRequest,
};

use crate::capacity::{Meter, Reading};
use crate::dice::setting;
use crate::house::{House, OFFICE, UNITS};

/// Rows of a page.
const ROWS: usize = 50;

/// Rows of a page of an export.
const EXPORTED: usize = 200;

/// The house's clock stands in November 2023.
const LATE: &str = "2023-10-31";
const IN_TIME: &str = "2023-12-31";

fn item(number: u64) -> RectificationRequest {
    RectificationRequest {
        key: None,
        unit: UNITS[number as usize % UNITS.len()].to_owned(),
        matter: format!("第{number}项：工作作风不够踏实"),
        source: "服务对象".to_owned(),
        measures: "进一步规范制度建设；加强干部职工的学习教育；完善服务公开承诺。".repeat(5),
        leader: "张三".to_owned(),
        department: "办公室".to_owned(),
        deadline: if number.is_multiple_of(2) { LATE } else { IN_TIME }.to_owned(),
        term: None,
        comments: Vec::new(),
        findings: Vec::new(),
    }
}

fn finding(number: u64) -> FindingRequest {
    FindingRequest {
        key: Some(format!("finding_{number}")),
        date: format!("2023-{:02}-{:02}", 1 + number % 10, 1 + number % 28),
        unit: UNITS[number as usize % UNITS.len()].to_owned(),
        place: Some("便民服务大厅".to_owned()),
        text: "上班时间窗口无人，群众等候二十分钟。".repeat(5),
        source: "明察暗访".to_owned(),
        files: Vec::new(),
        counts: None,
    }
}

/// As many items and findings. Every tenth item is reported as done.
async fn filled(house: &House, plan: &PlanId, many: u64) {
    for number in 1..=many {
        let (kept, _) = house.store.put_rectification(OFFICE, plan, &item(number), &[]).await.unwrap();
        assert_eq!(kept.number, number);
        if number.is_multiple_of(10) {
            let (month, text) = ("2023-11".to_owned(), "已经整改".to_owned());
            let report = ReportRequest { key: None, month, text, files: Vec::new(), done: true };
            house.store.report_rectification(OFFICE, plan, number, &report).await.unwrap();
        }
        house.store.put_finding(OFFICE, plan, &finding(number), None, None).await.unwrap();
    }
}

/// What is measured, with what it costs.
struct Scale {
    plan: PlanId,
    store: Store,
    meter: Arc<Meter>,
    /// The longest that a page may take; `None`: nobody holds a watch.
    limit: Option<Duration>,
}

impl Scale {
    /// Does something and says what it cost.
    async fn cost<T>(&self, name: &str, limited: bool, done: impl Future<Output = T>) -> (T, Reading) {
        self.meter.take();
        let begun = Instant::now();
        let answer = done.await;
        let (took, cost) = (begun.elapsed(), self.meter.take());
        println!("{name}: {took:.1?}, {cost:?}");
        if let Some(limit) = self.limit.filter(|_| limited) {
            assert!(took < limit, "{name}: {took:?}");
        }
        (answer, cost)
    }

    /// Pages of a list of items to its end: how many items there are.
    async fn items(&self, list: RectificationList<'_>, rows: usize) -> usize {
        let (mut number, mut after): (usize, Option<Cursor>) = (0, None);
        loop {
            let page = self.store.rectifications(&self.plan, list, rows, after.as_ref()).await.unwrap();
            number += page.items.len();
            match page.next {
                Some(next) => after = Some(next),
                None => return number,
            }
        }
    }
}

/// The plan's head, the rows that say which (of what is overdue in two states), and what they stand for.
fn check_page(cost: &Reading) {
    assert!(cost.calls <= 4 && cost.read <= 1 + 2 * ROWS && cost.written == 0, "{cost:?}");
}

/// Lists, filters, the summary and exports over `PINGYI_FOLLOW_UP` items and as many findings (default 300; a multiple of ten).
/// Where it is set, each page has to come in 100 ms, which wants a release build.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_page_of_items_or_findings_costs_does_not_grow_with_them() {
    let many = setting("PINGYI_FOLLOW_UP", 300);
    let limit = std::env::var_os("PINGYI_FOLLOW_UP").map(|_| Duration::from_millis(100));
    let house = House::new().await;
    let plan = house.draft().await;
    filled(&house, &plan, many).await;
    let (meter, time) = (Arc::new(Meter::default()), Arc::clone(&house.time));
    let clock = Arc::new(move || Timestamp(time.load(Ordering::SeqCst)));
    let store = house.base.metered(meter.clone()).with_clock(clock);
    let scale = Scale { plan: plan.clone(), store, meter, limit };

    let unit = Some(UNITS[1]);
    let overdue = Some(RectificationState::Overdue);
    let lists = [
        ("items", RectificationList::default()),
        ("items of a unit", RectificationList { unit, state: None }),
        ("items that are overdue", RectificationList { unit: None, state: overdue }),
        ("items of a unit that are overdue", RectificationList { unit, state: overdue }),
        ("items of a unit that are open", RectificationList { unit, state: Some(RectificationState::Open) }),
    ];
    for (name, list) in lists {
        let (page, cost) = scale.cost(name, true, scale.store.rectifications(&plan, list, ROWS, None)).await;
        let page = page.unwrap();
        let fits = |item: &Rectification| {
            list.unit.is_none_or(|unit| item.unit == unit) && list.state.is_none_or(|state| item.state == state)
        };
        assert!(!page.items.is_empty() && page.items.len() <= ROWS && page.items.iter().all(fits));
        check_page(&cost);
        // The next page costs what the first one did.
        if let Some(next) = &page.next {
            let next = scale.store.rectifications(&plan, list, ROWS, Some(next));
            let (page, cost) = scale.cost(name, true, next).await;
            assert!(page.unwrap().items.iter().all(fits));
            check_page(&cost);
        }
    }

    // Half have time, a tenth is reported, and these are of the other half: the rest of that is overdue.
    let (counted, cost) = scale.cost("summary", true, scale.store.rectifications_counted(&plan, None)).await;
    let counted = counted.unwrap().1;
    let sum = |figure: fn(&RectificationCounts) -> u64| counted.values().map(figure).sum::<u64>();
    assert_eq!(
        [sum(|all| all.total), sum(|all| all.open), sum(|all| all.reported), sum(|all| all.overdue)],
        [many, many / 2, many / 10, many / 2 - many / 10]
    );
    // The head, and a row for each item without its content: a thousand of them are less than 30 units of 4 KB.
    assert!(cost.calls <= 3 && cost.read as u64 == many + 1, "{cost:?}");
    assert!(cost.capacity <= 3.0 + many as f64 * 0.03, "{cost:?}");
    let own = scale.cost("summary of a unit", true, scale.store.rectifications_counted(&plan, unit)).await;
    assert_eq!(own.0.unwrap().1[UNITS[1]], counted[UNITS[1]]);
    assert_eq!(own.1.read as u64, counted[UNITS[1]].total + 1);
    let both = RectificationList { unit, state: overdue };
    assert_eq!(scale.items(both, ROWS).await as u64, counted[UNITS[1]].overdue);

    // An export reads each item once, page by page.
    let exported = scale.cost("export of items", false, scale.items(RectificationList::default(), EXPORTED)).await;
    assert_eq!(exported.0 as u64, many);
    let pages = many as usize / EXPORTED + 1;
    assert!(exported.1.read <= many as usize + pages && exported.1.calls <= 3 * pages, "{:?}", exported.1);
    of_findings(&scale, many).await;
}

async fn of_findings(scale: &Scale, many: u64) {
    let (store, plan) = (&scale.store, &scale.plan);
    let (unit, month) = (Some(UNITS[1]), Some("2023-05"));
    for (name, list) in [
        ("findings", FindingList::default()),
        ("findings of a unit", FindingList { unit, ..FindingList::default() }),
        ("findings of a month", FindingList { month, ..FindingList::default() }),
        ("findings of a unit in a month", FindingList { unit, month, office: None }),
    ] {
        let (page, cost) = scale.cost(name, true, store.findings(plan, list, ROWS, None)).await;
        let page = page.unwrap();
        assert!(!page.items.is_empty());
        for finding in &page.items {
            assert!(list.unit.is_none_or(|unit| finding.unit == unit));
            assert!(list.month.is_none_or(|month| finding.date.starts_with(month)));
        }
        check_page(&cost);
    }
    // A tenth of all are of one month: the ids of all without content, and each of the tenth once.
    let (notice, cost) = scale
        .cost("export of a month", false, async {
            let places = store.finding_places(plan, "2023-05").await.unwrap();
            assert!(places.is_sorted_by_key(|(unit, id)| (unit.clone(), id.to_string()[..10].to_owned())));
            let ids: Vec<_> = places.into_iter().map(|(_, id)| id).collect();
            let mut findings = Vec::new();
            for page in ids.chunks(EXPORTED) {
                findings.extend(store.findings_named(plan, page).await.unwrap());
            }
            let named: Vec<String> = findings.iter().map(|finding| finding.id.clone()).collect();
            assert_eq!(named, ids.iter().map(ToString::to_string).collect::<Vec<_>>());
            findings
        })
        .await;
    assert_eq!(notice.len() as u64, many / 10);
    assert_eq!(cost.read as u64, 1 + many + many / 10);
}
