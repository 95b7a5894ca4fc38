//! “自己验算”: a publication is fetched and recomputed on the reader's own machine, by the package that `pingyi verify` is.
//!
//! Owns the page, from the fetch to the words. It has no state and asks nothing, so it is drawn without a framework and
//! stays a fraction of the ballot's size.

use gloo_net::http::Request;
use gloo_timers::future::TimeoutFuture;
use text::{Lang, Text, verify as words};
use verify::{Line, Publication, Report, STEPS, SpentToken, Value};
use web_sys::{Document, Element};

/// Lines of one kind that a page shows.
const MOST_LINES: usize = 200;

/// Between two steps, so that the browser draws how far it is.
const PAUSE_MS: u32 = 20;

fn main() {
    wasm_bindgen_futures::spawn_local(async {
        let Some(page) = Page::open() else { return };
        page.run().await;
    });
}

/// What stands at an address; nothing where it could not be had.
async fn got(address: &str) -> Option<Vec<u8>> {
    let answer = Request::get(address).send().await.ok()?;
    if answer.ok() { answer.binary().await.ok() } else { None }
}

struct Page {
    document: Document,
    place: Element,
    lang: Lang,
    /// `/public/{id}`, and which edition.
    result: String,
    edition: String,
}

impl Page {
    fn open() -> Option<Page> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let place = document.get_element_by_id("main")?;
        let address = window.location();
        let query = address.search().ok()?;
        let asked = |name: &str| {
            let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
            pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).next().unwrap_or_default()
        };
        let lang = Lang::named(&asked("lang"));
        // A number and nothing else goes into another address.
        let edition = asked("edition").chars().filter(char::is_ascii_digit).collect();
        document.document_element()?.set_attribute("lang", lang.tag()).ok()?;
        document.set_title(words::TITLE.in_(lang));
        let path = address.pathname().ok()?;
        let result = path.strip_suffix("/verify").unwrap_or(&path).to_owned();
        Some(Page { document, place, lang, result, edition })
    }

    fn add(&self, place: &Element, tag: &str, words: &str) -> Option<Element> {
        let element = self.document.create_element(tag).ok()?;
        element.set_text_content(Some(words));
        place.append_child(&element).ok()?;
        Some(element)
    }

    fn say(&self, tag: &str, words: Text) -> Option<Element> {
        self.add(&self.place, tag, words.in_(self.lang))
    }

    async fn run(&self) {
        self.place.set_text_content(None);
        self.say("h1", words::TITLE);
        self.say("p", words::LEAD);
        let status = self.say("p", words::FETCHING);
        let bar = self.add(&self.place, "progress", "");
        if let Some(status) = &status {
            let _ = status.set_attribute("role", "status");
        }
        let said = |words: Text| {
            if let Some(status) = &status {
                status.set_text_content(Some(words.in_(self.lang)));
            }
        };
        if let Some(bar) = &bar {
            let _ = bar.set_attribute("max", "100");
            let _ = bar.set_attribute("aria-label", words::TITLE.in_(self.lang));
        }
        let report = match self.fetch().await {
            Some(text) => self.check(&text, bar.as_ref(), || said(words::RUNNING)).await,
            None => Err(Vec::new()),
        };
        if let Some(bar) = bar {
            bar.remove();
        }
        match report {
            Err(lines) if lines.is_empty() => said(words::NOT_FETCHED),
            Err(lines) => {
                said(words::NO_PUBLICATION);
                self.list(words::WRONG, &lines);
            }
            Ok(report) => {
                said(if report.faults.is_empty() { words::HOLDS } else { words::DOES_NOT_HOLD });
                self.list(words::WRONG, &report.faults);
                self.list(words::HOLDING, &report.checked);
                self.list(words::NOT_CHECKED, &report.unchecked);
            }
        }
        if let Some(link) =
            self.say("p", words::HOW).and_then(|place| self.add(&place, "a", words::BACK.in_(self.lang)))
        {
            let lang = if self.lang == Lang::En { "?lang=en" } else { "" };
            let _ = link.set_attribute("href", &format!("{}{lang}", self.result));
        }
    }

    async fn fetch(&self) -> Option<Vec<u8>> {
        let edition = if self.edition.is_empty() { String::new() } else { format!("?edition={}", self.edition) };
        got(&format!("/api{}{edition}", self.result)).await
    }

    /// The spent tokens that stand at an address of their own, part after part.
    async fn fetch_tokens(&self, publication: &Value) -> Result<Vec<SpentToken>, Vec<Line>> {
        let edition = publication.get("edition").and_then(|edition| match edition {
            Value::Int(edition) => Some(*edition),
            _ => None,
        });
        let (Some(_), Some(edition)) = (publication.get("tokens_at"), edition) else { return Ok(Vec::new()) };
        let (mut tokens, mut from) = (Vec::new(), 0);
        loop {
            let part = got(&format!("/api{}/tokens?edition={edition}&from={from}", self.result)).await;
            let part = verify::read_tokens(&part.ok_or_else(Vec::new)?)?;
            tokens.extend(part.tokens);
            match part.next.filter(|next| *next > from) {
                Some(next) => from = next,
                None => return Ok(tokens),
            }
        }
    }

    async fn check(&self, text: &[u8], bar: Option<&Element>, running: impl Fn()) -> Result<Report, Vec<Line>> {
        let value = verify::read(text).map_err(|line| vec![line])?;
        let tokens = self.fetch_tokens(&value).await?;
        running();
        TimeoutFuture::new(PAUSE_MS).await;
        let publication = Publication::new(&value)?.with_tokens(tokens);
        let mut report = Report::default();
        for step in 0..STEPS {
            let done = publication.step(step, &mut report);
            if let Some(bar) = bar {
                let _ = bar.set_attribute("value", &done.to_string());
            }
            TimeoutFuture::new(PAUSE_MS).await;
        }
        Ok(report)
    }

    fn list(&self, heading: Text, lines: &[Line]) {
        if lines.is_empty() {
            return;
        }
        self.say("h2", heading);
        let Some(list) = self.say("ul", Text::new("", "")) else { return };
        let _ = list.set_attribute("class", "said");
        for line in lines.iter().take(MOST_LINES) {
            let Some(item) = self.add(&list, "li", &line.in_(self.lang)) else { continue };
            let _ = self.add(&item, "br", "");
            let _ = self.add(&item, "code", &line.path);
        }
    }
}
