use document::Value;

use super::*;

const LOG: &str = "p3k9p3k9p3k9p3k9";

fn chain(log: &str, events: u64) -> Vec<AuditEvent> {
    let mut previous = BEFORE_ALL.to_owned();
    let event = |sequence| {
        let detail =
            format!(r#"{{"figure":{},"id":"r{sequence}","words":["事由{sequence}","b\u0007"]}}"#, sequence * 7);
        let mut event = AuditEvent {
            sequence,
            at: 1_700_000_000 + i64::try_from(sequence).unwrap() * 13,
            by: if sequence.is_multiple_of(3) { "office" } else { "planner" }.to_owned(),
            action: "record_put".to_owned(),
            detail: Value::parse(detail.as_bytes()).unwrap(),
            previous: previous.clone(),
            hash: String::new(),
        };
        event.hash = event.hash_in(log);
        previous.clone_from(&event.hash);
        event
    };
    (1..=events).map(event).collect()
}

fn export(log: &str, events: &[AuditEvent]) -> Vec<u8> {
    let lines: String = events.iter().enumerate().map(|(place, event)| line(event, place == 0)).collect();
    format!("{}{lines}{CLOSING}", opening(log)).into_bytes()
}

fn check(export: &[u8], known: Option<&str>) -> Result<WholeExport, ExportFault> {
    let mut reader = ExportReader::new(known);
    export.split_inclusive(|byte| *byte == b'\n').try_for_each(|line| reader.read(line))?;
    reader.finish()
}

/// Numbers that repeat with every run: xorshift64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }
}

#[test]
fn the_hash_is_that_of_the_formula() {
    let event = AuditEvent {
        sequence: 1,
        at: 1_700_000_000,
        by: "li".to_owned(),
        action: "plan_created".to_owned(),
        detail: Value::parse(br#"{"b":null,"a":1}"#).unwrap(),
        previous: BEFORE_ALL.to_owned(),
        hash: String::new(),
    };
    // By sha256sum, over the bytes "pingyi-audit\0", "p1\0" and the text below.
    // {"action":"plan_created","at":"1700000000","by":"li","detail":{"a":1},"previous":"000…","sequence":"1"}
    assert_eq!(event.hash_in("p1"), "77b638a3c17914d72160894e6dd370d1145b278707b791b9b87773a36413e824");
}

#[test]
fn a_whole_chain_is_followed_to_its_head() {
    let events = chain(LOG, 5);
    let whole = check(&export(LOG, &events), None).unwrap();
    assert_eq!((whole.log.as_str(), whole.head.sequence, &whole.head.hash), (LOG, 5, &events[4].hash));
    // A head noted earlier stands in the middle of the chain that went on since.
    let known = check(&export(LOG, &events), Some(&events[2].hash.to_uppercase())).unwrap();
    assert_eq!(known.known_at, Some(3));
    let none = check(&export(LOG, &[]), Some(BEFORE_ALL)).unwrap();
    assert_eq!((none.head.sequence, none.known_at), (0, Some(0)));
    // It is one JSON document.
    let document = AuditExport::read(&Value::parse(&export(LOG, &events)).unwrap()).unwrap();
    assert_eq!(document, AuditExport { format: 1, log: LOG.to_owned(), events });
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let events = chain(LOG, 4);
    let told = |events: &[AuditEvent]| {
        let fault = check(&export(LOG, events), None).unwrap_err();
        (fault.line, fault.event, fault.kind)
    };
    let [first, second, third, fourth] = [0, 1, 2, 3].map(|place: usize| events[place].clone());
    let broken = ExportFaultKind::Broken;
    assert_eq!(told(&[first.clone(), third.clone(), fourth.clone()]), (3, Some(2), broken(Break::Sequence)));
    assert_eq!(told(&[first.clone(), third.clone(), second.clone()]), (3, Some(2), broken(Break::Sequence)));
    assert_eq!(told(&[second, third]), (2, Some(1), broken(Break::Sequence)));
    let other = chain("0000000000000000", 4);
    assert_eq!(told(&[first.clone(), other[1].clone()]), (3, Some(2), broken(Break::Previous)));
    assert_eq!(told(&other), (2, Some(1), broken(Break::Hash)));
    let renamed = AuditEvent { by: "nobody".to_owned(), ..first };
    assert_eq!(told(&[renamed]), (2, Some(1), broken(Break::Hash)));

    let whole = export(LOG, &events);
    let kind = |text: &[u8], known: Option<&str>| check(text, known).unwrap_err().kind;
    assert_eq!(kind(&whole, Some(&fourth.previous.replace('a', "b"))), ExportFaultKind::OtherHead);
    assert_eq!(kind(&export(LOG, &events[..3]), Some(&fourth.hash)), ExportFaultKind::OtherHead);
    assert_eq!(kind(&whole[..whole.len() - 3], None), ExportFaultKind::Cut);
    assert_eq!(kind(&[&whole[..], b"\n"].concat(), None), ExportFaultKind::Beyond);
    assert_eq!(kind(b"", None), ExportFaultKind::Cut);
    assert_eq!(kind(b"not JSON", None), ExportFaultKind::NoExport);
    assert_eq!(kind(br#"{"plan":{},"result":{}}"#, None), ExportFaultKind::NoExport);
    assert_eq!(kind(&vec![b'['; LONGEST_LINE + 1], None), ExportFaultKind::LongLine);
    // Members beside those of an event, and blanks between, are not as exported.
    let padded = String::from_utf8(whole).unwrap().replacen("{\"action\"", "{ \"action\"", 1);
    assert_eq!(kind(padded.as_bytes(), None), ExportFaultKind::NoEvent);
    let hidden = padded.replacen("{ \"action\"", "{\"aa\":1,\"action\"", 1);
    assert_eq!(kind(hidden.as_bytes(), None), ExportFaultKind::NoEvent);
}

/// Each single edit of the bytes, and of the order of events, is found by whoever has the head.
#[test]
fn ten_thousand_random_edits_are_found_given_the_head() {
    let events = chain(LOG, 24);
    let head = events[23].hash.clone();
    let whole = export(LOG, &events);
    assert!(check(&whole, Some(&head)).is_ok());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for number in 0..10_000 {
        let edited = match dice.below(8) {
            0 => {
                let mut events = events.clone();
                events.remove(dice.below(events.len()));
                export(LOG, &events)
            }
            1 => {
                let mut events = events.clone();
                let (a, b) = (dice.below(events.len()), dice.below(events.len()));
                events.swap(a, b);
                export(LOG, &events)
            }
            2 => export(LOG, &events[..dice.below(events.len())]),
            3 => {
                let mut events = events.clone();
                let copied = events[dice.below(events.len())].clone();
                events.insert(dice.below(events.len()), copied);
                export(LOG, &events)
            }
            // An event rewritten with all that follow it, as whoever has the data could.
            4 => {
                let mut events = events.clone();
                let place = dice.below(events.len());
                events[place].at += 1;
                for later in place..events.len() {
                    if later > 0 {
                        events[later].previous = events[later - 1].hash.clone();
                    }
                    events[later].hash = events[later].hash_in(LOG);
                }
                export(LOG, &events)
            }
            5 => whole[..dice.below(whole.len())].to_vec(),
            6 => {
                let mut bytes = whole.clone();
                let place = dice.below(bytes.len());
                bytes[place] ^= 1 << dice.below(8);
                bytes
            }
            _ => {
                let mut bytes = whole.clone();
                let place = dice.below(bytes.len());
                if dice.below(2) == 0 {
                    bytes.remove(place);
                } else {
                    bytes.insert(place, b"0,\"\n {}"[dice.below(7)]);
                }
                bytes
            }
        };
        // Two equal events swapped, or a byte put beside its like, change nothing.
        assert!(edited == whole || check(&edited, Some(&head)).is_err(), "edit {number}");
    }
}
