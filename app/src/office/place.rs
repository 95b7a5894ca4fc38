//! Where in the office one is: addresses below `/office/`, and going from one to another.
//!
//! Owns the mapping between addresses and places, and the question whether a page may be left. Links are
//! plain `<a href>`: one listener takes those that stay in the office. Refuses to know what a page shows.

use leptos::{ev, prelude::*};
use text::Text;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement};

use super::rooms::Bundle;
use crate::browser;

/// A page of the office.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// The list of plans.
    Plans,
    /// A new plan.
    NewPlan,
    /// Accounts.
    Staff,
    /// One's own password.
    Password,
    /// A page of one plan.
    Plan(String, PlanPage),
    /// No page has this address.
    Nowhere,
}

/// A page of a plan; what stands behind it in the address is the page's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PlanPage {
    /// Setting it up: the task list or one of its sections.
    Setup(Vec<String>),
    /// Codes and turnout.
    Codes,
    /// Opening, closing, publishing.
    Progress,
    /// Entries, incidents and other records.
    Records(Vec<String>),
    /// The live ranking, and why a score is what it is.
    Ranking(Vec<String>),
    /// Simulation.
    Simulation(Vec<String>),
    /// What was done by whom.
    Audit,
}

impl Place {
    /// The place that a path names.
    pub fn of(path: &str) -> Place {
        let mut parts = path.split('/').filter(|part| !part.is_empty()).skip_while(|part| *part == "office");
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) | (Some("plans"), None, _) => Place::Plans,
            (Some("new"), None, _) => Place::NewPlan,
            (Some("staff"), None, _) => Place::Staff,
            (Some("password"), None, _) => Place::Password,
            (Some("plans"), Some(id), page) => {
                let rest: Vec<String> = parts.map(str::to_owned).collect();
                let page = match (page, rest.is_empty()) {
                    (None | Some("setup"), _) => PlanPage::Setup(rest),
                    (Some("codes"), true) => PlanPage::Codes,
                    (Some("progress"), true) => PlanPage::Progress,
                    (Some("records"), _) => PlanPage::Records(rest),
                    (Some("ranking"), _) => PlanPage::Ranking(rest),
                    (Some("simulation"), _) => PlanPage::Simulation(rest),
                    (Some("audit"), true) => PlanPage::Audit,
                    _ => return Place::Nowhere,
                };
                Place::Plan(id.to_owned(), page)
            }
            _ => Place::Nowhere,
        }
    }
}

fn whole_address() -> String {
    window().location().href().unwrap_or_default()
}

/// The address of a plan's page: `plan_href("p1", "setup/units")`.
pub fn plan_href(plan: &str, page: &str) -> String {
    format!("/office/plans/{plan}/{page}")
}

/// Where one is, and whether one may go. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Way {
    /// The place now.
    pub place: RwSignal<Place>,
    /// While set, leaving asks first; the text says what would be lost.
    pub guard: RwSignal<Option<Text>>,
    /// The address one wanted to go to when the guard stopped it.
    pub held: RwSignal<Option<String>>,
    /// The bundle that runs; pages of another one come from the server.
    bundle: Bundle,
    /// The whole address of the place.
    here: StoredValue<String>,
}

impl Way {
    /// The way from the address in the address bar on. Called once, by the frame.
    pub fn start(bundle: Bundle) -> Way {
        let way = Way {
            bundle,
            place: RwSignal::new(Place::of(&browser::path())),
            guard: RwSignal::new(None),
            held: RwSignal::new(None),
            here: StoredValue::new(whole_address()),
        };
        let popped = window_event_listener(ev::popstate, move |_| way.arrived());
        let clicked = window_event_listener(ev::click, move |event| way.clicked(&event));
        let unloaded = window_event_listener(ev::beforeunload, move |event| {
            if way.guard.get_untracked().is_some() {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            popped.remove();
            clicked.remove();
            unloaded.remove();
        });
        way
    }

    /// Goes to an address of the office, unless the guard holds one back.
    pub fn go(self, address: &str) {
        if self.guard.get_untracked().is_some() && (!self.same_plan(address) || self.elsewhere(address)) {
            self.held.set(Some(address.to_owned()));
            browser::focus_soon("leave");
            return;
        }
        self.go_anyway(address);
    }

    /// Goes, whatever would be lost.
    pub fn go_anyway(self, address: &str) {
        self.held.set(None);
        if self.elsewhere(address) {
            // Refused only for another origin's address.
            let _ = window().location().assign(address);
            return;
        }
        if let Ok(history) = window().history() {
            // Refused only for another origin's address.
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
        }
        self.enter();
    }

    /// A guard speaks for one plan; pages of the same plan keep what it guards, but for codes.
    fn same_plan(self, address: &str) -> bool {
        let path = address.split(['#', '?']).next().unwrap_or_default();
        match (&*self.place.read_untracked(), Place::of(path)) {
            (Place::Plan(here, page), Place::Plan(there, _)) => *here == there && *page != PlanPage::Codes,
            _ => false,
        }
    }

    /// Is an address' page in another bundle?
    fn elsewhere(self, address: &str) -> bool {
        let path = address.split(['#', '?']).next().unwrap_or_default();
        Bundle::of(&Place::of(path)) != self.bundle
    }

    fn enter(self) {
        let place = Place::of(&browser::path());
        if Bundle::of(&place) != self.bundle {
            // Back or forward into another bundle: the server brings it.
            let _ = window().location().reload();
            return;
        }
        self.here.set_value(whole_address());
        let moved = *self.place.read_untracked() != place;
        self.place.set(place);
        if browser::fragment().is_empty() {
            if moved {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                browser::focus_soon("title");
            }
        } else {
            let target = browser::fragment();
            request_animation_frame(move || browser::focus(&target));
        }
    }

    /// Back or forward: the address is another one already.
    fn arrived(self) {
        let address = browser::path();
        let stays = Place::of(&address) == *self.place.read_untracked();
        let leaves = !stays && (!self.same_plan(&address) || self.elsewhere(&address));
        if self.guard.get_untracked().is_some() && leaves {
            // The address of the page that is still there; the one that was wanted is kept for the question.
            if let Ok(history) = window().history() {
                // As in `go_anyway`.
                let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&self.here.get_value()));
            }
            self.held.set(Some(address));
            browser::focus_soon("leave");
            return;
        }
        self.held.set(None);
        self.enter();
    }

    fn clicked(self, event: &ev::MouseEvent) {
        if event.default_prevented()
            || event.button() != 0
            || event.ctrl_key()
            || event.meta_key()
            || event.shift_key()
            || event.alt_key()
        {
            return;
        }
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|at| at.closest("a[href^='/office']").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
        if link.target().is_empty() {
            event.prevent_default();
            self.go(&link.get_attribute("href").unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, PlanPage};

    #[test]
    fn an_address_names_its_page() {
        assert_eq!(Place::of("/"), Place::Plans);
        assert_eq!(Place::of("/office/"), Place::Plans);
        assert_eq!(Place::of("/office/new"), Place::NewPlan);
        let setup =
            |rest: &[&str]| Place::Plan("p1".into(), PlanPage::Setup(rest.iter().map(|part| (*part).into()).collect()));
        assert_eq!(Place::of("/office/plans/p1"), setup(&[]));
        assert_eq!(Place::of("/office/plans/p1/setup/components/0.1"), setup(&["components", "0.1"]));
        assert_eq!(Place::of("/office/plans/p1/codes"), Place::Plan("p1".into(), PlanPage::Codes));
    }

    #[test]
    fn an_address_of_nothing_is_nowhere() {
        assert_eq!(Place::of("/office/plans/p1/codes/x"), Place::Nowhere);
        assert_eq!(Place::of("/office/what"), Place::Nowhere);
    }
}
