//! The plans of five real documents, ready to start from, each with the clauses it follows.

/// A plan document made from a real one.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    /// Its id.
    pub id: &'static str,
    /// The document it was made from.
    pub source: &'static str,
    /// The plan document, JSON.
    pub document: &'static str,
    /// Which clause each figure comes from, and whether the document gives it: JSON.
    pub notes: &'static str,
}

macro_rules! template {
    ($id:literal, $source:literal) => {
        Template {
            id: $id,
            source: $source,
            document: include_str!(concat!("../templates/", $id, ".json")),
            notes: include_str!(concat!("../templates/", $id, ".notes.json")),
        }
    };
}

const TEMPLATES: &[Template] = &[
    template!("yuanba", "广元市昭化区元坝镇 2018 年政风行风评议和内设机构作风效能评测"),
    template!("yuanba_opinions", "广元市昭化区元坝镇 2018 年政风行风评议：公开评议收集意见（8至9月）"),
    template!("maanshan", "马鞍山市 2017 年度政风行风评议"),
    template!("county_coop", "县供销社 2022 年千人评机关中层科室活动实施方案：县社联评"),
    template!("county_wide", "县供销社 2022 年千人评机关中层科室活动实施方案：县级评议"),
    template!("county_clients", "县供销社 2022 年千人评机关中层科室活动实施方案：服务对象满意度评价（半年度、年终）"),
    template!("nanyang", "宛办〔2014〕27号 南阳市市直单位“三亮三评”评议领导班子"),
    template!("nanyang_quarter", "宛办〔2014〕27号 南阳市市直单位“三亮三评”评议机关科室（每季度）"),
    template!("nanyang_window", "宛办〔2014〕27号 南阳市市直单位“三亮三评”评议服务窗口（每月）"),
    template!("jingbian", "靖政办发〔2025〕7号 靖边县政务效能评价实施方案"),
];

/// All templates.
#[must_use]
pub fn all() -> &'static [Template] {
    TEMPLATES
}

/// The template with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.id == id)
}
