//! The components page: the tree with its points, what they add up to, and filling them up.

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::pointer;
use office_plan_words::{
    naming::{self, Label},
    task::component_of,
};
use scoring::{Decimal, Plan, PlanDocument, json::Value};
use text::{Text, office_setup as words};

use crate::{
    control::{Act, Takes},
    field::{Ask, Kind, Page},
    points_sum::{Sum, sums, sums_of},
    rows::{button, row_buttons},
    typing::SLIDER,
};

impl Page {
    /// The whole tree.
    pub fn tree(self) -> AnyView {
        let message = RwSignal::new(None::<(Text, bool)>);
        let draft = self.draft;
        let fill_up = move |_| {
            let outcome = filled_up(self);
            message.set(Some(match outcome {
                Ok(new) => {
                    draft.reshape(None, |plan| {
                        for (place, points) in new {
                            pointer::put(plan, &place, Some(Value::Text(points)));
                        }
                    });
                    draft.touched.update_value(Vec::clear);
                    (words::FILLED_UP, true)
                }
                Err(why) => (why, false),
            }));
        };
        let sum = move || {
            draft.typed.track();
            let (sums, total) = draft.with(|plan| (sums(plan), pointer::text(plan, "/total").to_owned()));
            let right = sums.iter().all(|sum| sum.points.is_some() && sum.points == total.parse().ok());
            if right {
                draft.touched.update_value(Vec::clear);
            }
            sums_view(sums, &total)
        };
        let rows = draft.with(|plan| {
            let mut rows = Vec::new();
            self.nodes(plan, "/components", 0, &mut rows);
            rows
        });
        view! {
            <div class="stack">
                {self.fault_of("/components")}
                <div class="sum-bar panel">
                    <div role="status" class="sums">{sum}</div>
                    <button type="button" on:click=fill_up>{t(words::FILL_UP)}</button>
                </div>
                <p class="hint">{t(words::FILL_UP_NOTE)}</p>
                <p role="status">{move || message.get().map(|(text, good)| view! {
                    <span class="note block" class:good=good class:warn=!good>{t(text)}</span>
                })}</p>
                <ul class="tree">{rows}</ul>
                <p class="row">
                    {button(Act::Add, "/components".to_owned(), words::ADD_LEAF, None)}
                    {button(Act::AddBranch, "/components".to_owned(), words::ADD_BRANCH, None)}
                </p>
            </div>
        }
        .into_any()
    }

    fn nodes(self, plan: &Value, list: &str, depth: usize, out: &mut Vec<AnyView>) {
        let nodes = pointer::list(plan, list);
        for (row, node) in nodes.iter().enumerate() {
            let place = format!("{list}/{row}");
            out.push(self.node(plan, node, &place, depth, row, nodes.len()));
            if node.get("children").is_some() {
                self.nodes(plan, &format!("{place}/children"), depth + 1, out);
            }
        }
    }

    fn node(self, plan: &Value, node: &Value, place: &str, depth: usize, row: usize, count: usize) -> AnyView {
        let class = match depth {
            0 => "node",
            1 => "node part",
            _ => "node part deeper",
        };
        let branch = node.get("children").is_some();
        let name_place = format!("{place}/name");
        let name = self.field(Ask::new(&*name_place, Kind::Text).bare());
        let details = component_of(place).map(|(component, _)| {
            let name = pointer::text(node, "/name").to_owned();
            let href = self.draft.context.href(&format!("setup/components/{component}"));
            view! { <a class="button small-button" href=href>{t(words::EDIT_DETAILS)}<span class="sr">" "{name}</span></a> }
        });
        let kind = pointer::text(node, "/method/kind");
        let what = if branch {
            let count = pointer::list(node, "/children").len();
            view! { <span class="tag">{move || fill(words::BRANCH, &[&count])}</span> }.into_any()
        } else {
            naming::word("kind", kind).map(|text| view! { <span class="tag info">{t(text)}</span> }).into_any()
        };
        let traits: Vec<_> = ["only", "except"]
            .into_iter()
            .filter_map(|key| {
                let name = pointer::text(node, &format!("/{key}")).to_owned();
                let label = naming::key(key);
                (!name.is_empty()).then(|| view! { <span class="tag">{move || label.say()}" "{name}</span> })
            })
            .collect();
        let points = if branch { self.branch_points(place) } else { self.leaf_points(plan, node, place) };
        let below = branch.then(|| button(Act::Add, format!("{place}/children"), words::ADD_BELOW, Some(row + 1)));
        let clause = self.clauses.under(self.draft, place);
        view! {
            <li class=class>
                <div class="node-name">{name}<p class="row tight-row">{what}{traits}</p></div>
                <div class="node-points">{points}</div>
                <div class="node-acts">{details}{below}{row_buttons(place, row, count)}{clause}</div>
            </li>
        }
        .into_any()
    }

    fn branch_points(self, place: &str) -> AnyView {
        let (draft, at) = (self.draft, place.to_owned());
        let sum = move || {
            draft.typed.track();
            let sums = draft.with(|plan| sums_of(plan, pointer::list(plan, &format!("{at}/children"))));
            let mut said: Vec<String> =
                sums.iter().map(|sum| sum.points.map_or_else(|| "?".to_owned(), |points| points.to_string())).collect();
            said.dedup();
            said.join(" / ")
        };
        let label = naming::key("points");
        view! { <p class="branch-sum"><span class="soft">{move || label.say()}</span>" "<strong>{sum}</strong></p> }
            .into_any()
    }

    fn leaf_points(self, plan: &Value, node: &Value, place: &str) -> AnyView {
        let at = format!("{place}/points");
        let field = self.field(Ask::new(&*at, Kind::Decimal).bare());
        let total = pointer::text(plan, "/total").to_owned();
        let now = pointer::text(node, "/points").to_owned();
        let id = pointer::text(node, "/id").to_owned();
        let name = pointer::text(node, "/name").to_owned();
        let draft = self.draft;
        let locked = move || draft.locked.read().contains(&id).to_string();
        let (slider_name, less_name, more_name, lock_name) = (name.clone(), name.clone(), name.clone(), name);
        view! {
            <div class="points-row">
                <button type="button" class="small-button" data-act=Act::Less.word() data-at=at.clone() aria-label=move || format!("{} {less_name}", t(words::LESS)())>"−"</button>
                {field}
                <button type="button" class="small-button" data-act=Act::More.word() data-at=at.clone() aria-label=move || format!("{} {more_name}", t(words::MORE_POINTS)())>"+"</button>
                <button type="button" class="small-button lock" data-act=Act::Lock.word() data-at=at.clone() aria-pressed=locked aria-label=move || format!("{} {lock_name}", t(words::LOCK)())>{t(words::LOCK)}</button>
            </div>
            <input type="range" id=format!("{at}{SLIDER}") data-kind=Takes::Slider.word() min="0" max=total step="0.5" prop:value=now
                aria-label=move || format!("{} {slider_name}", t(words::SLIDER)()) />
        }
        .into_any()
    }
}

/// The sums as they stand above the tree and on the page of checking.
pub fn sums_view(sums: Vec<Sum>, total: &str) -> AnyView {
    let wanted = total.parse::<Decimal>().ok();
    let same = sums.iter().all(|sum| Some(sum.points) == sums.first().map(|first| first.points));
    let shown = if same { 1 } else { sums.len() };
    sums.into_iter()
        .take(shown)
        .map(|sum| {
            let (text, by, class) = match (sum.points, wanted) {
                (Some(points), Some(wanted)) if points < wanted => (words::SUM_SHORT, (wanted - points).to_string(), "sum short-of"),
                (Some(points), Some(wanted)) if points > wanted => (words::SUM_OVER, (points - wanted).to_string(), "sum over"),
                (Some(_), Some(_)) => (words::SUM_RIGHT, String::new(), "sum right"),
                _ => (words::SUM_UNKNOWN, String::new(), "sum short-of"),
            };
            let who = (!same).then(|| {
                let traits = sum.traits.join(" ");
                if traits.is_empty() { t(words::SUM_PLAIN_UNITS)().to_owned() } else { fill(words::SUM_TRAIT_UNITS, &[&traits]) }
            });
            let points = sum.points.unwrap_or_default();
            let said = fill(text, &[&points, &total, &by]);
            view! { <p class=class>{who.map(|who| view! { <span class="soft">{who}" "</span> })}<strong>{said}</strong></p> }
        })
        .collect_view()
        .into_any()
}

/// New points for the places that share what the total leaves, by scoring's rule.
fn filled_up(page: Page) -> Result<Vec<(String, String)>, Text> {
    let draft = page.draft;
    let (document, total, sum) = draft.with(|plan| {
        let total = pointer::text(plan, "/total").parse::<Decimal>().ok();
        let sums = sums(plan);
        let sum = match sums.split_first() {
            Some((first, rest)) if rest.iter().all(|other| other.points == first.points) => Ok(first.points),
            _ => Err(words::FILL_UP_UNEQUAL),
        };
        (PlanDocument::read(plan), total, sum)
    });
    let (Ok(mut document), Some(total), Some(sum)) = (document, total, sum?) else { return Err(words::FILL_UP_FAULTS) };
    // A plan that is valid but for its total, without what has nothing to do with points.
    document.total = sum.into();
    document.outcomes.clear();
    document.grading = None;
    document.adjustments.clear();
    document.ranking.tie_break.clear();
    let carry = document.shortlist.as_ref().map(|shortlist| shortlist.carry.clone());
    document.outcomes.extend(carry.map(|id| scoring::plan_document::OutcomeDocument {
        id,
        name: String::new(),
        when: scoring::plan_document::When { from_top: Some(0), ..Default::default() },
        only: None,
        except: None,
        effects: None,
    }));
    let plan = Plan::new(document).map_err(|_| words::FILL_UP_FAULTS)?;
    let mut kept = draft.locked.get_untracked();
    kept.extend(draft.touched.get_value());
    let fill = |kept: &[String]| scoring::fill_up(&plan, &kept.iter().map(String::as_str).collect::<Vec<_>>(), total);
    // Where everything was touched, only the locks hold.
    let new = fill(&kept).or_else(|| fill(&draft.locked.get_untracked())).ok_or(words::FILL_UP_NOT)?;
    Ok(new
        .into_iter()
        .map(|(leaf, points)| (format!("{}/points", plan.nodes()[plan.leaves()[leaf].node].path), points.to_string()))
        .collect())
}

/// Traits to choose from.
pub fn trait_choices(plan: &Value) -> Vec<(String, Label)> {
    naming::traits(plan).into_iter().map(|name| (name.clone(), Label::Theirs(name))).collect()
}
