//! `pingyi serve`: the router on a socket, over the embedded engine.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use api::{AppState, BodyReading, ClientAddress, Disk, DiskLook, FirstStart, FirstStartError, Settings};
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use engine::{Engine, EngineError};
use files::Files;
use store::{Actor, Store, StoreError};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::connections::{Connections, Peer};
use crate::proxies::{self, Network};
use crate::{data, demo};

/// How long requests may go on after SIGTERM, so that the process ends within five seconds.
const LAST_REQUESTS: Duration = Duration::from_secs(4);

/// How often expired sessions and counters are removed.
const SWEEP: Duration = Duration::from_secs(3600);

/// How often it looks what the schedules open and close, and goes on with closings.
const SCHEDULE: Duration = Duration::from_secs(20);

/// How often the data files note how far the others have come, if anything was written.
const NOTE: Duration = Duration::from_secs(5);

/// In whose name it stands in the audit trail that data were put back, and what the schedule did: no account has a blank in its name.
const OPERATOR: Actor<'static> = Actor { name: "pingyi serve" };

/// Threads for what blocks, which is SQLite: it takes one writer at a time, and each thread keeps memory of its own.
const BLOCKING: usize = 16;

/// Arguments of `serve`.
pub(crate) struct Options {
    pub(crate) addr: SocketAddr,
    pub(crate) data: PathBuf,
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
    let folder = options.data.clone();
    match runtime.block_on(serve(options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What SQLite says of a full disk names neither the disk nor what to do.
            let is_known = matches!(error, ServeError::Engine(EngineError::NotAsLeft(_) | EngineError::InUse));
            let disk = if is_known { None } else { data::disk_fault(&folder) };
            eprintln!("pingyi: {}", disk.unwrap_or_else(|| error.to_string()));
            ExitCode::FAILURE
        }
    }
}

/// The store over an embedded engine, which is asked to forget the order of ballots at closing.
fn store_over(engine: &Engine) -> Store {
    let rewriting = engine.clone();
    Store::embedded(engine.http_client()).with_box_rewrite(move || {
        let engine = rewriting.clone();
        async move { engine.rewrite("box").await.is_ok() }
    })
}

/// Opens the data; what was put back is taken only with a reason, and the audit trail says so before anything else.
async fn open_data(options: &Options) -> Result<(Engine, Store), ServeError> {
    let engine = data::open(&options.data, options.state.as_deref(), options.accept_restore.is_some())?;
    let store = store_over(&engine).with_files(Files::Folder(options.data.join("files")));
    store.create_tables().await?;
    if let Some(reason) = &options.accept_restore {
        let findings = engine.findings();
        let found: Vec<String> = findings.iter().map(ToString::to_string).collect();
        let box_alone = !findings.is_empty() && findings.iter().all(|finding| finding.table() == "box");
        store.note_restore(OPERATOR, reason, &found, box_alone).await?;
        engine.accept().await?;
        let found = if found.is_empty() { "-".to_owned() } else { found.join(", ") };
        eprintln!("按现状接受数据，已记入留痕 / data accepted as they are, noted in the audit trail: {found}");
    }
    if !engine.has_witness() {
        eprintln!(
            "状态目录写不进去：整个数据目录被换回旧的，将看不出来 / no folder for state (--state): \
             a data folder that is put back as a whole will not be noticed"
        );
    }
    Ok((engine, store))
}

/// A look at the disk under the data.
fn disk_look(engine: &Engine) -> DiskLook {
    let engine = engine.clone();
    DiskLook::new(move || {
        let engine = engine.clone();
        async move {
            match engine.disk().await {
                engine::Disk::Writable => Disk::Writable,
                engine::Disk::Full => Disk::Full,
                engine::Disk::Unwritable => Disk::Unwritable,
            }
        }
    })
}

async fn serve(options: Options) -> Result<(), ServeError> {
    let public_url =
        options.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned()).filter(|url| !url.is_empty());
    let provider = openid::Options::from(|name| std::env::var(name).ok(), public_url.as_deref())?;
    let provider = provider.map(openid::Provider::new).transpose()?.map(Arc::new);
    let (engine, store) = open_data(&options).await?;
    let password = std::env::var("PINGYI_ADMIN_PASSWORD").ok().filter(|password| !password.is_empty());
    let first = api::first_start(&store, password.as_deref()).await?;
    let shown = if options.demo { Some(demo::prepare(&store).await?) } else { None };

    let listener = TcpListener::bind(options.addr).await?;
    let address = listener.local_addr()?;
    let app_dir = built_app(&options.app);
    let base = public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let disk = Some(disk_look(&engine));
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

    let sweeping = tokio::spawn(sweep(engine.clone()));
    let noting = tokio::spawn(note(engine.clone()));
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
    sweeping.abort();
    noting.abort();
    timing.abort();
    engine.note_progress().await?;
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

async fn note(engine: Engine) {
    loop {
        tokio::time::sleep(NOTE).await;
        // A disk that takes no notes takes no ballots either; `GET /api/health` says so.
        let _ = engine.note_progress().await;
    }
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

async fn sweep(engine: Engine) {
    loop {
        tokio::time::sleep(SWEEP).await;
        if engine.sweep_expired().await.is_err() {
            eprintln!("过期数据未能清理 / expired items could not be removed");
        }
    }
}
