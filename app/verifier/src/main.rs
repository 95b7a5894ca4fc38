//! “自己验算”: a publication is fetched and recomputed on the reader's own machine, by the package that `pingyi verify` is.
//!
//! Owns the page, from the fetch to the words. It has no state and asks nothing, so it is drawn without a framework and
//! stays a fraction of the ballot's size. In the page for a stick (`app/page/verify-offline.html`) files are chosen in place
//! of the fetch.

use gloo_net::http::Request;
use gloo_timers::future::TimeoutFuture;
use text::{Lang, Text, verify as words};
use verify::{Line, Publication, Report, STEPS, SpentToken, Value};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Element, File, HtmlInputElement, js_sys};

/// Lines of one kind that a page shows.
const MOST_LINES: usize = 200;

/// Between two steps, so that the browser draws how far it is.
const PAUSE_MS: u32 = 20;

fn main() {
    let input = web_sys::window().and_then(|window| window.document()).and_then(|page| page.get_element_by_id("file"));
    match input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        Some(input) => check_what_is_chosen(input),
        None => spawn_local(async { run(Source::Server).await }),
    }
}

async fn run(source: Source) {
    if let Some(page) = Page::open(source) {
        page.run().await;
    }
}

/// Checks the files that are chosen, as often as some are.
fn check_what_is_chosen(input: HtmlInputElement) {
    let chosen = input.clone();
    let changed = Closure::<dyn Fn()>::new(move || {
        let list = chosen.files();
        let files: Vec<File> = list.iter().flat_map(|list| (0..list.length()).filter_map(|at| list.get(at))).collect();
        spawn_local(async move {
            let mut read = Vec::new();
            for file in files {
                read.push(bytes(&file).await);
            }
            run(Source::Files(read)).await;
        });
    });
    let _ = input.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
    // It listens as long as the page is there.
    changed.forget();
}

/// A file's bytes; none where it cannot be read any more.
async fn bytes(file: &File) -> Vec<u8> {
    let buffer = JsFuture::from(file.array_buffer()).await;
    buffer.map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec()).unwrap_or_default()
}

/// Where the data come from.
enum Source {
    /// From where the page is from.
    Server,
    /// Chosen files: a publication, and parts of its spent tokens.
    Files(Vec<Vec<u8>>),
}

/// What stands at an address; nothing where it could not be had.
async fn got(address: &str) -> Option<Vec<u8>> {
    let answer = Request::get(address).send().await.ok()?;
    if answer.ok() { answer.binary().await.ok() } else { None }
}

struct Page {
    source: Source,
    document: Document,
    place: Element,
    lang: Lang,
    /// `/public/{id}`, and which edition.
    result: String,
    edition: String,
}

impl Page {
    fn open(source: Source) -> Option<Page> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let place = document.get_element_by_id(if matches!(source, Source::Server) { "main" } else { "report" })?;
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
        Some(Page { source, document, place, lang, result, edition })
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
        let is_served = matches!(self.source, Source::Server);
        if is_served {
            self.say("h1", words::TITLE);
            self.say("p", words::LEAD);
        }
        let status = self.say("p", if is_served { words::FETCHING } else { words::RUNNING });
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
        if is_served
            && let Some(link) =
                self.say("p", words::HOW).and_then(|place| self.add(&place, "a", words::BACK.in_(self.lang)))
        {
            let lang = if self.lang == Lang::En { "?lang=en" } else { "" };
            let _ = link.set_attribute("href", &format!("{}{lang}", self.result));
        }
    }

    async fn fetch(&self) -> Option<Vec<u8>> {
        if let Source::Files(files) = &self.source {
            // Of the files that were chosen together, the one that has a plan in it; else any, to say what it lacks.
            let is_publication = |file: &&Vec<u8>| verify::read(file).is_ok_and(|value| value.get("plan").is_some());
            return files.iter().find(is_publication).or(files.first()).cloned();
        }
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
        if let Source::Files(files) = &self.source {
            for file in files.iter().filter(|file| verify::read(file).is_ok_and(|value| value.get("tokens").is_some()))
            {
                tokens.extend(verify::read_tokens(file)?.tokens);
            }
            return Ok(tokens);
        }
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
