//! A process that is killed while it casts loses nothing that it acknowledged.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use store::{BallotId, CodeHash, PlanId};

use crate::house::{House, PLANNER, all, cast};

const HOME: &str = "PINGYI_TEST_HOME";

/// The same numbers in both processes.
fn pair(number: u8) -> (CodeHash, BallotId) {
    (CodeHash::from([number; 32]), BallotId::from([number; 16]))
}

/// The process that is killed: it says `ready` and the plan, then the number of each ballot that it acknowledges.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "run by the test below, in a process of its own"]
async fn writer() {
    let Ok(home) = std::env::var(HOME) else { return };
    let house = House::in_directory(home.as_ref()).await;
    let plan = house.draft().await;
    let hashes: Vec<CodeHash> = (0..200).map(|number| pair(number).0).collect();
    let codes = store::NewCodes { period: "h1", group: "staff", hashes: &hashes, units: None, unit: None };
    house.store.add_codes(PLANNER, &plan, codes).await.unwrap();
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    println!("\nready {plan}");
    let mut writers = tokio::task::JoinSet::new();
    for start in 0..4u8 {
        let (store, plan) = (house.store.clone(), plan.clone());
        writers.spawn(async move {
            for number in (start..200).step_by(4) {
                let (code, ballot) = pair(number);
                cast(&store, &plan, &code, &ballot, &all("good")).await.unwrap();
                println!("\ncast {number}");
            }
        });
    }
    writers.join_all().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_killed_process_acknowledged_is_in_the_box() {
    for pause in [40, 150, 400] {
        let home = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killing::writer", "--ignored", "--nocapture"])
            .env(HOME, home.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let ready = lines.find_map(|line| line.strip_prefix("ready ").map(str::to_owned)).unwrap();
        let plan = PlanId::parse(&ready).unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged: Vec<u8> =
            lines.filter_map(|line| line.strip_prefix("cast ").and_then(|number| number.parse().ok())).collect();

        let house = House::in_directory(home.path()).await;
        house.base.engine().check_integrity().await.unwrap();
        for number in &acknowledged {
            let (code, ballot) = pair(*number);
            assert!(house.cast(&plan, &code, &ballot, &all("good")).await.unwrap().repeated, "{number}");
        }
        assert!(!house.store.close_plan(PLANNER, &plan).await.unwrap().count_mismatch);
        let cast = house.store.turnout(&plan).await.unwrap()[0].cast;
        // Of each of the four writers one more may be in the box, whose acknowledgement was not out yet.
        let least = acknowledged.len() as u64;
        assert!((least..=least + 4).contains(&cast), "{least} acknowledged, {cast} in the box");
    }
}
