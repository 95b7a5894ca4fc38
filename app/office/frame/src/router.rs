//! Going from one address of the office to another, and the question whether a page may be left.
//!
//! Links are plain `<a href>`: one listener takes those that stay in the office. Refuses to know what a page shows, and
//! what is loaded for it.

use frame::browser;
use leptos::{ev, prelude::*};
use text::Text;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement};

use crate::{
    area::Area,
    route::{PlanPage, Route},
};

fn whole_address() -> String {
    window().location().href().unwrap_or_default()
}

/// Where one is, and whether one may go. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Router {
    /// The route now.
    pub route: RwSignal<Route>,
    /// While set, leaving asks first; the text says what would be lost.
    pub guard: RwSignal<Option<Text>>,
    /// The address one wanted to go to when the guard stopped it.
    pub held: RwSignal<Option<String>>,
    /// The whole address of the route.
    here: StoredValue<String>,
    /// The focus is still where the last page left it: the place that the address names was not drawn yet.
    unsettled: StoredValue<bool>,
}

impl Router {
    /// The router from the address in the address bar on. Called once, by the frame.
    pub fn start() -> Router {
        let router = Router {
            route: RwSignal::new(Route::of(&browser::path())),
            guard: RwSignal::new(None),
            held: RwSignal::new(None),
            here: StoredValue::new(whole_address()),
            unsettled: StoredValue::new(false),
        };
        let popped = window_event_listener(ev::popstate, move |_| router.arrived());
        let clicked = window_event_listener(ev::click, move |event| router.clicked(&event));
        let unloaded = window_event_listener(ev::beforeunload, move |event| {
            if router.guard.get_untracked().is_some() {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            popped.remove();
            clicked.remove();
            unloaded.remove();
        });
        router
    }

    /// Guards a page by `says` while something on it is not saved, and as long as the page stands.
    pub fn guard_while(self, says: Text, unsaved: impl Fn() -> bool + 'static) {
        Effect::new(move |_| self.guard.set(unsaved().then_some(says)));
        on_cleanup(move || self.guard.set(None));
    }

    /// Goes to an address of the office, unless the guard holds one back.
    pub fn go(self, address: &str) {
        if self.guard.get_untracked().is_some() && !self.keeps(address) {
            self.held.set(Some(address.to_owned()));
            browser::focus_soon("leave");
            return;
        }
        self.go_anyway(address);
    }

    /// Goes, whatever would be lost.
    pub fn go_anyway(self, address: &str) {
        self.held.set(None);
        if let Ok(history) = window().history() {
            // Refused only for another origin's address.
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
        }
        self.enter();
    }

    /// A guard speaks for one plan; pages of the same plan and area keep what it guards, but for codes and a finding.
    fn keeps(self, address: &str) -> bool {
        let path = address.split(['#', '?']).next().unwrap_or_default();
        match (&*self.route.read_untracked(), Route::of(path)) {
            (Route::Plan(here, from), Route::Plan(there, to)) => {
                let same = *here == there && Area::of_plan_page(from) == Area::of_plan_page(&to);
                same && !matches!(from, PlanPage::Codes | PlanPage::Voters | PlanPage::Findings)
            }
            _ => false,
        }
    }

    fn enter(self) {
        let route = Route::of(&browser::path());
        self.here.set_value(whole_address());
        let moved = *self.route.read_untracked() != route;
        self.route.set(route);
        let named = !browser::fragment().is_empty();
        if moved && !named {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        self.unsettled.set_value(moved || named);
        self.settle();
    }

    /// Moves the focus to the place that the address names, or to the page's title, once it is drawn. Called again by what
    /// draws a page later than the address changed: its area or its plan was still being loaded.
    pub fn settle(self) {
        if !self.unsettled.get_value() {
            return;
        }
        request_animation_frame(move || {
            let named = browser::fragment();
            let target = if named.is_empty() { "title" } else { &named };
            let waits = self.unsettled.try_get_value().unwrap_or_default();
            if waits && document().get_element_by_id(target).is_some() {
                self.unsettled.set_value(false);
                browser::focus(target);
            }
        });
    }

    /// Back or forward: the address is another one already.
    fn arrived(self) {
        let address = browser::path();
        let stays = Route::of(&address) == *self.route.read_untracked();
        let leaves = !stays && !self.keeps(&address);
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
