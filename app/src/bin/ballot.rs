//! The evaluators' bundle: opened by a QR code on a phone. It must stay small.

fn main() {
    app::browser::start_drawn(app::ballot::page);
}
