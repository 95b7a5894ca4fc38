//! What the app is built into: the pages, their bundles, the parts that pages load when they need them, and the most that
//! each may weigh.
//!
//! Owns these lists. How a bundle is made of a binary stands in `bundle`.

use std::collections::BTreeSet;

/// A page, its bundles, and the most it may load with any one of them, in bytes of brotli.
///
/// The HTML of a page with one bundle names it as `{{script}}` and `{{wasm}}`. The HTML of a page with several names
/// a script as `{{door}}`; this script stands beside the HTML and chooses one of `{{script:BUNDLE}}`.
pub struct Page {
    pub name: &'static str,
    pub bundles: &'static [&'static str],
    pub style: &'static [&'static str],
    pub budget: usize,
}

const KB: usize = 1000;
pub const PAGES: &[Page] = &[
    Page { name: "ballot", bundles: &["ballot"], style: &["palette", "meaning", "base", "ballot"], budget: 150 * KB },
    Page { name: "verify", bundles: &["verifier"], style: &["palette", "meaning", "base", "ballot"], budget: 200 * KB },
    Page {
        name: "office",
        bundles: &["office", "setup", "voting", "ranking", "records", "simulation", "followup"],
        style: &["palette", "meaning", "base", "office", "ranking", "records"],
        budget: 350 * KB,
    },
];
pub const STYLE_BUDGET: usize = 12 * KB;

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
}

impl Made {
    /// Where cargo leaves it, under the workspace's root.
    pub fn folder(self) -> &'static str {
        match self {
            Made::Small => "target/wasm32-unknown-unknown/web",
            Made::Fast => "target/simd/wasm32-unknown-unknown/web-fast",
        }
    }

    /// What `wasm-opt` is told beside the features of all.
    pub fn optimisation(self) -> &'static [&'static str] {
        match self {
            // A percent or two smaller after brotli than `-Oz`, which is smaller before it.
            Made::Small => &["-O2", "--flatten", "--rereloop", "-O2"],
            Made::Fast => &["-O3", "--enable-simd"],
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

/// The packages that are made so: each has one binary, of its name.
pub fn packages(made: Made) -> BTreeSet<&'static str> {
    let of_pages = PAGES.iter().flat_map(|page| page.bundles).map(|name| (*name, Made::Small));
    let of_parts = PARTS.iter().map(|part| (part.binary, part.made));
    of_pages.chain(of_parts).filter(|(_, how)| *how == made).map(|(name, _)| name).collect()
}
