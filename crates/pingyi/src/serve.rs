//! `pingyi serve`: the router on a socket.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use api::{AppState, BodyReading, ClientAddress, FirstStart, FirstStartError, Settings};
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use engine::EngineError;
use store::{Actor, Store, StoreError};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

use crate::backing::{Backing, FolderError, Tables};
use crate::connections::{Connections, Peer};
use crate::proxies::{self, Network};
use crate::{data, demo};

/// How long requests may go on after SIGTERM, so that the process ends within five seconds.
const LAST_REQUESTS: Duration = Duration::from_secs(4);

/// How often it looks what the schedules open and close, and goes on with closings.
const SCHEDULE: Duration = Duration::from_secs(20);

/// In whose name it stands in the audit trail that data were put back, and what the schedule did: no account has a blank in its name.
const OPERATOR: Actor<'static> = Actor { name: "pingyi serve" };

/// Threads for what blocks, which is SQLite: it takes one writer at a time, and each thread keeps memory of its own.
const BLOCKING: usize = 16;

/// Arguments of `serve`.
pub(crate) struct Options {
    pub(crate) addr: SocketAddr,
    pub(crate) data: PathBuf,
    pub(crate) tables: Option<Tables>,
    pub(crate) bucket: Option<String>,
    pub(crate) trusted_proxy: Vec<Network>,
    pub(crate) state: Option<PathBuf>,
    pub(crate) accept_restore: Option<String>,
    pub(crate) demo: bool,
    pub(crate) public_url: Option<String>,
    pub(crate) app: PathBuf,
    pub(crate) public_heads: bool,
}

/// Why the server could not start or go on.
#[derive(Debug)]
pub(crate) enum ServeError {
    /// The data directory cannot be used.
    Engine(EngineError),
    /// The data cannot be read or written.
    Store(StoreError),
    /// The first account cannot be made.
    FirstStart(FirstStartError),
    /// The address cannot be listened on.
    Io(std::io::Error),
    Demo(demo::DemoError),
    /// Sign-in through a provider cannot be offered as it is set.
    OpenId(openid::OptionsError),
}

impl std::fmt::Display for ServeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ServeError::Engine(EngineError::NotAsLeft(findings)) => f.write_str(&data::not_as_left(findings)),
            ServeError::Engine(error) => write!(f, "数据目录 / data directory: {error}"),
            ServeError::Store(error) => write!(f, "数据 / data: {error}"),
            ServeError::FirstStart(error) => write!(f, "管理员账号 / administrator: {error}"),
            ServeError::Io(error) => write!(f, "网络 / network: {error}"),
            ServeError::Demo(error) => write!(f, "演示数据 / demo: {error}"),
            ServeError::OpenId(error) => write!(f, "统一身份认证 / identity provider: {error}"),
        }
    }
}

macro_rules! from {
    ($($error:ty => $variant:ident),*) => {$(
        impl From<$error> for ServeError {
            fn from(error: $error) -> ServeError {
                ServeError::$variant(error)
            }
        }
    )*};
}
from!(EngineError => Engine, StoreError => Store, FirstStartError => FirstStart, std::io::Error => Io, demo::DemoError => Demo,
    openid::OptionsError => OpenId);

impl From<FolderError> for ServeError {
    fn from(error: FolderError) -> ServeError {
        match error {
            FolderError::Engine(error) => ServeError::Engine(error),
            FolderError::Store(error) => ServeError::Store(error),
        }
    }
}

/// Serves until SIGTERM or Ctrl-C.
pub(crate) fn run(options: Options) -> ExitCode {
    let threads = tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(BLOCKING).build();
    let runtime = match threads {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("pingyi: {error}");
            return ExitCode::FAILURE;
        }
    };
    let (folder, is_elsewhere) = (options.data.clone(), options.tables.is_some());
    match runtime.block_on(serve(options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What SQLite says of a full disk names neither the disk nor what to do.
            let is_known = matches!(error, ServeError::Engine(EngineError::NotAsLeft(_) | EngineError::InUse));
            let disk = if is_known || is_elsewhere { None } else { data::disk_fault(&folder) };
            eprintln!("pingyi: {}", disk.unwrap_or_else(|| error.to_string()));
            ExitCode::FAILURE
        }
    }
}

/// The backing that is asked for.
async fn open(options: &Options) -> Result<(Backing, Store), ServeError> {
    match &options.tables {
        Some(tables) => Ok(Backing::of_tables(tables, options.bucket.as_deref(), &options.data).await?),
        None => {
            let (state, reason) = (options.state.as_deref(), options.accept_restore.as_deref());
            Ok(Backing::of_folder(&options.data, state, reason, OPERATOR).await?)
        }
    }
}

async fn serve(options: Options) -> Result<(), ServeError> {
    let public_url =
        options.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned()).filter(|url| !url.is_empty());
    let provider = openid::Options::from(|name| std::env::var(name).ok(), public_url.as_deref())?;
    let provider = provider.map(openid::Provider::new).transpose()?.map(Arc::new);
    let (backing, store) = open(&options).await?;
    let password = std::env::var("PINGYI_ADMIN_PASSWORD").ok().filter(|password| !password.is_empty());
    let first = api::first_start(&store, password.as_deref()).await?;
    let shown = if options.demo { Some(demo::prepare(&store).await?) } else { None };

    let listener = TcpListener::bind(options.addr).await?;
    let address = listener.local_addr()?;
    let app_dir = built_app(&options.app);
    let base = public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let disk = backing.disk_look();
    let timing = tokio::spawn(keep_schedule(store.clone()));
    let settings = Settings { public_url, app_dir, public_heads: options.public_heads, openid: provider, disk };
    let state = AppState::new(store, settings);
    let router: Router =
        api::router(state).layer(middleware::from_fn_with_state(Arc::from(options.trusted_proxy), name_caller));
    let service = router.into_make_service_with_connect_info::<Peer>();

    say(&format!("listening on http://{address}"));
    if let FirstStart::Drawn(password) = &first {
        say(&format!("{base}/office  admin  {password}"));
    }
    if let Some(shown) = shown {
        for line in shown.lines(&base, &first) {
            say(&line);
        }
    }

    let tending = backing.tend();
    let (ending, ended) = tokio::sync::watch::channel(false);
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let asked = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        let _ = ending.send(true);
    };
    let serving = axum::serve(Connections::new(listener), service).with_graceful_shutdown(asked).into_future();
    let too_long = async move {
        let mut ended = ended;
        let _ = ended.wait_for(|ended| *ended).await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::select! {
        served = serving => served?,
        // A request without an answer was not acknowledged. What was acknowledged is on disk.
        () = too_long => {}
    }
    tending.iter().chain([&timing]).for_each(JoinHandle::abort);
    backing.leave().await?;
    Ok(())
}

/// One line on standard output, seen at once even through a pipe.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // The reader of the pipe may be gone. The server goes on.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn built_app(folder: &Path) -> Option<PathBuf> {
    let built = folder.join("ballot.html").is_file() && folder.join("office.html").is_file();
    if built {
        Some(folder.to_owned())
    } else {
        eprintln!("未找到应用，只提供接口 / no built app in {}: serving the API alone", folder.display());
        None
    }
}

/// Gives the router the caller's address, which only throttling uses, and says that the connection works until the
/// answer is made.
async fn name_caller(State(trusted): State<Arc<[Network]>>, mut request: Request, next: Next) -> Response {
    let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<Peer>>().cloned() else {
        return next.run(request).await;
    };
    let _working = peer.line.work();
    let caller = proxies::caller(peer.address.ip(), request.headers(), &trusted);
    request.extensions_mut().insert(ClientAddress(caller.to_string()));
    request.extensions_mut().insert(BodyReading(peer.line.reading.clone()));
    next.run(request).await
}

/// What the schedules of open plans ask for. Ballots are held to them by the clock, whether or not this runs.
async fn keep_schedule(store: Store) {
    loop {
        tokio::time::sleep(SCHEDULE).await;
        if store.keep_schedule(OPERATOR).await.is_err() {
            eprintln!("日程未能执行 / the schedule could not be kept");
        }
    }
}
