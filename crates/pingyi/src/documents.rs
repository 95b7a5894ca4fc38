//! Documents from files, and the lines that say what is wrong with them.
//!
//! A line is the document's name, a colon, the pointer (without a blank before it), the code, and the
//! words: `plan:/components/0/points negative 不能为负数 / must not be negative`.

use std::fmt;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use scoring::json::Value;
use scoring::result_document::Missing;
use scoring::{Plan, Problem, ProblemCode, Records, RecordsDocument, ScenarioDocument, scenario_from_json};

/// Exit code for bad input.
pub(crate) const BAD_INPUT: u8 = 2;

/// Which document a problem is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    Plan,
    Records,
    Scenario,
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Which::Plan => "plan",
            Which::Records => "records",
            Which::Scenario => "scenario",
        })
    }
}

/// Lines for standard error; there is at least one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refused(pub(crate) Vec<String>);

impl Refused {
    /// Everything that is wrong with one document.
    pub(crate) fn problems(which: Which, problems: &[Problem]) -> Refused {
        Refused(problems.iter().map(|problem| format!("{which}:{problem}")).collect())
    }

    /// Places without data, named by period, component, unit and group.
    pub(crate) fn missing(missing: &[Missing]) -> Refused {
        let problem = |missing: &Missing| {
            let path = if missing.group.is_some() { "/tallies" } else { "/entries" };
            let group = missing.group.as_deref().map(|group| format!(" {group}")).unwrap_or_default();
            let detail = format!("{} {} {}{group}", missing.period, missing.component, missing.unit);
            Problem::with(path, ProblemCode::MissingData, detail)
        };
        Refused::problems(Which::Records, &missing.iter().map(problem).collect::<Vec<_>>())
    }

    fn and(mut self, more: Refused) -> Refused {
        self.0.extend(more.0);
        self
    }

    /// Prints the lines; the exit code is [`BAD_INPUT`].
    pub(crate) fn exit(self) -> ExitCode {
        for line in self.0 {
            eprintln!("{line}");
        }
        ExitCode::from(BAD_INPUT)
    }
}

/// Reads a file as strict JSON.
pub(crate) fn read(which: Which, path: &Path) -> Result<Value, Refused> {
    let bytes = std::fs::read(path).map_err(|error| {
        Refused(vec![format!("{which}: unreadable 无法读取 / cannot be read: {}: {error}", path.display())])
    })?;
    Value::parse(&bytes).map_err(|malformed| Refused(vec![format!("{which}: malformed_json {malformed}")]))
}

/// Reads a plan.
pub(crate) fn plan(path: &Path) -> Result<Plan, Refused> {
    let value = read(Which::Plan, path)?;
    Plan::from_json(&value).map_err(|problems| Refused::problems(Which::Plan, &problems))
}

/// Reads the records of a plan.
pub(crate) fn records(plan: &Plan, path: &Path) -> Result<Records, Refused> {
    let value = read(Which::Records, path)?;
    Records::from_json(plan, &value).map_err(|problems| Refused::problems(Which::Records, &problems))
}

/// What is to be scored: the documents' files, and the period if one is asked for alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) plan: &'a Path,
    pub(crate) records: &'a Path,
    pub(crate) scenario: Option<&'a Path>,
    pub(crate) period: Option<&'a str>,
}

impl Asked<'_> {
    /// The plan, for one period alone where that is asked for.
    fn in_period(self, plan: Plan) -> Result<Plan, Refused> {
        let Some(id) = self.period else { return Ok(plan) };
        let unknown = || {
            let words = ProblemCode::UnknownPeriod.text();
            Refused(vec![format!("--period {id}: {} {} / {}", ProblemCode::UnknownPeriod, words.zh, words.en)])
        };
        plan.period_place(id).map(|period| plan.alone(period)).ok_or_else(unknown)
    }
}

/// Reads a plan and its records, under a scenario if there is one, and tells what is wrong with any
/// of the three. Without a valid plan only the shape of the others can be looked at.
pub(crate) fn scored_documents(asked: Asked<'_>) -> Result<(Plan, Records), Refused> {
    let records_path = asked.records;
    let scenario = asked.scenario.map(|path| read(Which::Scenario, path)).transpose();
    match plan(asked.plan) {
        Ok(plan) => {
            let plan = asked.in_period(plan)?;
            let records = records(&plan, records_path);
            let changed = scenario.and_then(|scenario| match scenario {
                None => Ok(None),
                Some(scenario) => scenario_from_json(&plan, &scenario)
                    .map(Some)
                    .map_err(|problems| Refused::problems(Which::Scenario, &problems)),
            });
            match (records, changed) {
                (Ok(records), Ok(None)) => Ok((plan, records)),
                (Ok(records), Ok(Some((scenario, changed)))) => Ok((changed, records.under(&scenario))),
                (Err(refused), Ok(_)) | (Ok(_), Err(refused)) => Err(refused),
                (Err(refused), Err(more)) => Err(refused.and(more)),
            }
        }
        Err(mut refused) => {
            let shape = read(Which::Records, records_path).and_then(|value| {
                let read = RecordsDocument::read(&value).map(drop);
                read.map_err(|problems| Refused::problems(Which::Records, &problems))
            });
            if let Err(more) = shape {
                refused = refused.and(more);
            }
            let shape = scenario.and_then(|value| match value {
                None => Ok(()),
                Some(value) => {
                    let read = ScenarioDocument::read(&value).map(drop);
                    read.map_err(|problems| Refused::problems(Which::Scenario, &problems))
                }
            });
            if let Err(more) = shape {
                refused = refused.and(more);
            }
            Err(refused)
        }
    }
}

/// The same three documents as they arrived, once it is known that they hold together.
pub(crate) fn simulated_documents(
    asked: Asked<'_>,
) -> Result<(Plan, RecordsDocument, Option<ScenarioDocument>), Refused> {
    scored_documents(asked)?;
    let plan = asked.in_period(plan(asked.plan)?)?;
    let records = RecordsDocument::read(&read(Which::Records, asked.records)?);
    let records = records.map_err(|problems| Refused::problems(Which::Records, &problems))?;
    let scenario = match asked.scenario {
        None => None,
        Some(path) => {
            let scenario = ScenarioDocument::read(&read(Which::Scenario, path)?);
            Some(scenario.map_err(|problems| Refused::problems(Which::Scenario, &problems))?)
        }
    };
    Ok((plan, records, scenario))
}

/// Prints a document to standard output; a reader that went away is no error.
pub(crate) fn print(text: &str) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("无法写到标准输出 / standard output cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
