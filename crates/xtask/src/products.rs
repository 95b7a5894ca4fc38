//! What the app is built into: the pages, their bundles, the parts that pages load when they need them, and the most that
//! each may weigh.
//!
//! Owns these lists. How a bundle is made of a binary stands in `bundle`.

use std::collections::BTreeSet;

use crate::asset::Effort;

/// A page, its bundle, and the most it may load to open, in bytes of brotli.
///
/// The HTML names the bundle as `{{script}}` and `{{wasm}}`. Where the bundle has areas, the HTML names a script as
/// `{{door}}`: it stands beside the HTML, and names the modules of an area as `{{area:AREA}}`.
pub struct Page {
    pub name: &'static str,
    pub bundle: &'static str,
    /// What its bundle is cut into.
    pub modules: &'static [Module],
    pub style: &'static [&'static str],
    pub budget: usize,
    /// Whether there is one of a single file, too, that asks no server.
    pub on_a_stick: bool,
}

const KB: usize = 1000;
pub const PAGES: &[Page] = &[
    Page {
        name: "ballot",
        bundle: "ballot",
        modules: &[],
        style: &["palette", "meaning", "base", "ballot"],
        budget: 150 * KB,
        on_a_stick: false,
    },
    Page {
        name: "verify",
        bundle: "verifier",
        modules: &[],
        style: &["palette", "meaning", "base", "ballot"],
        budget: 200 * KB,
        on_a_stick: true,
    },
    Page {
        name: "office",
        bundle: "office",
        modules: MODULES,
        style: &["palette", "meaning", "base", "office", "ranking", "records"],
        budget: 200 * KB,
        on_a_stick: false,
    },
];
pub const STYLE_BUDGET: usize = 12 * KB;

/// A module of a program that is cut into areas: what stands in no other, of what these areas alone need.
pub struct Module {
    pub name: &'static str,
    /// The areas that load it.
    pub areas: &'static [&'static str],
}

/// The module that is no file of its own: what all areas share is joined to the program.
pub const PROGRAM: &str = "program";

impl Module {
    /// Whether the area loads it that opens first.
    pub fn opens(&self) -> bool {
        self.areas.contains(&"desk")
    }
}

/// The office's modules: one for what an area alone needs, and these for what several do, so chosen that none loads much
/// which it does not need, and none loads more than eleven files. `split` says what goes where.
pub const MODULES: &[Module] = &[
    Module { name: "desk", areas: &["desk"] },
    Module { name: "newplan", areas: &["newplan"] },
    Module { name: "progress", areas: &["progress"] },
    Module { name: "setup", areas: &["setup"] },
    Module { name: "accounts", areas: &["accounts"] },
    Module { name: "voting", areas: &["voting"] },
    Module { name: "ranking", areas: &["ranking"] },
    Module { name: "records", areas: &["records"] },
    Module { name: "simulation", areas: &["simulation"] },
    Module { name: "followup", areas: &["followup"] },
    Module { name: "units", areas: &["units"] },
    Module { name: "shared1", areas: &["ranking", "simulation"] },
    Module { name: "shared2", areas: &["accounts", "voting"] },
    Module { name: "shared12", areas: &["followup", "units"] },
    Module { name: "shared13", areas: &["followup", "records", "units"] },
    Module { name: "shared3", areas: &["ranking", "setup", "simulation"] },
    Module { name: "shared4", areas: &["followup", "progress", "ranking", "units", "voting"] },
    Module { name: "shared5", areas: &["accounts", "progress", "setup", "voting"] },
    Module { name: "shared6", areas: &["accounts", "followup", "progress", "ranking", "records", "units"] },
    Module { name: "shared7", areas: &["accounts", "followup", "newplan", "records", "setup", "units"] },
    Module { name: "shared8", areas: &["followup", "progress", "ranking", "records", "simulation", "units"] },
    Module { name: "shared9", areas: &["followup", "newplan", "progress", "records", "setup", "units", "voting"] },
    Module {
        name: "shared10",
        areas: &["desk", "followup", "newplan", "progress", "ranking", "records", "units", "voting"],
    },
    Module {
        name: "shared11",
        areas: &["followup", "progress", "ranking", "records", "setup", "simulation", "units", "voting"],
    },
    Module { name: PROGRAM, areas: AREAS },
];

/// The areas of the office: those of `areas_apart` in app/office/program.
pub const AREAS: &[&str] = &[
    "desk",
    "newplan",
    "progress",
    "setup",
    "accounts",
    "voting",
    "ranking",
    "records",
    "simulation",
    "followup",
    "units",
];

/// What an area may load beyond the first page.
pub const AREA_BUDGET: usize = 275 * KB;
/// What a page of an area may load that is the first to be opened.
pub const COLD_BUDGET: usize = 430 * KB;

/// A bundle without a page, loaded by a page that needs it.
pub struct Part {
    pub name: &'static str,
    /// The binary that it is made of.
    pub binary: &'static str,
    pub made: Made,
    pub loaded: Loaded,
    pub budget: usize,
}

/// How a part is loaded.
pub enum Loaded {
    /// By a script element. The part offers functions.
    Script {
        /// The functions: members of the global object that `offered_as` names.
        offers: &'static [&'static str],
        offered_as: &'static str,
        /// The event that the part fires when it is loaded.
        event: &'static str,
    },
    /// As a worker, which sends a message when it is ready.
    Worker,
}

/// How a binary is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// For size.
    Small,
    /// For speed, with SIMD, for browsers that have it.
    Fast,
    /// To be there soon: everything in a quick build.
    Soon,
}

impl Made {
    /// How it is compiled in a build of some effort.
    pub fn in_build(self, effort: Effort) -> Made {
        if effort == Effort::Quick { Made::Soon } else { self }
    }

    /// Where cargo leaves it, under the workspace's root.
    pub fn folder(self) -> &'static str {
        match self {
            Made::Small => "target/wasm32-unknown-unknown/web",
            Made::Fast => "target/simd/wasm32-unknown-unknown/web-fast",
            Made::Soon => "target/wasm32-unknown-unknown/web-quick",
        }
    }

    /// What `wasm-opt` is told beside the features of all.
    pub fn optimisation(self) -> &'static [&'static str] {
        match self {
            // A percent or two smaller after brotli than `-Oz`, which is smaller before it.
            Made::Small => &["-O2", "--flatten", "--rereloop", "-O2"],
            Made::Fast => &["-O3", "--enable-simd"],
            Made::Soon => &[],
        }
    }
}

/// A page's HTML names a part's script as `{{part:NAME}}`.
pub const PARTS: &[Part] = &[
    Part {
        name: "blind",
        binary: "blind",
        made: Made::Small,
        loaded: Loaded::Script { offers: &["blind", "unblind"], offered_as: "pingyiBlind", event: "pingyi-blind" },
        budget: 60 * KB,
    },
    Part {
        name: "tablefile",
        binary: "tablefile",
        made: Made::Small,
        loaded: Loaded::Script { offers: &["read"], offered_as: "pingyiTableFile", event: "pingyi-table-file" },
        budget: 280 * KB,
    },
    Part { name: "simulator", binary: "simulator", made: Made::Small, loaded: Loaded::Worker, budget: 350 * KB },
    Part { name: "simulator-simd", binary: "simulator", made: Made::Fast, loaded: Loaded::Worker, budget: 350 * KB },
];

/// The packages that a build makes so: each has one binary, of its name.
pub fn packages(made: Made, effort: Effort) -> BTreeSet<&'static str> {
    let of_pages = PAGES.iter().map(|page| (page.bundle, Made::Small));
    let of_parts = PARTS.iter().map(|part| (part.binary, part.made));
    of_pages.chain(of_parts).filter(|(_, how)| how.in_build(effort) == made).map(|(name, _)| name).collect()
}
