//! The frame around the office's pages: the head with the menu, signing in, the question before something unsaved is
//! left, and the page that the address names.

use frame::{
    head::Head,
    server::{self, Refusal},
    words::{fill, t},
};
use leptos::{prelude::*, task::spawn_local};
use text::{Text, office as words, second_factor};
use wire::{
    ErrorCode,
    staff::{Role, Session},
};

use crate::{
    area::Area,
    areas::{Areas, Loading},
    asking,
    office_context::Office,
    plan_frame::PlanFrame,
    route::{PlanPage, Route},
    router::Router,
    sign_in::SignInPage,
};

/// The office's frame and the page that its address names.
#[component]
pub fn OfficePage(
    /// Loads an area.
    load: fn(Area) -> Loading,
) -> impl IntoView {
    let office = Office { session: RwSignal::new(None), router: Router::start() };
    let areas = Areas::new(load, office.router);
    provide_context(office);
    provide_context(areas);
    // At once: while the session, and then the plan, are still being asked for.
    Effect::new(move |_| areas.want(Area::of(&office.router.route.read())));
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
                        <Leaving router=office.router />
                        <CurrentPage router=office.router />
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
    let route = office.router.route;
    let link = move |href: &'static str, text: Text, is: fn(&Route) -> bool| {
        view! { <a href=href aria-current=move || is(&route.read()).then_some("page")>{t(text)}</a> }.into_any()
    };
    let sign_out = move |_| {
        spawn_local(async move {
            // Signed out or unreachable: either way this page shows nothing of it any more.
            let _ = server::delete::<()>("/api/session", &()).await;
            office.router.guard.set(None);
            office.router.go_anyway("/office");
            office.session.set(None);
        });
    };
    let admin = office.is(Role::Admin);
    view! {
        <nav class="menu" aria-label=t(words::MENU)>
            {link("/office", words::PLANS, |route| matches!(route, Route::Plans | Route::Plan(..) | Route::NewPlan))}
            {admin.then(|| link("/office/staff", words::STAFF, |route| *route == Route::Staff))}
            {link("/office/password", words::PASSWORD, |route| *route == Route::Password)}
            <span class="soft small">{move || fill(words::SIGNED_IN_AS, &[&name])}</span>
            <button type="button" class="switch" on:click=sign_out>{t(words::SIGN_OUT)}</button>
        </nav>
    }
}

/// The question before something unsaved is left.
#[component]
fn Leaving(router: Router) -> impl IntoView {
    let leave = move |_| {
        if let Some(address) = router.held.get_untracked() {
            router.guard.set(None);
            router.go_anyway(&address);
        }
    };
    view! {
        <Show when=move || router.held.read().is_some()>
            <section class="note warn stack" id="leave" tabindex="-1" aria-labelledby="leave-title">
                <h2 id="leave-title">{t(words::LEAVE_TITLE)}</h2>
                <p>{move || router.guard.get().map(|text| t(text)())}</p>
                <p class="row">
                    <button type="button" class="primary" on:click=move |_| router.held.set(None)>{t(words::STAY)}</button>
                    <button type="button" class="danger" on:click=leave>{t(words::LEAVE)}</button>
                </p>
            </section>
        </Show>
    }
}

/// The page of the route. A plan stays open while its pages change.
#[component]
fn CurrentPage(router: Router) -> impl IntoView {
    let plan = Memo::new(move |_| match &*router.route.read() {
        Route::Plan(id, _) => Ok(id.clone()),
        other => Err(other.clone()),
    });
    let page: Memo<Option<PlanPage>> = Memo::new(move |_| match &*router.route.read() {
        Route::Plan(_, page) => Some(page.clone()),
        _ => None,
    });
    let areas = expect_context::<Areas>();
    let office = expect_context::<Office>();
    let must = Memo::new(move |_| {
        let set_up = *router.route.read() == Route::SecondFactor;
        !set_up && office.session.read().as_ref().is_some_and(|session| session.must_set_second_factor)
    });
    move || match plan.get() {
        _ if must.get() => set_up_first(),
        Ok(id) => view! { <PlanFrame id page /> }.into_any(),
        Err(route) => areas.shown(Area::of(&route), move |pages| (pages.page)(route.clone()).unwrap_or_else(nowhere)),
    }
}

/// What an account sees that must set up a second factor before anything else.
fn set_up_first() -> AnyView {
    view! {
        <h1 id="title" tabindex="-1">{t(second_factor::TITLE)}</h1>
        <p><a href="/office/second-factor">{t(second_factor::MUST)}</a></p>
    }
    .into_any()
}

fn nowhere() -> AnyView {
    view! {
        <h1 id="title" tabindex="-1">{t(words::NOWHERE_TITLE)}</h1>
        <p>{t(words::NOWHERE_NOTE)}</p>
        <p><a href="/office">{t(words::BACK_TO_PLANS)}</a></p>
    }
    .into_any()
}
