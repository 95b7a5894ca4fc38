//! The work of `benches/work.rs` for WASM: what `cargo xtask bench sensitivity` times in Node.js.

#[cfg(target_arch = "wasm32")]
#[path = "../benches/work.rs"]
mod work;

#[cfg(target_arch = "wasm32")]
mod exports {
    use wasm_bindgen::prelude::wasm_bindgen;

    use super::work::Work;

    /// Work on a data file's text.
    #[wasm_bindgen]
    pub struct Speed(Work);

    #[wasm_bindgen]
    impl Speed {
        /// Reads the data.
        pub fn read(data: &str) -> Option<Speed> {
            Work::read(data).map(Speed)
        }

        /// Does a task once; a figure that depends on the answer.
        pub fn run(&self, task: &str) -> Option<f64> {
            self.0.run(task, Work::size(task), 1)
        }
    }
}
