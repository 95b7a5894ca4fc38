//! What every handler can reach: the store, the settings, and nothing else.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::FromRef;
use store::Store;

use crate::hashing_pool::HashingPool;
use crate::sign_in_line::SignInLine;

/// How one installation is set up.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The address people reach it under, such as `https://pingyi.example`; QR links and cookies
    /// follow it. Without one: whatever the request came to, and cookies without `Secure`.
    pub public_url: Option<String>,
    /// The folder with the built app, if this process serves it.
    pub app_dir: Option<PathBuf>,
}

impl Settings {
    /// Whether people reach it by https.
    pub(crate) fn is_https(&self) -> bool {
        self.public_url
            .as_deref()
            .is_some_and(|url| url.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://")))
    }
}

/// State of the router; cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

struct Inner {
    store: Store,
    settings: Settings,
    hashing: HashingPool,
    sign_ins: SignInLine,
}

impl AppState {
    /// State over one store.
    pub fn new(store: Store, settings: Settings) -> AppState {
        let (hashing, sign_ins) = (HashingPool::default(), SignInLine::default());
        AppState(Arc::new(Inner { store, settings, hashing, sign_ins }))
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn sign_ins(&self) -> &SignInLine {
        &self.0.sign_ins
    }

    pub(crate) fn hashing(&self) -> &HashingPool {
        &self.0.hashing
    }
}

impl FromRef<AppState> for Store {
    fn from_ref(state: &AppState) -> Store {
        state.store().clone()
    }
}

/// The caller's address, for throttling only. Whoever serves the router puts it into
/// the request's extensions; it is neither logged nor stored in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub String);
