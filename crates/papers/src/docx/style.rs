//! The styles of paragraphs, by their names in a document.

/// A style of a paragraph: how it is set stands in `parts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// 发文机关标志
    Issuer,
    /// 发文字号, with the line below it where there is an issuer above.
    Number,
    NumberRuled,
    /// 标题
    Title,
    /// 正文: two characters in.
    Text,
    /// 主送机关: from the margin.
    Plain,
    /// 一、
    Heading,
    /// （一）
    Subheading,
    /// 发文机关署名, above the date where the seal is set.
    Signature,
    /// 成文日期
    Date,
    /// A line below a title or above a table.
    Line,
    /// Small print of a form.
    Note,
    /// A title that leaves room for a full page.
    Small,
    /// Nothing: what separates a table from the next.
    Gap,
}

impl Style {
    pub(crate) const ALL: [Style; 14] = [
        Style::Issuer,
        Style::Number,
        Style::NumberRuled,
        Style::Title,
        Style::Text,
        Style::Plain,
        Style::Heading,
        Style::Subheading,
        Style::Signature,
        Style::Date,
        Style::Line,
        Style::Note,
        Style::Small,
        Style::Gap,
    ];

    pub(crate) fn id(self) -> &'static str {
        match self {
            Style::Issuer => "Issuer",
            Style::Number => "Number",
            Style::NumberRuled => "NumberRuled",
            Style::Title => "Title",
            Style::Text => "BodyText",
            Style::Plain => "Plain",
            Style::Heading => "Heading1",
            Style::Subheading => "Heading2",
            Style::Signature => "Signature",
            Style::Date => "Date",
            Style::Line => "Line",
            Style::Note => "Note",
            Style::Small => "SmallTitle",
            Style::Gap => "Gap",
        }
    }
}
