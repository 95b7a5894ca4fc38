//! A process that is killed while it casts loses nothing that it acknowledged, and writes nothing by half.
//!
//! Sixteen writers, killed at random moments; `PINGYI_KILLS` says at how many (default 5).

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use store::{BallotId, CodeHash, PlanId, Prepared};

use crate::dice::{Dice, setting};
use crate::house::{House, PLANNER, all, cast};

const HOME: &str = "PINGYI_TEST_HOME";
const WRITERS: u16 = 16;
const CODES: u16 = 800;

/// The same in both processes.
fn pair(number: u16) -> (CodeHash, BallotId) {
    let mut dice = Dice::new(u64::from(number) + 1);
    (CodeHash::from(dice.bytes()), BallotId::from(dice.bytes()))
}

/// The process that is killed: it says `ready` and the plan, then the number of each ballot that it acknowledges.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "run by the test below, in a process of its own"]
async fn writer() {
    let Ok(home) = std::env::var(HOME) else { return };
    let house = House::in_directory(home.as_ref()).await;
    let plan = house.draft().await;
    let hashes: Vec<CodeHash> = (0..CODES).map(|number| pair(number).0).collect();
    let codes = store::NewCodes { period: "h1", group: "staff", hashes: &hashes, units: None, unit: None };
    house.store.add_codes(PLANNER, &plan, codes).await.unwrap();
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    println!("\nready {plan}");
    let mut writers = tokio::task::JoinSet::new();
    for start in 0..WRITERS {
        let (store, plan) = (house.store.clone(), plan.clone());
        writers.spawn(async move {
            for number in (start..CODES).step_by(usize::from(WRITERS)) {
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
    let mut dice = Dice::new(setting("PINGYI_SEED", 1));
    let (mut kills, mut lost_answers) = (0, 0);
    for _ in 0..setting("PINGYI_KILLS", 5) {
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
        std::thread::sleep(Duration::from_micros(dice.roll(800_000)));
        // SIGKILL.
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged: Vec<u16> =
            lines.filter_map(|line| line.strip_prefix("cast ").and_then(|number| number.parse().ok())).collect();

        let house = House::in_directory(home.path()).await;
        house.base.engine().check_integrity().await.unwrap();
        let mut inside = Vec::new();
        for number in 0..CODES {
            let (code, ballot) = pair(number);
            // Either the ballot is in the box, or its code is as good as before: anything else is half a write.
            match house.store.prepare_ballot(&plan, &code, &ballot).await.unwrap() {
                Prepared::AlreadyCast(_) => inside.push(number),
                Prepared::Ready(_) => {}
            }
        }
        assert!(acknowledged.iter().all(|number| inside.contains(number)), "an acknowledged ballot is lost");
        // Of each writer one more may be in the box, whose acknowledgement was not out yet.
        let more = inside.len() - acknowledged.len();
        assert!(more <= usize::from(WRITERS), "{more} that nobody acknowledged");
        assert!(!house.store.close_plan(PLANNER, &plan).await.unwrap().count_mismatch);
        assert_eq!(house.store.turnout(&plan).await.unwrap()[0].cast, inside.len() as u64);
        kills += usize::from(inside.len() < usize::from(CODES));
        lost_answers += more;
    }
    println!("{kills} killed while they wrote; {lost_answers} ballots in the box whose answer was lost");
}
