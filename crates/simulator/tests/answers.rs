//! Questions and answers as the page and the worker exchange them, on a plan worked by hand.

#![expect(clippy::unwrap_used, reason = "tests: a figure that cannot be read should stop them")]

use scoring::{Decimal, Mode, UnitIndex};
use simulator::{
    AllChances, AllVotes, Analyst, Answer, Case, Levers, Nothing, PointsOf, Question, Reach, Request, unpack_swap,
};

/// Two units, two leaves: rates a .9 and .75, b .8 and .85; totals 84 and 82. They meet where the first
/// leaf has 50 points.
fn case() -> Case {
    let leaf = |id: &str, points: &str| {
        format!(
            r#"{{"id":"{id}","name":"{id}","points":"{points}","method":{{"kind":"entered","office":"o","out_of":"100"}}}}"#
        )
    };
    let plan = format!(
        r#"{{"format":1,"title":"t","total":"100","categories":[{{"id":"all","name":"c"}}],
        "units":[{{"id":"a","name":"u","category":"all"}},{{"id":"b","name":"u","category":"all"}}],
        "groups":[],"scales":[],"periods":[{{"id":"year","name":"y"}}],"combine":"mean",
        "components":[{},{}],"adjustments":[],"ranking":{{"decimals":2,"tie_break":[]}},"grading":null,"outcomes":[]}}"#,
        leaf("first", "60"),
        leaf("second", "40")
    );
    Case { plan, mode: Mode::Final, adjustments: true, locked: Vec::new(), period: None, lists: None }
}

fn records() -> String {
    let entries = [("first", "a", "90"), ("second", "a", "75"), ("first", "b", "80"), ("second", "b", "85")];
    let entries =
        entries.map(|(c, u, v)| format!(r#"{{"period":"year","component":"{c}","unit":"{u}","value":"{v}"}}"#));
    format!(r#"{{"format":1,"entries":[{}]}}"#, entries.join(","))
}

fn ask(question: Question) -> (Answer, Vec<f64>) {
    let request = Request { number: 1, records: Some(records()), case: case(), question };
    let told = Analyst::default().answer(&request, &mut |_, _| {});
    (told.answer, told.figures)
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn units(ahead: usize, behind: usize) -> [UnitIndex; 2] {
    [ahead, behind].map(UnitIndex::from)
}

fn of(node: usize, from: &str, to: &str) -> PointsOf {
    PointsOf { node: node.into(), from: decimal(from), to: decimal(to) }
}

#[test]
fn a_slider_hears_its_interval_and_its_swaps() {
    let (answer, figures) = ask(Question::Levers);
    let Answer::Levers(Levers { levers, weighing }) = answer else { panic!("{answer:?}") };
    let [first, second] = &levers[..] else { panic!("two leaves") };
    assert_eq!((first.standstill.low.points, first.standstill.high.points), (decimal("50"), decimal("100")));
    let swap = first.standstill.low.swap.unwrap();
    assert_eq!((swap.units, swap.ranks), (units(0, 1), Some([2, 1])));
    // The second leaf's swap is the same one, seen from its side.
    assert_eq!((second.standstill.low.points, second.standstill.high.points), (decimal("0"), decimal("50")));
    assert_eq!((first.swaps, second.swaps, first.ticks.as_slice()), (1, 1, &[500][..]));
    assert!((figures[0] - 50.0).abs() < 1e-6 && (figures[2] - 50.0).abs() < 1e-6);
    assert_eq!([unpack_swap(figures[1]), unpack_swap(figures[3])], [units(0, 1); 2]);
    assert_eq!((weighing[0][0].nominal, weighing[0][0].effective), (0.6, Some(1.0)));
}

/// In the year a is ahead while the first leaf has more than 50 points; with the next year (a .6 and .75, b as before) the
/// means are a .75 and .75, b .8 and .85, and b is ahead whatever the points.
#[test]
fn one_period_is_asked_about_alone() {
    let plan =
        case().plan.replace(r#"{"id":"year","name":"y"}"#, r#"{"id":"year","name":"y"},{"id":"next","name":"n"}"#);
    let next = [("first", "a", "60"), ("second", "a", "75"), ("first", "b", "80"), ("second", "b", "85")]
        .map(|(c, u, v)| format!(r#"{{"period":"next","component":"{c}","unit":"{u}","value":"{v}"}}"#));
    let both = records().replace("]}", &format!(",{}]}}", next.join(",")));
    let swaps = |period: Option<&str>| {
        let case = Case { plan: plan.clone(), period: period.map(str::to_owned), ..case() };
        let request = Request { number: 1, records: Some(both.clone()), case, question: Question::Levers };
        match Analyst::default().answer(&request, &mut |_, _| {}).answer {
            Answer::Levers(Levers { levers, .. }) => Some((levers[0].swaps, levers[0].standstill.low.points)),
            _ => None,
        }
    };
    assert_eq!(swaps(Some("year")), Some((1, decimal("50"))));
    assert_eq!(swaps(None), Some((0, decimal("0"))));
    assert_eq!(swaps(Some("never")), None);
}

#[test]
fn a_locked_leaf_leaves_nothing_to_give_way() {
    let case = Case { locked: vec![1.into()], ..case() };
    let request = Request { number: 1, records: Some(records()), case, question: Question::Levers };
    let Answer::Levers(Levers { levers, .. }) = Analyst::default().answer(&request, &mut |_, _| {}).answer else {
        panic!("levers")
    };
    assert!(levers.iter().all(|lever| !lever.moves && lever.swaps == 0));
}

#[test]
fn what_it_takes_to_pass_names_what_changes() {
    let (answer, _) = ask(Question::Overtake { behind: 1.into(), ahead: 0.into() });
    let Answer::Overtake(overtaken) = answer else { panic!("{answer:?}") };
    assert_eq!(overtaken.distance, Some(decimal("20")));
    assert_eq!(overtaken.border, [of(0, "60", "50"), of(1, "40", "50")]);
    // At 50 the two are level and plan order keeps a ahead.
    assert_eq!(overtaken.grid, [of(0, "60", "49.5"), of(1, "40", "50.5")]);
    let (answer, _) = ask(Question::Overtake { behind: 0.into(), ahead: 1.into() });
    assert!(matches!(answer, Answer::Overtake(overtaken) if overtaken.already));
    assert_eq!(ask(Question::Overtake { behind: 0.into(), ahead: 7.into() }).0, Answer::Nothing(Nothing {}));
}

/// Twins: b has a's figures, and neither a rule nor a lot is between them.
#[test]
fn equal_units_are_called_equal_and_have_the_same_chances() {
    let records = records().replace("\"80\"", "\"90\"").replace("\"85\"", "\"75\"");
    let ask = |question: Question| {
        let request = Request { number: 1, records: Some(records.clone()), case: case(), question };
        let told = Analyst::default().answer(&request, &mut |_, _| {});
        (told.answer, told.figures)
    };
    for [behind, ahead] in [units(0, 1), units(1, 0)] {
        let (answer, _) = ask(Question::Overtake { behind, ahead });
        assert!(matches!(answer, Answer::Overtake(overtaken) if overtaken.equal && !overtaken.already));
    }
    let (answer, figures) = ask(Question::Chances { samples: 1000, seed: 1, near: false });
    let Answer::Chances(AllChances { contests }) = answer else { panic!("{answer:?}") };
    // Half of a thousand for each rank of each, and one and a half on average.
    assert_eq!((figures, &contests[0].expected), (vec![500.0; 4], &vec![1.5; 2]));
}

#[test]
fn a_unit_comes_first_by_points_that_scoring_confirms() {
    let (answer, _) = ask(Question::Reach { unit: 1.into(), radius: decimal("15") });
    let Answer::Reach(Reach { first, last, best, worst }) = answer else { panic!("{answer:?}") };
    // b leads by 10 − .2 t: by a hundredth at t = 49.95.
    let first = first.unwrap();
    assert_eq!((first.distance, first.points), (decimal("20"), vec![of(0, "60", "49.95"), of(1, "40", "50.05")]));
    assert_eq!(last.unwrap().distance, decimal("0"));
    // With 45 to 75 points for the first leaf b can have both ranks.
    assert_eq!((best, worst), ((1, 1), (2, 2)));
}

#[test]
fn chances_are_counts_of_all_draws_and_progress_is_told() {
    let question = Question::Chances { samples: 20_000, seed: 3, near: false };
    let request = Request { number: 1, records: Some(records()), case: case(), question };
    let mut heard = Vec::new();
    let told = Analyst::default().answer(&request, &mut |done, of| heard.push((done, of)));
    let Answer::Chances(AllChances { contests }) = &told.answer else { panic!("{:?}", told.answer) };
    // P(a beats b) is that of a first weight above one half.
    assert_eq!((contests[0].units.as_slice(), contests[0].expected.as_slice()), (&units(0, 1)[..], &[1.5, 1.5][..]));
    let [a1, a2, b1, b2] = told.figures[..] else { panic!("two units, two ranks") };
    assert_eq!((a1 + a2, b1 + b2, a1 + b1), (20_000.0, 20_000.0, 20_000.0));
    assert!((a1 / 20_000.0 - 0.5).abs() < 4.0 * contests[0].standard_error);
    assert!(heard.windows(2).all(|pair| pair[0].0 < pair[1].0) && heard.len() > 10);
    assert!(heard.iter().all(|(done, of)| done <= of && *of == 20_000));
}

#[test]
fn entered_scores_do_not_vary_with_the_voters() {
    let (answer, _) = ask(Question::Voters { resamples: 50, seed: 1 });
    let Answer::Voters(AllVotes { contests: votes }) = answer else { panic!("{answer:?}") };
    let [a, b] = &votes[0].units[..] else { panic!("two units") };
    assert_eq!((a.unit, a.rank, a.last, b.unit, b.rank, b.last), (0.into(), 50, 0, 1.into(), 50, 50));
    assert_eq!(votes[0].saved, None);
}

#[test]
fn records_are_kept_between_requests_and_without_them_there_is_no_answer() {
    let mut analyst = Analyst::default();
    let mut request = Request { number: 1, records: None, case: case(), question: Question::Levers };
    assert_eq!(analyst.answer(&request, &mut |_, _| {}).answer, Answer::Nothing(Nothing {}));
    request.records = Some(records());
    let known = analyst.answer(&request, &mut |_, _| {});
    request.records = None;
    assert_eq!(analyst.answer(&request, &mut |_, _| {}), known);
}
