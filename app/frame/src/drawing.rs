//! Elements drawn straight into the document, all of one type.
//!
//! `view!` makes a type of every view, and every type is code: the ballot, drawn so, was 181 KB of brotli
//! against a budget of 150. Here an element costs its name and its words. What may change is an effect of
//! Leptos' reactive graph, as in a view: derived, run when what it reads changes, gone with its owner.
//!
//! What draws is never inlined: a page is a long row of calls, and each is small.
//!
//! For what every page shares and for the ballot. The office, which has room, uses `view!` and takes the
//! shared parts in through [`Drawing`].

use leptos::prelude::*;
use text::Text;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, Event, Node};

use crate::words::lang;

/// An element being drawn. A handle: copies are the same element.
#[derive(Clone)]
pub struct Drawn(Element);

/// Begins an element.
///
/// # Panics
///
/// If `tag` is no name of an element.
#[must_use]
#[expect(clippy::expect_used, reason = "the names of elements are written in this program")]
#[inline(never)]
pub fn el(tag: &str) -> Drawn {
    Drawn(document().create_element(tag).expect("a tag's name"))
}

/// [`el`] with a class.
#[must_use]
#[inline(never)]
pub fn classed(tag: &str, class: &str) -> Drawn {
    el(tag).attr("class", class)
}

/// An element with words that follow the language.
#[must_use]
#[inline(never)]
pub fn said(tag: &str, text: Text) -> Drawn {
    el(tag).say(text)
}

/// A button that does something. It submits nothing.
#[must_use]
pub fn button(text: Text, act: impl FnMut(Event) + 'static) -> Drawn {
    said("button", text).attr("type", "button").on("click", act)
}

/// Runs at once (before the next paint) and again whenever what it reads changes.
pub fn follow(act: impl Fn() + 'static) {
    follow_boxed(Box::new(act));
}

#[inline(never)]
fn follow_boxed(act: Box<dyn Fn()>) {
    Effect::new(move |_: Option<()>| act());
}

impl Drawn {
    /// The element itself.
    #[must_use]
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// Sets an attribute.
    #[must_use]
    #[inline(never)]
    pub fn attr(self, name: &str, value: &str) -> Drawn {
        set(&self.0, name, Some(value));
        self
    }

    /// Sets an attribute that follows what its value reads; `None` takes it away.
    #[must_use]
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Drawn {
        let element = self.0.clone();
        follow(move || set(&element, name, value().as_deref()));
        self
    }

    /// Sets a class while something holds.
    #[must_use]
    pub fn live_class(self, class: &'static str, holds: impl Fn() -> bool + 'static) -> Drawn {
        let element = self.0.clone();
        follow(move || {
            // Refused only for a class with a space in it.
            let _ = element.class_list().toggle_with_force(class, holds());
        });
        self
    }

    /// Adds plain words: a plan's own, in no language of ours.
    #[must_use]
    #[inline(never)]
    pub fn text(self, words: &str) -> Drawn {
        append(&self.0, &document().create_text_node(words));
        self
    }

    /// Adds words that follow the language.
    #[must_use]
    #[inline(never)]
    pub fn say(self, text: Text) -> Drawn {
        self.live(move || text.in_(lang().get()).to_owned())
    }

    /// Adds words that follow what they read.
    #[must_use]
    pub fn live(self, words: impl Fn() -> String + 'static) -> Drawn {
        let node = document().create_text_node("");
        append(&self.0, &node);
        follow(move || node.set_data(&words()));
        self
    }

    /// Adds an element.
    #[must_use]
    #[inline(never)]
    #[expect(clippy::should_implement_trait, reason = "a child is added to an element, nothing is summed")]
    pub fn add(self, child: Drawn) -> Drawn {
        append(&self.0, &child.0);
        self
    }

    /// Adds elements.
    #[must_use]
    pub fn all(self, children: impl IntoIterator<Item = Drawn>) -> Drawn {
        children.into_iter().fold(self, Drawn::add)
    }

    /// Fills the element, and fills it anew whenever what `children` reads changes.
    #[must_use]
    pub fn live_all(self, children: impl Fn() -> Vec<Drawn> + 'static) -> Drawn {
        let element = self.0.clone();
        follow(move || {
            let children = children();
            element.set_text_content(None);
            for child in children {
                append(&element, &child.0);
            }
        });
        self
    }

    /// Replaces the element's words, where they are others.
    pub fn replace(&self, words: &str) {
        if self.0.text_content().as_deref() != Some(words) {
            self.0.set_text_content(Some(words));
        }
    }

    /// Shows or hides the element.
    pub fn show(&self, shown: bool) {
        if self.0.has_attribute("hidden") == shown {
            set(&self.0, "hidden", (!shown).then_some(""));
        }
    }

    /// Listens to an event of the element and of what is in it.
    #[must_use]
    pub fn on(self, event: &str, act: impl FnMut(Event) + 'static) -> Drawn {
        self.listen(event, Box::new(act));
        self
    }

    fn listen(&self, event: &str, act: Box<dyn FnMut(Event)>) {
        let act = Closure::<dyn FnMut(Event)>::wrap(act).into_js_value();
        // An element takes every listener.
        let _ = self.0.add_event_listener_with_callback(event, act.unchecked_ref());
    }
}

#[inline(never)]
fn set(element: &Element, name: &str, value: Option<&str>) {
    // Refused only for what is no attribute's name; those are written in this program.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

#[inline(never)]
fn append(parent: &Element, child: &Node) {
    // Refused only where a node would hold itself.
    let _ = parent.append_child(child);
}

/// A drawn element inside a view.
#[component]
pub fn Drawing(
    /// The element.
    drawn: Drawn,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    place.on_load(move |place| {
        // A view that is drawn again gets the same place: what stood in it before goes.
        place.set_text_content(None);
        append(&place, drawn.element());
    });
    view! { <div class="contents" node_ref=place></div> }
}
