//! The worker: hears requests, says replies.

use js_sys::{Array, Float64Array};
use simulator::{Analyst, Answer, Progress, Reply, Request, Told};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// A reply as it is posted: its JSON, and its figures.
fn post(scope: &DedicatedWorkerGlobalScope, number: u32, told: Told) {
    let Ok(text) = serde_json::to_string(&Reply { number, answer: told.answer }) else { return };
    let figures = Float64Array::from(told.figures.as_slice());
    let message = Array::of2(&JsValue::from_str(&text), &figures);
    // Given away, not copied. Refused only for what cannot be given away, and a buffer can.
    let _ = scope.post_message_with_transfer(&message, &Array::of1(&figures.buffer()));
}

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mut analyst = Analyst::default();
    let hearing = scope.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        // The page and this part are built together: what the page sends can be read.
        let Ok(request) = serde_json::from_str::<Request>(&text) else { return };
        let number = request.number;
        let told = analyst.answer(&request, &mut |done, of| {
            post(&hearing, number, Answer::Progress(Progress { done, of }).into());
        });
        post(&hearing, number, told);
    });
    scope.set_onmessage(Some(hear.into_js_value().unchecked_ref()));
    // From now on requests are heard.
    let _ = scope.post_message(&JsValue::NULL);
}
