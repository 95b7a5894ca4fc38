//! The command `pingyi`: the local server, and scoring, templates and verification without one.
//!
//! Owns arguments, exit codes and what is printed. Results go to standard output, problems to
//! standard error, one line each; bad input ends with exit code 2 and nothing on standard output.

mod account;
mod audit;
mod backing;
mod check;
mod connections;
mod data;
mod demo;
mod demo_story;
mod documents;
mod proxies;
mod sample;
mod score;
mod serve;
mod simulate;
mod template;
mod verify;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::FalseyValueParser;
use clap::{Parser, Subcommand, ValueEnum};

use crate::documents::Asked;

/// 评议: appraisals by ballot, scored exactly.
#[derive(Parser)]
#[command(name = "pingyi", version, about, max_term_width = 100, flatten_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the server with its embedded database. Prints `listening on http://ADDR` when ready.
    ///
    /// The first start creates the account `admin` with the password of PINGYI_ADMIN_PASSWORD, or
    /// with a random one that it prints once.
    Serve {
        /// Where to listen; port 0 takes a free one.
        #[arg(long, env = "PINGYI_ADDR", default_value = "127.0.0.1:3000")]
        addr: SocketAddr,
        /// The directory that keeps everything.
        #[arg(long, env = "PINGYI_DATA", default_value = "data")]
        data: PathBuf,
        /// Two tables of a database that speaks DynamoDB's protocol, such as pingyi-main,pingyi-box, in place of files on
        /// this machine; several servers may share them. The SDK's usual environment says where it is and who asks
        /// (AWS_ENDPOINT_URL_DYNAMODB, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY). Missing ones are made.
        #[arg(long, env = "PINGYI_TABLES", value_name = "MAIN,BOX", value_parser = backing::tables, conflicts_with = "accept_restore")]
        tables: Option<backing::Tables>,
        /// With --tables: the bucket for evidence files. Without one they are in the folder `files` of --data, which all
        /// servers must share.
        #[arg(long, env = "PINGYI_BUCKET_FILES", value_name = "BUCKET", requires = "tables")]
        bucket: Option<String>,
        /// A network of proxies in front of the server, such as 10.0.0.0/8; may be given several times. Only requests
        /// from there are taken for those whom X-Forwarded-For names. In the variable, with commas between.
        #[arg(long, env = "PINGYI_TRUSTED_PROXY", value_name = "CIDR", value_delimiter = ',')]
        trusted_proxy: Vec<proxies::Network>,
        /// The folder, outside the data, that notes how far they have come, so that data put back as a whole are
        /// noticed [default: the system's folder for state, such as ~/.local/state/pingyi]
        #[arg(long, env = "PINGYI_STATE", value_name = "DIR")]
        state: Option<PathBuf>,
        /// Goes on with data that were put back, lost or mixed up, and says so, with this reason, in the audit trail.
        #[arg(long, value_name = "REASON", value_parser = reason)]
        accept_restore: Option<String>,
        /// On the first start: two appraisals made from a real source, with ballots. Prints the
        /// office's address, a ballot link and the public result.
        #[arg(long)]
        demo: bool,
        /// The address people use, such as https://pingyi.example; QR links and cookies follow it.
        #[arg(long, env = "PINGYI_PUBLIC_URL", value_name = "URL", value_parser = public_address)]
        public_url: Option<String>,
        /// The folder with the built app; without one the API is served alone.
        #[arg(long, env = "PINGYI_APP", value_name = "DIR", default_value = "dist")]
        app: PathBuf,
        /// Lets anybody read how far the audit chains have come, at /api/public/heads.
        #[arg(long, env = "PINGYI_PUBLIC_HEADS", value_parser = FalseyValueParser::new())]
        public_heads: bool,
    },
    /// Accounts, from the machine itself.
    #[command(subcommand)]
    Account(AccountCommand),
    /// Scores a plan with its records and prints the result document.
    Score {
        /// The plan document.
        plan: PathBuf,
        /// The records document.
        records: PathBuf,
        /// `final` refuses missing data, `provisional` lists it.
        #[arg(long, value_enum, default_value_t = ModeArgument::Final)]
        mode: ModeArgument,
        /// A scenario to score the plan under.
        #[arg(long, value_name = "FILE")]
        scenario: Option<PathBuf>,
        /// One period alone: its totals, ranks, grades and outcomes.
        #[arg(long, value_name = "ID")]
        period: Option<String>,
    },
    /// Says what would move the ranking: how far each component's points can change, the least
    /// change that lets a unit overtake, how likely each rank is, and what other voters might give.
    Simulate {
        /// The plan document.
        plan: PathBuf,
        /// The records document.
        records: PathBuf,
        /// A scenario to start from.
        #[arg(long, value_name = "FILE")]
        scenario: Option<PathBuf>,
        /// One period alone.
        #[arg(long, value_name = "ID")]
        period: Option<String>,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
        /// Draws of weights.
        #[arg(long, value_name = "N", default_value_t = 10_000)]
        samples: u32,
        /// Seed of all draws.
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
        /// Draws of voters.
        #[arg(long, value_name = "N", default_value_t = 1_000)]
        resamples: u32,
        /// The language of the text: zh or en.
        #[arg(long, default_value = "zh")]
        lang: String,
    },
    /// Draws whom to ask from a list, so that anyone who has the list and the seed finds the same rows: all of them
    /// up to SIZE, else those with the smallest SHA-256 of seed and cells.
    Sample {
        /// The list: CSV in UTF-8, its first row the names of the columns.
        list: PathBuf,
        /// Most rows to take.
        #[arg(long, value_name = "N")]
        size: usize,
        /// Any text, best announced before the list is closed.
        #[arg(long, value_name = "TEXT")]
        seed: String,
        /// The column by whose values the list is divided; SIZE then holds for each of them.
        #[arg(long, value_name = "COLUMN")]
        by: Option<String>,
    },
    /// Prints a template: a plan document made from a real source.
    Template {
        /// yuanba, yuanba_opinions, maanshan, county_coop, county_wide, county_clients, nanyang, nanyang_quarter,
        /// nanyang_window or jingbian.
        id: String,
        /// Prints which clause each figure comes from instead.
        #[arg(long)]
        notes: bool,
    },
    /// Checks a published result: the plan's fingerprint, the sums, the order, and with the records
    /// every figure.
    Verify {
        /// What `GET /api/public/{id}` answers.
        publication: PathBuf,
        /// The records document, to score it all again.
        records: Option<PathBuf>,
        /// Spent tokens that did not fit into the publication: what `GET /api/public/{id}/tokens` answers, each part in a file,
        /// in their order.
        #[arg(long, value_name = "FILE")]
        tokens: Vec<PathBuf>,
    },
    /// Checks a data folder: that its files hold together and are as they were left, that every plan can be read, and
    /// that the audit chains of all plans and of the accounts are whole. The server must be stopped meanwhile; nothing is changed.
    Check {
        /// The directory that keeps everything.
        #[arg(env = "PINGYI_DATA", default_value = "data")]
        data: PathBuf,
        /// As with `serve`.
        #[arg(long, env = "PINGYI_STATE", value_name = "DIR")]
        state: Option<PathBuf>,
    },
    /// Checks an exported audit chain from its first event to its last, and prints its head.
    Audit {
        /// What `GET /api/plans/{id}/audit/export` answers.
        export: PathBuf,
        /// A head that was noted or published earlier: 64 hexadecimal digits. Without one, events cut off at the end
        /// cannot be missed, nor a chain that was made anew as a whole.
        #[arg(long, value_name = "HASH", value_parser = audit_head)]
        head: Option<String>,
    },
}

#[derive(Subcommand)]
#[command(flatten_help = true)]
enum AccountCommand {
    /// Gives an account a new random password, which it prints once, ends its sessions, and removes its second
    /// factor. For whoever is locked out; the server must be stopped meanwhile.
    Reset {
        /// The account's name, such as admin.
        name: String,
        /// The directory that keeps everything.
        #[arg(long, env = "PINGYI_DATA", default_value = "data")]
        data: PathBuf,
        /// As with `serve`.
        #[arg(long, env = "PINGYI_STATE", value_name = "DIR")]
        state: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum ModeArgument {
    Final,
    Provisional,
}

impl From<ModeArgument> for scoring::Mode {
    fn from(mode: ModeArgument) -> scoring::Mode {
        match mode {
            ModeArgument::Final => scoring::Mode::Final,
            ModeArgument::Provisional => scoring::Mode::Provisional,
        }
    }
}

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    match command {
        Command::Serve {
            addr,
            data,
            tables,
            bucket,
            trusted_proxy,
            state,
            accept_restore,
            demo,
            public_url,
            app,
            public_heads,
        } => {
            let state = data::state_folder(state, &data);
            serve::run(serve::Options {
                addr,
                data,
                tables,
                bucket,
                trusted_proxy,
                state,
                accept_restore,
                demo,
                public_url,
                app,
                public_heads,
            })
        }
        Command::Account(AccountCommand::Reset { name, data, state }) => {
            account::reset(&name, &data, data::state_folder(state, &data).as_deref())
        }
        Command::Score { plan, records, mode, scenario, period } => {
            let asked =
                Asked { plan: &plan, records: &records, scenario: scenario.as_deref(), period: period.as_deref() };
            score::run(asked, mode.into())
        }
        Command::Simulate { plan, records, scenario, period, json, samples, seed, resamples, lang } => {
            let options = sensitivity::Options { samples, seed, resamples };
            let asked =
                Asked { plan: &plan, records: &records, scenario: scenario.as_deref(), period: period.as_deref() };
            simulate::run(asked, &options, json, text::Lang::named(&lang))
        }
        Command::Sample { list, size, seed, by } => {
            sample::run(&sample::Options { list: &list, size, seed: &seed, by: by.as_deref() })
        }
        Command::Template { id, notes } => template::run(&id, notes),
        Command::Verify { publication, records, tokens } => verify::run(&publication, records.as_deref(), &tokens),
        Command::Check { data, state } => check::run(&data, data::state_folder(state, &data).as_deref()),
        Command::Audit { export, head } => audit::run(&export, head.as_deref()),
    }
}

/// Why data that were put back are taken: some words.
fn reason(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("请写明理由 / say why".to_owned()),
        reason if reason.len() > 2000 => Err("理由太长 / too long".to_owned()),
        reason => Ok(reason.to_owned()),
    }
}

/// The hash of an event.
fn audit_head(text: &str) -> Result<String, String> {
    let hash = wire::code::unhex::<32>(text.trim());
    let refused = || "应为 64 位十六进制数 / 64 hexadecimal digits".to_owned();
    hash.map(|hash| wire::code::hex(&hash)).ok_or_else(refused)
}

/// An address that people's browsers can open; an empty one is none.
fn public_address(text: &str) -> Result<String, String> {
    let host = text.split_once("://").filter(|(scheme, host)| {
        let known = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        known && !host.is_empty() && !host.contains(char::is_whitespace)
    });
    if text.is_empty() || host.is_some() {
        Ok(text.to_owned())
    } else {
        Err("应为 http:// 或 https:// 开头的网址 / an address that begins with http:// or https://".to_owned())
    }
}
