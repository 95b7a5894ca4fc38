//! What the controls and buttons of a page of fields say of themselves in the document.
//!
//! One listener serves the whole page (`typing`), so each control carries a word. The words are written and read here
//! alone.

use web_sys::Element;

/// An enum whose values are words of one attribute.
macro_rules! attribute {
    (
        $(#[$about:meta])*
        $name:ident in $attribute:literal { $($(#[$meaning:meta])* $variant:ident = $word:literal,)* }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name {
            $($(#[$meaning])* $variant,)*
        }

        impl $name {
            /// Its word in the document.
            pub const fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)*
                }
            }

            /// What an element says.
            pub fn of(element: &Element) -> Option<$name> {
                match element.get_attribute($attribute)?.as_str() {
                    $($word => Some($name::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

attribute! {
    /// What a control takes; its id is the place in the plan document.
    Takes in "data-kind" {
        /// A line of text.
        Text = "text",
        /// A decimal, kept as text.
        Decimal = "decimal",
        /// A whole number.
        Count = "count",
        /// Words with spaces between them: a list of texts.
        Words = "words",
        /// Lines of `key = decimal`: an object.
        Pairs = "pairs",
        /// A tick: true or nothing.
        Flag = "flag",
        /// A tick: a word of a list, or not.
        Member = "member",
        /// One of several texts.
        Choice = "choice",
        /// One of several whole numbers.
        NumberChoice = "number-choice",
        /// One of several texts, on which other controls of the page depend.
        Redraw = "redraw",
        /// The kind of a component's method.
        Method = "kind",
        /// Who gets an outcome.
        When = "when",
        /// What breaks a tie: a score, or the share of an option.
        TieBreak = "tie",
        /// How a rule's points are set: by levels, or within a range.
        RulePoints = "rule",
        /// An id; what names it follows.
        Id = "id",
        /// The slider of a component's points.
        Slider = "slider",
    }
}

attribute! {
    /// What a button does; `data-at` says where.
    Act in "data-act" {
        /// Adds an element to a list.
        Add = "add",
        /// Adds a scale, from what `data-preset` says.
        AddScale = "scale",
        /// Adds a branch to the tree.
        AddBranch = "branch",
        /// Takes an element out.
        Remove = "remove",
        /// Takes it out, whatever uses it.
        RemoveAnyway = "remove-anyway",
        /// Leaves what was to be removed.
        Keep = "keep",
        /// Moves an element one up.
        Up = "up",
        /// Moves an element one down.
        Down = "down",
        /// Moves a component into the branch before it.
        In = "in",
        /// Moves a component out of its branch.
        Out = "out",
        /// Takes a point off.
        Less = "less",
        /// Adds a point.
        More = "more",
        /// Keeps a component's points when the rest is filled up, or no longer.
        Lock = "lock",
    }
}
