//! Makes a failing case small: takes out what is not needed for it to fail.

use crate::mutation::{at, at_mut, paths, remove};
use serde_json::{Value, json};

/// The smallest case found that still fails, within two thousand attempts.
pub fn shrink(case: Value, fails: impl Fn(&Value) -> bool) -> Value {
    let mut case = case;
    let mut attempts = 0;
    loop {
        let mut smaller = None;
        // From the back, so that what leans on earlier elements goes first.
        'paths: for path in paths(&case).into_iter().rev() {
            let mut candidates = Vec::new();
            let mut without = case.clone();
            remove(&mut without, &path);
            candidates.push(without);
            let simple = match at(&case, &path) {
                Value::Number(n) => [0, 1].iter().find(|s| n.as_i64().is_some_and(|n| n > **s)).map(|s| json!(s)),
                Value::String(t) if t.len() > 1 && t.parse::<f64>().is_ok() => Some(json!("1")),
                _ => None,
            };
            if let Some(simple) = simple {
                let mut with = case.clone();
                *at_mut(&mut with, &path) = simple;
                candidates.push(with);
            }
            for candidate in candidates {
                attempts += 1;
                if candidate != case && fails(&candidate) {
                    smaller = Some(candidate);
                    break 'paths;
                }
            }
            if attempts > 2_000 {
                return case;
            }
        }
        match smaller {
            Some(smaller) => case = smaller,
            None => return case,
        }
    }
}
