//! The engine on a loopback address, for the tests that run the Lambda binary:
//! `cargo run -p engine --features loopback --example loopback -- 127.0.0.1:0 [DIRECTORY]`.
//! Prints `listening on http://ADDRESS` when it is ready. Without a directory it is in memory.

use engine::Engine;

#[tokio::main(flavor = "multi_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let engine = match arguments.next() {
        Some(directory) => Engine::open(directory.as_ref())?,
        None => Engine::memory(),
    };
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(engine.serve_loopback(listener).await?)
}
