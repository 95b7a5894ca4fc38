//! What every handler can reach: the store, the settings, and nothing else.

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use axum::extract::FromRef;
use store::Store;

use crate::hashing_pool::HashingPool;
use crate::large_bodies::Budgets;
use crate::released_units::ReleasedUnits;
use crate::sign_in_line::SignInLine;
use crate::units_of_editions::UnitsOfEditions;

/// How one installation is set up.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The address people reach it under, such as `https://pingyi.example`; QR links and cookies
    /// follow it. Without one: whatever the request came to, and cookies without `Secure`.
    pub public_url: Option<String>,
    /// The folder with the built app, if this process serves it.
    pub app_dir: Option<PathBuf>,
    /// Whether anybody may read how far the audit chains have come.
    pub public_heads: bool,
    /// The provider that accounts may sign in through.
    pub openid: Option<Arc<openid::Provider>>,
    /// How the disk is that this process writes to, if it writes to one.
    pub disk: Option<DiskLook>,
}

/// How the disk under the data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// It takes what is written.
    Writable,
    /// It is full.
    Full,
    /// It is read-only, or fails.
    Unwritable,
}

/// Looks at the disk.
#[derive(Clone)]
pub struct DiskLook(Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Disk> + Send>> + Send + Sync>);

impl DiskLook {
    /// A look; anybody may ask for one, as often as they like.
    pub fn new<F, R>(look: F) -> DiskLook
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Disk> + Send + 'static,
    {
        DiskLook(Arc::new(move || Box::pin(look())))
    }

    pub(crate) async fn now(&self) -> Disk {
        (self.0)().await
    }
}

impl fmt::Debug for DiskLook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DiskLook")
    }
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
    large_bodies: Budgets,
    units_of_editions: UnitsOfEditions,
    released_units: ReleasedUnits,
}

impl AppState {
    /// State over one store.
    pub fn new(store: Store, settings: Settings) -> AppState {
        let (hashing, sign_ins) = (HashingPool::default(), SignInLine::default());
        let (large_bodies, units_of_editions) = (Budgets::default(), UnitsOfEditions::default());
        let released_units = ReleasedUnits::default();
        AppState(Arc::new(Inner {
            store,
            settings,
            hashing,
            sign_ins,
            large_bodies,
            units_of_editions,
            released_units,
        }))
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

    pub(crate) fn large_bodies(&self) -> &Budgets {
        &self.0.large_bodies
    }

    pub(crate) fn units_of_editions(&self) -> &UnitsOfEditions {
        &self.0.units_of_editions
    }

    pub(crate) fn released_units(&self) -> &ReleasedUnits {
        &self.0.released_units
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

/// Whether the body of a request is being read. Whoever serves the router may put one into a request's extensions, to
/// know which connections wait for their other end.
#[derive(Clone, Debug, Default)]
pub struct BodyReading(pub Arc<AtomicBool>);

/// The caller's address, for throttling only. Whoever serves the router puts it into
/// the request's extensions; it is neither logged nor stored in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub String);
