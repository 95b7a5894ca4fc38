//! The connections of `serve`: so many at once, and none for long without a request.
//!
//! A connection is *working* from the moment its request's head is there until the answer is made. One that is not
//! has not sent anything, is in the middle of a head, or has had its answer; it is closed after a while. When all
//! places are taken, the connection that has kept the server waiting longest makes room for the next. A working one
//! is never closed, unless it is still sending its body and there is none without a request.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::{Duration, Instant};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// Connections at once, however many files the system lets a process open.
const MOST: usize = 4000;

/// Open files that are left for the database, the app and answers.
const SPARE: usize = 128;

/// Open files of a process where the system does not say: what most systems allow.
const USUAL: usize = 1024;

/// Bytes that are read at once, so that what is read ahead of a request that waits stays small.
const READ: usize = 16 * 1024;

/// How long a connection may wait without the whole head of a request, or with an answer that nobody takes:
/// longer than proxies keep a connection for their next request, which is a minute with nginx.
const PATIENCE: Duration = Duration::from_secs(75);

/// How often connections are looked at that have waited too long.
const LOOK: Duration = Duration::from_secs(5);

/// A listener that keeps its connections in bounds.
pub(crate) struct Connections {
    listener: TcpListener,
    open: Arc<Open>,
    most: usize,
}

/// The connections that are open, by their number.
#[derive(Default)]
struct Open {
    lines: Mutex<(u64, BTreeMap<u64, Arc<Line>>)>,
    freed: Notify,
}

/// One connection, as those see it who do not read it.
pub(crate) struct Line {
    turn: Mutex<Turn>,
    /// Whether the body of its request is still being read.
    pub(crate) reading: Arc<AtomicBool>,
}

struct Turn {
    working: bool,
    /// Since when it works, or keeps the server waiting.
    since: Instant,
    ended: bool,
    waker: Option<Waker>,
}

impl Line {
    fn new() -> Line {
        let turn = Turn { working: false, since: Instant::now(), ended: false, waker: None };
        Line { turn: Mutex::new(turn), reading: Arc::default() }
    }

    fn turn(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its request is there; until what is returned is dropped, it works.
    pub(crate) fn work(self: &Arc<Self>) -> Working {
        let mut turn = self.turn();
        (turn.working, turn.since) = (true, Instant::now());
        Working(Arc::clone(self))
    }

    /// Since when it keeps the server waiting; `None` while it works, or is ended.
    fn waiting_since(&self) -> Option<Instant> {
        let turn = self.turn();
        let waits = !turn.working || self.reading.load(Ordering::Relaxed);
        (waits && !turn.ended).then_some(turn.since)
    }

    fn end(&self) {
        let mut turn = self.turn();
        turn.ended = true;
        if let Some(waker) = turn.waker.take() {
            waker.wake();
        }
    }

    /// Whether it was ended; otherwise it will be told.
    fn is_ended(&self, context: &Context<'_>) -> bool {
        let mut turn = self.turn();
        turn.waker = Some(context.waker().clone());
        turn.ended
    }
}

/// A request that is worked on.
pub(crate) struct Working(Arc<Line>);

impl Drop for Working {
    fn drop(&mut self) {
        let mut turn = self.0.turn();
        (turn.working, turn.since) = (false, Instant::now());
    }
}

impl Open {
    fn lines(&self) -> MutexGuard<'_, (u64, BTreeMap<u64, Arc<Line>>)> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(self: &Arc<Self>, stream: TcpStream) -> Connection {
        let line = Arc::new(Line::new());
        let mut lines = self.lines();
        lines.0 += 1;
        let number = lines.0;
        lines.1.insert(number, Arc::clone(&line));
        Connection { stream, line, number, open: Arc::clone(self) }
    }

    /// Ends the connection that has kept the server waiting longest, if one does: one without a request, and only where
    /// there is none one that is sending its body.
    fn end_oldest(&self) {
        let lines = self.lines();
        let waiting = lines.1.values().filter_map(|line| Some((line.waiting_since()?, line)));
        if let Some((_, line)) = waiting.min_by_key(|(since, line)| (line.reading.load(Ordering::Relaxed), *since)) {
            line.end();
        }
    }

    fn end_impatient(&self) {
        for line in self.lines().1.values() {
            // A body has a time limit of its own.
            let waits = line.waiting_since().is_some_and(|since| since.elapsed() > PATIENCE);
            if waits && !line.reading.load(Ordering::Relaxed) {
                line.end();
            }
        }
    }

    async fn make_room(&self, most: usize) {
        while self.lines().1.len() >= most {
            self.end_oldest();
            // It is closed by its own task. Where none could be ended, one is done some time.
            let _ = tokio::time::timeout(Duration::from_millis(50), self.freed.notified()).await;
        }
    }
}

impl Connections {
    pub(crate) fn new(listener: TcpListener) -> Connections {
        let connections = Connections { listener, open: Arc::default(), most: most() };
        let open = Arc::downgrade(&connections.open);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(LOOK).await;
                let Some(open) = open.upgrade() else { return };
                open.end_impatient();
            }
        });
        connections
    }
}

/// How many connections are taken at once: what is left of the files that the system lets this process open.
fn most() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files")?.split_whitespace().next());
    let files = files.map_or(USUAL, |files| files.parse().unwrap_or(usize::MAX));
    files.saturating_sub(SPARE).clamp(files.min(SPARE) / 2, MOST)
}

impl Listener for Connections {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            match self.listener.accept().await {
                Ok((stream, address)) => {
                    self.open.make_room(self.most).await;
                    return (self.open.add(stream), address);
                }
                // Out of files after all, or a connection that went before it was taken.
                Err(_) => {
                    self.open.end_oldest();
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that can be ended from outside.
pub(crate) struct Connection {
    stream: TcpStream,
    line: Arc<Line>,
    number: u64,
    open: Arc<Open>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.open.lines().1.remove(&self.number);
        self.open.freed.notify_one();
    }
}

fn ended() -> io::Error {
    io::ErrorKind::ConnectionAborted.into()
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.line.is_ended(context) {
            return Poll::Ready(Err(ended()));
        }
        let room = buffer.remaining().min(READ);
        let mut part = ReadBuf::new(buffer.initialize_unfilled_to(room));
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut part))?;
        let read = part.filled().len();
        buffer.advance(read);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.line.is_ended(context) {
            return Poll::Ready(Err(ended()));
        }
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        if written.is_ready() {
            // Whoever takes an answer slowly still takes it.
            self.line.turn().since = Instant::now();
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Who is at the other end.
#[derive(Clone)]
pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
    pub(crate) line: Arc<Line>,
}

impl Connected<IncomingStream<'_, Connections>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Connections>) -> Peer {
        Peer { address: *stream.remote_addr(), line: Arc::clone(&stream.io().line) }
    }
}
