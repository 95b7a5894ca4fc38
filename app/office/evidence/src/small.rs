//! Photos, made small before they are sent: a phone's camera gives 3 to 12 MB, and says in the file where it stood.
//!
//! What is drawn anew says nothing of the place any more.

use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

use crate::limits::Aim;

/// What becomes of a chosen file.
pub(crate) enum Made {
    /// It is sent as it is.
    AsItIs,
    /// This JPEG is sent in its place.
    Smaller(Blob),
    /// It is a picture that this browser cannot read.
    Unreadable,
}

/// A photo made small. A small PNG, which is a scan or what stood on a screen, stays as it is, and so does what is no picture.
pub(crate) async fn made_small(file: &File, aim: &Aim) -> Made {
    let kind = file.type_();
    if !kind.starts_with("image/") || (kind == "image/png" && file.size() <= aim.bytes) {
        return Made::AsItIs;
    }
    // As it is, it would say where it was taken.
    drawn(file, aim).await.map_or(Made::Unreadable, Made::Smaller)
}

async fn drawn(file: &File, aim: &Aim) -> Option<Blob> {
    let picture = window().create_image_bitmap_with_blob(file).ok()?;
    let picture: ImageBitmap = JsFuture::from(picture).await.ok()?.dyn_into().ok()?;
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    let mut smallest = None;
    for &(side, faithful) in aim.steps {
        let scale = (side / width.max(height)).min(1.0);
        let blob = at(&canvas, &picture, (width * scale, height * scale), faithful).await?;
        let enough = blob.size() <= aim.bytes;
        smallest = Some(blob);
        if enough {
            break;
        }
    }
    picture.close();
    smallest
}

/// The picture as a JPEG of this width and height.
async fn at(
    canvas: &HtmlCanvasElement,
    picture: &ImageBitmap,
    (width, height): (f64, f64),
    faithful: f64,
) -> Option<Blob> {
    let whole = |length: f64| format!("{:.0}", length.max(1.0)).parse().unwrap_or(1_u32);
    canvas.set_width(whole(width));
    canvas.set_height(whole(height));
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // What is seen through becomes white paper, not black.
    pen.set_fill_style_str("white");
    pen.fill_rect(0.0, 0.0, width, height);
    pen.draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, width, height).ok()?;
    let made = Promise::new(&mut |give, refuse| {
        let done = Closure::once_into_js(move |blob: JsValue| drop(give.call1(&JsValue::NULL, &blob)));
        let started =
            canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &faithful.into());
        if started.is_err() {
            drop(refuse.call0(&JsValue::NULL));
        }
    });
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}
