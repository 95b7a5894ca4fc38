//! The office: planning, codes, entries, live ranking, simulation, publishing.
//!
//! Owns the frame around its pages: who is signed in, where one is, what the window is called. A page
//! is a module; the address names it (`place`).

pub mod appraisal;
pub mod asking;
mod audit;
mod codes;
pub mod desk;
mod download;
mod new_plan;
pub mod place;
mod plan_list;
mod progress;
mod ranking;
mod records;
pub mod rooms;
pub mod score_bar;
mod setup;
mod sign_in;
mod simulation;
mod staff;

use leptos::{prelude::*, task::spawn_local};
use text::{Text, office as words};
use wire::{
    ErrorCode,
    staff::{Role, Session},
};

pub use self::download::download;
use self::{
    desk::PlanFrame,
    place::{Place, PlanPage, Way},
    rooms::Rooms,
    sign_in::SignInPage,
};
use crate::{
    browser,
    head::Head,
    server::{self, Refusal},
    words::{fill, t},
};

/// What every page of the office can reach: a context, and a handle.
#[derive(Clone, Copy)]
pub struct Office {
    /// Who is signed in.
    pub session: RwSignal<Option<Session>>,
    /// Where one is.
    pub way: Way,
}

impl Office {
    /// Calls the window after a page, in whatever language is current.
    pub fn title(self, page: Text) {
        Effect::new(move |_| {
            let plain = t(page)();
            browser::set_title(&format!("{plain} - {}", t(words::TITLE)()));
        });
    }

    /// Goes to an address of the office.
    pub fn go(self, address: &str) {
        self.way.go(address);
    }

    /// Whether whoever is signed in has a role (an administrator has them all).
    pub fn is(self, role: Role) -> bool {
        self.session
            .read_untracked()
            .as_ref()
            .is_some_and(|session| session.roles.iter().any(|has| *has == role || *has == Role::Admin))
    }

    /// Whether they may give records.
    pub fn may_record(self) -> bool {
        self.is(Role::Office) || self.is(Role::Planner) || self.is(Role::Auditor)
    }
}

/// The office's frame and the page that its address names.
#[component]
pub fn OfficePage(
    /// The pages of this bundle.
    rooms: Rooms,
) -> impl IntoView {
    let office = Office { session: RwSignal::new(None), way: Way::start(rooms.bundle) };
    provide_context(office);
    provide_context(rooms);
    let known = RwSignal::new(None::<Result<(), Refusal>>);
    let ask = move || {
        known.set(None);
        spawn_local(async move {
            known.set(Some(match server::get::<Session>("/api/session").await {
                Ok(answer) => {
                    office.session.set(Some(answer.body));
                    Ok(())
                }
                Err(refusal) if refusal.code() == Some(ErrorCode::NotSignedIn) => Ok(()),
                Err(refusal) => Err(refusal),
            }));
        });
    };
    ask();
    let ended = asking::ended();
    let name = Memo::new(move |_| office.session.read().as_ref().map(|session| session.name.clone()));
    view! {
        <Head>{move || name.get().filter(|_| !ended.get()).map(|name| view! { <Menu name /> })}</Head>
        <main id="main" tabindex="-1">
            {move || match known.get() {
                None => asking::loading(),
                Some(Err(refusal)) => asking::refused(refusal, Callback::new(move |()| ask())),
                Some(Ok(())) if name.read().is_none() => view! { <SignInPage expired=false /> }.into_any(),
                Some(Ok(())) => view! {
                    {move || ended.get().then(|| view! { <SignInPage expired=true /> })}
                    <div class="pages" hidden=move || ended.get()>
                        <Leaving way=office.way />
                        <Pages way=office.way />
                    </div>
                }
                .into_any(),
            }}
        </main>
    }
}

/// The menu in the head.
#[component]
fn Menu(name: String) -> impl IntoView {
    let office = expect_context::<Office>();
    let place = office.way.place;
    let link = move |href: &'static str, text: Text, is: fn(&Place) -> bool| {
        view! { <a href=href aria-current=move || is(&place.read()).then_some("page")>{t(text)}</a> }.into_any()
    };
    let sign_out = move |_| {
        spawn_local(async move {
            // Signed out or unreachable: either way this page shows nothing of it any more.
            let _ = server::delete::<()>("/api/session", &()).await;
            office.way.guard.set(None);
            office.way.go_anyway("/office");
            office.session.set(None);
        });
    };
    let admin = office.is(Role::Admin);
    view! {
        <nav class="menu" aria-label=t(words::MENU)>
            {link("/office", words::PLANS, |place| matches!(place, Place::Plans | Place::Plan(..) | Place::NewPlan))}
            {admin.then(|| link("/office/staff", words::STAFF, |place| *place == Place::Staff))}
            {link("/office/password", words::PASSWORD, |place| *place == Place::Password)}
            <span class="soft small">{move || fill(words::SIGNED_IN_AS, &[&name])}</span>
            <button type="button" class="switch" on:click=sign_out>{t(words::SIGN_OUT)}</button>
        </nav>
    }
}

/// The question before something unsaved is left.
#[component]
fn Leaving(way: Way) -> impl IntoView {
    let leave = move |_| {
        if let Some(address) = way.held.get_untracked() {
            way.guard.set(None);
            way.go_anyway(&address);
        }
    };
    view! {
        <Show when=move || way.held.read().is_some()>
            <section class="note warn stack" id="leave" tabindex="-1" aria-labelledby="leave-title">
                <h2 id="leave-title">{t(words::LEAVE_TITLE)}</h2>
                <p>{move || way.guard.get().map(|text| t(text)())}</p>
                <p class="row">
                    <button type="button" class="primary" on:click=move |_| way.held.set(None)>{t(words::STAY)}</button>
                    <button type="button" class="danger" on:click=leave>{t(words::LEAVE)}</button>
                </p>
            </section>
        </Show>
    }
}

/// The page of the place. A plan stays on the desk while its pages change.
#[component]
fn Pages(way: Way) -> impl IntoView {
    let plan = Memo::new(move |_| match &*way.place.read() {
        Place::Plan(id, _) => Ok(id.clone()),
        other => Err(other.clone()),
    });
    let page: Memo<Option<PlanPage>> = Memo::new(move |_| match &*way.place.read() {
        Place::Plan(_, page) => Some(page.clone()),
        _ => None,
    });
    let rooms = expect_context::<Rooms>();
    move || match plan.get() {
        Ok(id) => view! { <PlanFrame id page /> }.into_any(),
        Err(place) => (rooms.page)(place).unwrap_or_else(nowhere),
    }
}

fn nowhere() -> AnyView {
    view! {
        <h1 id="title" tabindex="-1">{t(words::NOWHERE_TITLE)}</h1>
        <p>{t(words::NOWHERE_NOTE)}</p>
        <p><a href="/office">{t(words::BACK_TO_PLANS)}</a></p>
    }
    .into_any()
}
