//! The embedded engine on a loopback port, for tests of the Lambda function, and the store's tables as JSON,
//! for the test that the stack's template has the same.
//!
//! `loopback serve` prints `listening on http://ADDR` and keeps everything in memory; its tables are made by
//! whoever calls, with `CreateTable`. `loopback tables` prints and ends. It owns no test and no table.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("tables") => {
            println!("{}", tables());
            ExitCode::SUCCESS
        }
        Some("serve") => match serve().await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        },
        _ => {
            eprintln!("loopback serve | loopback tables");
            ExitCode::from(2)
        }
    }
}

async fn serve() -> Result<(), engine::EngineError> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    engine::Engine::memory().serve_loopback(listener).await
}

fn tables() -> serde_json::Value {
    let written = store::tables().map(|table| {
        serde_json::json!({
            "name": table.name,
            "partition_key": table.partition_key,
            "sort_key": table.sort_key,
            "pay_per_request": matches!(table.billing, store::Billing::PayPerRequest),
            "time_to_live": table.time_to_live,
            "point_in_time_recovery": table.point_in_time_recovery,
            "stream": table.stream,
            "deletion_protection": table.deletion_protection,
        })
    });
    serde_json::Value::from_iter(written)
}
