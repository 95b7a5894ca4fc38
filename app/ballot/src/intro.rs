//! Before the first mark: who asks, which group, how secret this ballot is, until when, and how to fill
//! it in.

use frame::{
    drawing::{Drawn, classed, el, said},
    words::{fill, joined},
};
use scoring::ballot::Section;
use text::{Text, ballot as words};
use wire::ballot::BallotKind;

use crate::filling::{Filling, PaperHead};

/// How secret a ballot is: a mark, a plain sentence, and whether it is a warning.
fn secrecy(head: &PaperHead) -> (Text, Text, bool) {
    match head.ballot {
        BallotKind::Anonymous => (words::MARK_ANONYMOUS, words::SECRET_ANONYMOUS, false),
        BallotKind::Blind => (words::MARK_ANONYMOUS, words::SECRET_BLIND, false),
        BallotKind::Named if head.names_voter => (words::MARK_NAMED_KEPT, words::SECRET_NAMED_KEPT, true),
        BallotKind::Named => (words::MARK_NAMED, words::SECRET_NAMED, true),
        BallotKind::PerUnit => (words::MARK_PER_UNIT, words::SECRET_PER_UNIT, true),
        BallotKind::Open => (words::MARK_OPEN, words::SECRET_OPEN, false),
    }
}

/// The mark of how secret a ballot is, for the head of a page.
pub fn secrecy_mark(head: &PaperHead) -> Drawn {
    let (mark, _, warns) = secrecy(head);
    said("strong", mark).attr("class", if warns { "tag warn" } else { "tag good" })
}

/// The page before the cards; `kiosk`: on a tablet that a hall shares.
pub fn intro(filling: Filling, kiosk: bool, on_start: impl Fn() + 'static) -> Vec<Drawn> {
    let head = filling.head();
    let sheet = filling.sheet();
    let (_, sentence, warns) = secrecy(&head);
    let (filled, all) = filling.with(|sheet, choices| (sheet.filled(choices), sheet.lines.len()));
    let mut quotas = sheet.paper.sections.iter().flat_map(|section| &section.quota);
    let quota = quotas.clone().any(|quota| quota.count.is_some());
    let limit = quotas.any(|quota| quota.at_most.is_some());
    let blank = sheet.paper.sections.iter().any(Section::allows_blank);
    let sections = sheet.paper.sections.iter().map(|section| section.name.as_str());

    let facts = classed("dl", "facts")
        .add(said("dt", words::YOU_VOTE_AS))
        .add(el("dd").add(el("strong").text(&head.group)))
        .add(said("dt", words::PERIOD))
        .add(el("dd").text(&head.period))
        .add(said("dt", words::EXTENT))
        .add(el("dd").text(&joined(sections, "、")).live(move || fill(words::EXTENT_FIGURES, &[&all])))
        .add(said("dt", words::UNTIL))
        .add(match head.until.as_deref() {
            Some(until) => el("dd").text(until),
            None => said("dd", words::UNTIL_CLOSED),
        });
    let secret = classed("section", if warns { "note warn stack" } else { "note stack" })
        .attr("aria-labelledby", "secret")
        .add(said("h2", words::SECRET_TITLE).attr("id", "secret"))
        .add(el("p").add(secrecy_mark(&head)))
        .add(said("p", sentence))
        .all(head.key.as_ref().map(|(key, list)| {
            let link = said("a", words::KEY_LIST).attr("href", list).attr("target", "_blank").attr("rel", "noopener");
            said("p", words::KEY).attr("class", "small").add(classed("code", "break").text(key)).add(link)
        }))
        .all(head.binds.then(|| said("p", words::SAME_PHONE)));
    let hints = [
        (!kiosk, words::HOW_ONE),
        (kiosk, words::HOW_ONE_SHARED),
        (quota, words::HOW_QUOTA),
        (limit, words::HOW_LIMIT),
        (blank, words::HOW_BLANK),
        (head.comments, words::HOW_COMMENT),
    ];
    let hints = hints.into_iter().filter(|(shown, _)| *shown).map(|(_, hint)| said("li", hint));
    let how = classed("section", "stack")
        .attr("aria-labelledby", "how")
        .add(said("h2", words::HOW_TITLE).attr("id", "how"))
        .add(classed("ul", "how").all(hints));
    let go = classed("button", "primary wide")
        .attr("type", "button")
        .live(move || if filled == 0 { fill(words::START, &[]) } else { fill(words::CONTINUE, &[&filled, &all]) })
        .on("click", move |_| on_start());
    vec![
        el("h1").attr("id", "title").attr("tabindex", "-1").text(&head.plan_title),
        classed("div", "panel").add(facts),
        secret,
        how,
        go,
    ]
}
