//! The areas of the office as far as they are loaded.
//!
//! Owns when an area is asked for, and what stands in its place until it is here. Refuses to know how it is loaded: the
//! program tells that.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, Waker},
};

use frame::server::Refusal;
use leptos::{prelude::*, task::spawn_local};

use crate::{area::Area, area_pages::AreaPages, asking, router::Router};

/// An area on its way: nothing if it could not be loaded.
pub type Loading = Pin<Box<dyn Future<Output = Option<&'static AreaPages>>>>;

/// How far an area is.
#[derive(Clone, Copy)]
enum Held {
    Nothing,
    Asked,
    Failed,
    Here(&'static AreaPages),
}

/// The areas: a context, and a handle.
#[derive(Clone, Copy)]
pub struct Areas {
    load: fn(Area) -> Loading,
    held: [RwSignal<Held>; Area::COUNT],
    router: Router,
}

impl Areas {
    /// None is here yet. Called once, by the frame.
    pub(crate) fn new(load: fn(Area) -> Loading, router: Router) -> Areas {
        Areas { load, held: std::array::from_fn(|_| RwSignal::new(Held::Nothing)), router }
    }

    fn held(self, area: Area) -> RwSignal<Held> {
        self.held[area as usize]
    }

    /// Begins to load an area, unless it is here or on its way.
    pub(crate) fn want(self, area: Area) {
        let held = self.held(area);
        if matches!(held.get_untracked(), Held::Asked | Held::Here(_)) {
            return;
        }
        let mut coming = (self.load)(area);
        // What is in the program already is here at once, and no "loading" flashes up.
        if let Poll::Ready(came) = coming.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            held.set(came.map_or(Held::Failed, Held::Here));
            return;
        }
        held.set(Held::Asked);
        spawn_local(async move {
            let came = coming.await;
            held.try_set(came.map_or(Held::Failed, Held::Here));
        });
    }

    /// What `draw` makes of an area's pages, once they are here. Until then it says that they are being loaded, or that
    /// they could not be, and loads them again where one asks for it.
    pub(crate) fn shown(
        self,
        area: Area,
        draw: impl Fn(&'static AreaPages) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        // One that could not be loaded is asked for again where one asks, or comes to it anew.
        if matches!(self.held(area).get_untracked(), Held::Nothing) {
            self.want(area);
        }
        let retry = Callback::new(move |()| self.want(area));
        (move || match self.held(area).get() {
            Held::Nothing | Held::Asked => asking::loading(),
            Held::Failed => asking::refused(Refusal::Unreachable, retry),
            Held::Here(pages) => {
                // What it reads once is not followed: the area would be drawn anew.
                let drawn = untrack(|| draw(pages));
                self.router.settle();
                drawn
            }
        })
        .into_any()
    }
}
