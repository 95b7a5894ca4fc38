//! The work of `benches/scoring.rs` for WASM: what `cargo xtask bench scoring` times in Chromium.

#[cfg(target_arch = "wasm32")]
#[path = "../benches/appraisal/mod.rs"]
mod appraisal;

#[cfg(target_arch = "wasm32")]
mod exports {
    use scoring::json::Value;
    use scoring::scenario::Rebalance;
    use scoring::{Mode, Plan, Records, ScenarioDocument, apply_scenario, score};
    use wasm_bindgen::prelude::wasm_bindgen;

    use super::appraisal;

    /// An appraisal ready to be scored.
    #[wasm_bindgen]
    pub struct Scoring {
        plan: Plan,
        records: Records,
        scenario: ScenarioDocument,
    }

    #[wasm_bindgen]
    impl Scoring {
        /// Makes the appraisal.
        pub fn of(units: usize, components: usize) -> Option<Scoring> {
            let document = |value: serde_json::Value| Value::parse(value.to_string().as_bytes()).ok();
            let plan = Plan::from_json(&document(appraisal::plan(units, components))?).ok()?;
            let records = Records::from_json(&plan, &document(appraisal::records(units, components))?).ok()?;
            let points = [("n0", "60".into())].into();
            let scenario =
                ScenarioDocument { points, rebalance: Some(Rebalance::Proportional), ..ScenarioDocument::default() };
            Some(Scoring { plan, records, scenario })
        }

        /// Does the work once: the rank of the first unit.
        pub fn run(&self, work: &str) -> Option<u32> {
            let standing = match work {
                "score" => score(&self.plan, &self.records, Mode::Final).ok()?,
                "slider" => {
                    score(&apply_scenario(&self.plan, &self.scenario).ok()?, &self.records, Mode::Provisional).ok()?
                }
                _ => return None,
            };
            Some(standing.rank(0.into()))
        }
    }
}
