//! What follows the demo's vote: the published appraisal's public display with an objection, its two editions and what was
//! put right; the open one's findings; a unit's profile.
//!
//! Owns these invented events. All go through the store, as an office's would.

use scoring::json::Value;
use scoring::records_document::LotRecord;
use store::{Actor, Announcing, NewObjection, PlanId, Publishing, Store, StoreError, Timestamp};
use wire::finding::FindingRequest;
use wire::profile::ProfileRequest;
use wire::rectification::{RectificationRequest, ReleasedField, ReportRequest};

const DISPLAY_DAYS: i64 = 5;

/// The unit whose commendation the first edition lacks.
pub(crate) const FORGOTTEN: &str = "water";

/// Closed to published: the display, an objection that is answered, the first edition.
pub(crate) async fn publish(store: &Store, actor: Actor<'_>, plan: &PlanId, now: Timestamp) -> Result<(), StoreError> {
    let until = Timestamp(now.0 + DISPLAY_DAYS * 24 * 3600);
    let announcing = || Announcing { until, contact: "元坝镇党政办公室（演示）", allow_small: &[] };
    with_lot(store, actor, plan, async || store.announce_plan(actor, plan, announcing()).await).await?;
    let text = "国土资源所的宅基地审批比去年快了很多，分数是不是算错了？";
    let objection = NewObjection { unit: Some("land"), text, contact: "来电（演示）" };
    let number = store.put_objection(actor, plan, objection).await?;
    let answer = "已当面复核：各组的票数与汇总一致，分数无误。审批提速的意见转国土资源所。";
    store.answer_objection(actor, plan, number, answer, false).await?;
    publish_early(store, actor, plan).await
}

/// The second edition, in which a commendation is no longer missing: `add` records it.
pub(crate) async fn correct<E: From<StoreError>>(
    store: &Store,
    actor: Actor<'_>,
    plan: &PlanId,
    add: impl Future<Output = Result<(), E>>,
) -> Result<(), E> {
    store.correct_plan(actor, plan, "漏记水务站的区级表彰一项（演示）").await?;
    add.await?;
    Ok(publish_early(store, actor, plan).await?)
}

async fn publish_early(store: &Store, actor: Actor<'_>, plan: &PlanId) -> Result<(), StoreError> {
    let early = Some("演示，不等公示期满");
    match with_lot(store, actor, plan, async || store.publish_plan_early(actor, plan, &[], early).await).await? {
        Publishing::Done(_) => Ok(()),
        Publishing::Waiting => Err(StoreError::SamePerson),
    }
}

/// What `result` gives; where units are tied, after a lot that takes them in the order in which the tie lists them.
async fn with_lot<T>(
    store: &Store,
    actor: Actor<'_>,
    plan: &PlanId,
    result: impl AsyncFn() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    match result().await {
        Err(StoreError::UnresolvedTies(ties)) => {
            let order = ties.into_iter().flatten().collect();
            let lot = LotRecord { category: Some("dept".to_owned()), order };
            store.put_record(actor, plan, &lot.into(), Some("抽签（演示）")).await?;
            result().await
        }
        done => done,
    }
}

/// One of the documents below.
fn document<T, E>(json: &str, read: impl Fn(&Value) -> Result<T, E>) -> Result<T, StoreError> {
    let value = Value::parse(json.as_bytes()).map_err(|_| StoreError::Corrupt)?;
    read(&value).map_err(|_| StoreError::Corrupt)
}

const DONE: &str = r#"{
    "unit": "land", "matter": "宅基地审批时间长，群众要跑好几趟", "source": "2017年度评测意见",
    "measures": "一次性告知所需材料；受理后十个工作日内办结", "leader": "分管副镇长",
    "department": "国土资源所", "deadline": "2018-03-31"
}"#;
const REPORTS_OF_DONE: [&str; 2] = [
    r#"{ "month": "2018-02", "text": "告知单已印发各村，窗口公示办理流程。" }"#,
    r#"{ "month": "2018-03", "text": "一季度受理31件，均在十个工作日内办结。", "done": true }"#,
];
const UNDER_WAY: &str = r#"{
    "unit": "building", "matter": "集镇路灯损坏后维修不及时", "source": "2017年度评测意见",
    "measures": "建立报修台账，48小时内到场", "leader": "分管副镇长", "department": "村建所",
    "deadline": "2018-12-31", "term": "全年"
}"#;
const REPORT_OF_UNDER_WAY: &str = r#"{ "month": "2018-04", "text": "更换路灯12盏，报修电话已贴到每根灯杆。" }"#;

/// What citizens complained of in the published appraisal: one thing is done, one is under way; the public sees both.
pub(crate) async fn put_right(store: &Store, actor: Actor<'_>, plan: &PlanId) -> Result<(), StoreError> {
    for (item, reports) in [(DONE, &REPORTS_OF_DONE[..]), (UNDER_WAY, &[REPORT_OF_UNDER_WAY])] {
        let item = document(item, RectificationRequest::read)?;
        let number = store.put_rectification(actor, plan, &item, &[]).await?.0.number;
        for report in reports {
            let report = document(report, ReportRequest::read)?;
            store.report_rectification(actor, plan, number, &report).await?;
            if report.done {
                store.review_rectification(actor, plan, number, true, "抽查10件，情况属实。").await?;
            }
        }
        store.release_rectification(actor, plan, number, &ReleasedField::ALL).await?;
    }
    Ok(())
}

const FINDINGS: [&str; 2] = [
    r#"{
        "date": "2018-06-12", "unit": "service_center", "place": "便民服务大厅",
        "text": "午间值班窗口无人，群众等候二十分钟。", "source": "镇效能办明察暗访（演示）"
    }"#,
    r#"{
        "date": "2018-06-12", "unit": "labour", "place": "社保窗口",
        "text": "办事指南已更新，工作人员佩戴工作牌。", "source": "镇效能办明察暗访（演示）"
    }"#,
];

/// What was found in the appraisal under way.
pub(crate) async fn find(store: &Store, actor: Actor<'_>, plan: &PlanId) -> Result<(), StoreError> {
    for finding in FINDINGS {
        let finding = document(finding, FindingRequest::read)?;
        store.put_finding(actor, plan, &finding, None, None).await?;
    }
    Ok(())
}

const PROFILE: &str = r#"{
    "duties": "森林资源管护、造林绿化、林权登记和森林防火。",
    "promises": "来访即办；材料齐全的当日办结；接受群众监督。",
    "hours": "工作日 8:30–12:00，14:30–18:00",
    "staff": [{ "name": "张明（演示）", "post": "站长" }],
    "public": ["duties", "promises", "hours", "staff"]
}"#;

/// What one unit shows of itself (三亮), released by the office.
pub(crate) async fn show(store: &Store, actor: Actor<'_>) -> Result<(), StoreError> {
    match store.put_profile(actor, "林业站", &document(PROFILE, ProfileRequest::read)?, None).await {
        // Somebody wrote it already.
        Ok(_) | Err(StoreError::NameTaken) => Ok(()),
        Err(error) => Err(error),
    }
}
