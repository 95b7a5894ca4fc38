//! Workers of the browser that answer what takes long, so that no gesture waits for it.
//!
//! Owns starting one from the part that the shell names, handing over the records once, and giving replies
//! to who asked. To cancel is to end the worker; the next question starts another.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, sync::Arc};

use js_sys::{Array, Float64Array, Uint8Array};
use leptos::prelude::*;
use scoring::RecordsDocument;
use simulator::{Answer, Case, Progress, Question, Reply, Request};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::MessageEvent;

/// What is heard of a question.
pub enum Heard {
    /// So much of the work is done, of so much.
    Progress(u64, u64),
    /// The answer and its figures.
    Answer(Answer, Float64Array),
    /// The worker did not start, or broke off.
    Failed,
}

type Hear = Box<dyn FnMut(Heard)>;

/// One worker. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Assistant(StoredValue<Rc<RefCell<State>>, LocalStorage>);

struct State {
    records: Arc<RecordsDocument>,
    worker: Option<web_sys::Worker>,
    /// Does it hear yet?
    hears: bool,
    /// Has it the records?
    knows: bool,
    /// What it has not been sent because it did not hear.
    waiting: Vec<String>,
    asked: u32,
    hearing: BTreeMap<u32, Hear>,
}

impl Drop for State {
    fn drop(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.terminate();
        }
    }
}

/// A module of one instruction that only browsers with SIMD accept.
const SIMD: [u8; 31] =
    [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

impl Assistant {
    /// An assistant that will know these records. Its worker starts with the first question and ends with
    /// the page.
    pub fn new(records: Arc<RecordsDocument>) -> Assistant {
        let state = State {
            records,
            worker: None,
            hears: false,
            knows: false,
            waiting: Vec::new(),
            asked: 0,
            hearing: BTreeMap::new(),
        };
        Assistant(StoredValue::new_local(Rc::new(RefCell::new(state))))
    }

    /// Asks a question; `hear` is called with progress, then with the answer.
    pub fn ask(self, case: Case, question: Question, hear: impl FnMut(Heard) + 'static) {
        let Some(shared) = self.0.try_get_value() else { return };
        if shared.borrow().worker.is_none() && !start(&shared) {
            let mut hear = hear;
            return hear(Heard::Failed);
        }
        let mut state = shared.borrow_mut();
        state.asked += 1;
        let number = state.asked;
        let records = if state.knows { None } else { serde_json::to_string(&*state.records).ok() };
        state.knows = true;
        let request = Request { number, records, case, question };
        let Ok(text) = serde_json::to_string(&request) else { return };
        state.hearing.insert(number, Box::new(hear));
        match &state.worker {
            Some(worker) if state.hears => {
                // Texts can be posted.
                let _ = worker.post_message(&JsValue::from_str(&text));
            }
            _ => state.waiting.push(text),
        }
    }

    /// Breaks off whatever it is doing. Nobody hears of it.
    pub fn cancel(self) {
        if let Some(state) = self.0.try_get_value() {
            end(&state);
        }
    }
}

fn end(shared: &RefCell<State>) {
    let mut state = shared.borrow_mut();
    if let Some(worker) = state.worker.take() {
        worker.terminate();
    }
    (state.hears, state.knows) = (false, false);
    state.waiting.clear();
    state.hearing.clear();
}

/// Starts the worker; answers whether there is one.
fn start(shared: &Rc<RefCell<State>>) -> bool {
    let module = Uint8Array::from(SIMD.as_slice());
    let simd = js_sys::WebAssembly::validate(&module).unwrap_or(false);
    let name = if simd { "data-simulator-simd" } else { "data-simulator" };
    let source = document().document_element().and_then(|root| root.get_attribute(name));
    let Some(worker) = source.and_then(|source| web_sys::Worker::new(&source).ok()) else { return false };
    let state = Rc::downgrade(shared);
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(state) = state.upgrade() {
            hear(&state, &event.data());
        }
    });
    worker.set_onmessage(Some(hear.into_js_value().unchecked_ref()));
    let state = Rc::downgrade(shared);
    let failed = Closure::<dyn FnMut()>::new(move || {
        if let Some(state) = state.upgrade() {
            let hearing = std::mem::take(&mut state.borrow_mut().hearing);
            end(&state);
            hearing.into_values().for_each(|mut hear| hear(Heard::Failed));
        }
    });
    worker.set_onerror(Some(failed.into_js_value().unchecked_ref()));
    shared.borrow_mut().worker = Some(worker);
    true
}

fn hear(shared: &RefCell<State>, message: &JsValue) {
    if message.is_null() {
        let mut state = shared.borrow_mut();
        state.hears = true;
        let waiting = std::mem::take(&mut state.waiting);
        if let Some(worker) = &state.worker {
            for text in waiting {
                // As above.
                let _ = worker.post_message(&JsValue::from_str(&text));
            }
        }
        return;
    }
    let parts: &Array = message.unchecked_ref();
    let text = parts.get(0).as_string().unwrap_or_default();
    let Some(Reply { number, answer }) = document::read_text(&text) else { return };
    let Some(mut hear) = shared.borrow_mut().hearing.remove(&number) else { return };
    // Whoever hears may ask again: nothing is borrowed while they do.
    if let Answer::Progress(Progress { done, of }) = answer {
        hear(Heard::Progress(done, of));
        shared.borrow_mut().hearing.insert(number, hear);
    } else {
        hear(Heard::Answer(answer, parts.get(1).unchecked_into()));
    }
}
