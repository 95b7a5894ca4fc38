//! The components page: the tree with its points, what they add up to, and filling them up.

use frame::{
    error_summary::FieldError,
    words::{fill, t},
};
use leptos::prelude::*;
use office_frame::pointer;
use office_plan_words::{naming, task::component_of};
use scoring::{Decimal, Plan, PlanDocument, json::Value};
use text::{Text, office_editor as editor_words, office_setup as words};
use wasm_bindgen::JsCast;

use crate::{
    component::t_key,
    control::{Act, Takes},
    draft::Draft,
    field::{Ask, Kind, Page},
    moving,
    points_sum::{Sum, sums, sums_of},
    rows::{button, row_buttons},
    typing::{self, SLIDER},
};

impl Page {
    /// The whole tree, a line for each component; `chosen` is the one whose panel is open.
    pub fn tree(self, chosen: Option<&str>) -> AnyView {
        let rows = self.draft.with(|plan| {
            let mut rows = Vec::new();
            self.nodes(plan, "/components", 0, chosen, &mut rows);
            rows
        });
        let dragged = StoredValue::new(None::<String>);
        let draft = self.draft;
        view! {
            <div class="tree-side">
                {self.fault_of("/components")}
                <table class="tree"
                    on:dragstart=move |event| dragged.set_value(place_under(&event, "[data-drag]", "data-drag"))
                    on:dragover=move |event| if dragged.with_value(Option::is_some) { event.prevent_default() }
                    on:drop=move |event| {
                        event.prevent_default();
                        let to = place_under(&event, "tr[data-place]", "data-place");
                        if let (Some(from), Some(to)) = (dragged.try_update_value(Option::take).flatten(), to) {
                            dropped(draft, &from, &to);
                        }
                    }>
                    <thead class="sr"><tr>
                        <th scope="col">{t(words::COMPONENTS)}</th><th scope="col">{t(words::DETAILS)}</th>
                        <th scope="col">{t_key("points")}</th><th scope="col">{t(words::ACTIONS)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    }

    /// What stands beside the title of the tree: the sum, always in view, and what adds to the tree.
    pub fn tree_tools(self) -> AnyView {
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
        view! {
            <div role="status" class="sums">{sum}</div>
            <span role="status">{move || message.get().map(|(text, good)| view! {
                <span class="tag" class:good=good class:warn=!good>{t(text)}</span>
            })}</span>
            <span class="grow"></span>
            <button type="button" on:click=fill_up title=t(words::FILL_UP_NOTE)>{t(words::FILL_UP)}</button>
            {button(Act::Add, "/components".to_owned(), words::ADD_LEAF, None)}
            {button(Act::AddBranch, "/components".to_owned(), words::ADD_BRANCH, None)}
        }
        .into_any()
    }

    fn nodes(self, plan: &Value, list: &str, depth: usize, chosen: Option<&str>, out: &mut Vec<AnyView>) {
        let nodes = pointer::list(plan, list);
        for (row, node) in nodes.iter().enumerate() {
            let place = format!("{list}/{row}");
            out.push(self.node(plan, (node, &place), depth, (row, nodes.len()), chosen == Some(&place)));
            if node.get("children").is_some() {
                self.nodes(plan, &format!("{place}/children"), depth + 1, chosen, out);
            }
        }
    }

    fn node(
        self,
        plan: &Value,
        (node, place): (&Value, &str),
        depth: usize,
        (row, count): (usize, usize),
        chosen: bool,
    ) -> AnyView {
        let branch = node.get("children").is_some();
        let name = pointer::text(node, "/name").to_owned();
        let name_place = format!("{place}/name");
        let label = naming::key("name");
        let field = self.control(Ask::new(&*name_place, Kind::Text).bare(), Some(Box::new(move || label.say())));
        let traits: Vec<_> = ["only", "except"]
            .into_iter()
            .filter_map(|key| {
                let name = pointer::text(node, &format!("/{key}")).to_owned();
                let label = naming::key(key);
                (!name.is_empty()).then(|| view! { <span class="tag" title=move || label.say()>{name}</span> })
            })
            .collect();
        let points = if branch { self.branch_points(place) } else { self.leaf_points(node, place) };
        let (inwards, outwards) = (moving::inwards(plan, place).is_some(), moving::outwards(place).is_some());
        let of_name = name.clone();
        view! {
            <tr data-place=place.to_owned() class:chosen=chosen>
                <th scope="row">
                    <div class=format!("tree-name depth-{}", depth.min(3))>
                        <span class="grip" draggable="true" aria-hidden="true" data-drag=place.to_owned()>"⋮⋮"</span>
                        {field}{traits}
                    </div>
                    <FieldError faults=self.faults field=name_place />
                </th>
                <td class="tree-method">{self.method_link(node, place, branch, chosen)}</td>
                <td class="tree-points">{points}<FieldError faults=self.faults field=format!("{place}/points") /></td>
                <td class="tree-acts"><div class="row tight-row">
                    {(!branch).then(|| self.lock(node, place))}
                    {branch.then(|| button(Act::Add, format!("{place}/children"), words::ADD_BELOW, Some(row + 1)))}
                    <details class="more">
                        <summary aria-label=move || format!("{} {of_name}", t(words::ACTIONS)())>"⋯"</summary>
                        <div class="more-acts">
                            {row_buttons(place, row, count)}
                            {inwards.then(|| button(Act::In, place.to_owned(), editor_words::MOVE_IN, None))}
                            {outwards.then(|| button(Act::Out, place.to_owned(), editor_words::MOVE_OUT, None))}
                        </div>
                    </details>
                </div></td>
            </tr>
        }
        .into_any()
    }

    /// The method of a component, and the way to its panel.
    fn method_link(self, node: &Value, place: &str, branch: bool, chosen: bool) -> AnyView {
        let Some((component, _)) = component_of(place) else { return ().into_any() };
        let href = self.draft.context.href(&format!("setup/components/{component}"));
        let below = pointer::list(node, "/children").len();
        let kind = naming::word("kind", pointer::text(node, "/method/kind"));
        let what = move || match (branch, kind) {
            (true, _) => fill(words::BRANCH, &[&below]),
            (false, Some(kind)) => t(kind)().to_owned(),
            (false, None) => t(words::EDIT_DETAILS)().to_owned(),
        };
        let name = pointer::text(node, "/name").to_owned();
        view! { <a href=href aria-current=chosen.then_some("true")>{what}<span class="sr">" "{name}</span></a> }
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
        view! { <strong class="branch-sum">{sum}</strong> }.into_any()
    }

    fn leaf_points(self, node: &Value, place: &str) -> AnyView {
        let at = format!("{place}/points");
        let name = pointer::text(node, "/name").to_owned();
        let (said, less_name, more_name) = (name.clone(), name.clone(), name);
        let label = naming::key("points");
        let named = Box::new(move || format!("{} {said}", label.say()));
        let field = self.control(Ask::new(&*at, Kind::Decimal).bare(), Some(named));
        view! {
            <span class="stepper">
                <button type="button" data-act=Act::Less.word() data-at=at.clone() aria-label=move || format!("{} {less_name}", t(words::LESS)())>"−"</button>
                {field}
                <button type="button" data-act=Act::More.word() data-at=at.clone() aria-label=move || format!("{} {more_name}", t(words::MORE_POINTS)())>"+"</button>
            </span>
        }
        .into_any()
    }

    fn lock(self, node: &Value, place: &str) -> AnyView {
        let (id, name) = (pointer::text(node, "/id").to_owned(), pointer::text(node, "/name").to_owned());
        let locked = self.draft.locked;
        let pressed = move || locked.read().contains(&id).to_string();
        view! {
            <button type="button" class="small-button lock" data-act=Act::Lock.word() data-at=format!("{place}/points")
                aria-pressed=pressed aria-label=move || format!("{} {name}", t(words::LOCK)())>{t(words::LOCK)}</button>
        }
        .into_any()
    }

    /// The slider of a component's points, in its panel.
    pub fn slider(self, place: &str) -> AnyView {
        let at = format!("{place}/points");
        let (total, now, name) =
            (self.draft.text("/total"), self.draft.text(&at), self.draft.text(&format!("{place}/name")));
        view! {
            <input type="range" id=format!("{at}{SLIDER}") data-kind=Takes::Slider.word() min="0" max=total step="0.5" prop:value=now
                aria-label=move || format!("{} {name}", t(words::SLIDER)()) />
        }
        .into_any()
    }
}

/// What an element around a drag's target says.
fn place_under(event: &web_sys::DragEvent, selector: &str, attribute: &str) -> Option<String> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    target.closest(selector).ok()??.get_attribute(attribute)
}

/// Onto a branch: into it, at its end. Onto another component: before it.
fn dropped(draft: Draft, from: &str, to: &str) {
    let (list, last) = pointer::split(to);
    let children = format!("{to}/children");
    match draft.with(|plan| pointer::at(plan, &children).is_some()) {
        true => typing::moved(draft, from, &children, usize::MAX),
        false => typing::moved(draft, from, list, last.parse().unwrap_or_default()),
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
