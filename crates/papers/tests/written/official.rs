//! The notice, the letters and the annual report, laid out as official documents.

use papers::{OfficeTexts, notice, superior, superior_outcomes};

use crate::appraisal::{check_well_formed, example, filled, paragraphs, part, show, standard, tally, words};

fn plain() -> crate::appraisal::Appraised {
    let of = |unit: &str| [tally("leaders", unit, [10, 6, 4]), tally("staff", unit, [20, 5, 5])].join(",");
    example(&format!("[{},{}]", of("forestry"), of("building")))
}

#[test]
fn the_notice_says_who_how_the_ranking_and_what_follows() {
    let appraised = plain();
    let texts = OfficeTexts::new([
        ("office", "元坝镇评测工作领导小组办公室"),
        ("issuer", "元坝镇评测办文件"),
        ("number", "元评办〔{year}〕3号"),
        ("date", "2018年12月28日"),
    ]);
    let file = notice(&appraised.results(), &texts).unwrap();
    show("notice-example.docx", &file);
    check_well_formed(&file);
    let styled: Vec<(String, String)> = paragraphs(&file).into_iter().filter(|(_, words)| !words.is_empty()).collect();
    let of_style = |style: &str| -> Vec<&str> {
        styled.iter().filter(|(of, _)| of == style).map(|(_, words)| words.as_str()).collect()
    };
    assert_eq!(of_style("Issuer"), ["元坝镇评测办文件"]);
    assert_eq!(of_style("NumberRuled"), ["元评办〔2018〕3号"]);
    assert_eq!(of_style("Title"), ["关于元坝镇2018年内设机构评测结果的通报"]);
    assert_eq!(of_style("Heading1"), ["一、评议结果", "二、结果运用"]);
    assert_eq!(of_style("Heading2"), ["（一）通报表扬", "（二）诫勉谈话", "（三）结果通报其上级主管部门"]);
    assert_eq!(of_style("TableHead"), ["名次", "单位", "总分"]);
    assert_eq!(of_style("TableText"), ["1", "林业站", "88.80", "2", "村建所 <&>", "72.80"]);
    assert_eq!(of_style("Signature"), ["元坝镇评测工作领导小组办公室"]);
    assert_eq!(of_style("Date"), ["2018年12月28日"]);
    let text = of_style("BodyText");
    assert!(text[0].contains("共2个单位") && text[0].contains("由班子成员、干部职工等参加评议"), "{text:?}");
    assert!(text[0].contains("内部测评（60分）、热线办理（30分）、明察暗访（10分）"), "{text:?}");
    assert!(text.contains(&"加分项为：表彰推广。") && text.contains(&"林业站。") && text.contains(&"名次不并列。"));
}

/// GB/T 9704-2012, 5.1 to 7.3: A4; edges 37, 35, 28, 26 mm; title 小标宋 22 points, text 仿宋 16 points, two characters in, 28
/// points from line to line; page numbers of 14 points on the outer edge.
#[test]
fn it_is_laid_out_as_an_official_document() {
    let file = notice(&plain().results(), &standard()).unwrap();
    let document = part(&file, "word/document.xml");
    assert!(document.contains(r#"<w:pgSz w:w="11906" w:h="16838"/>"#));
    assert!(document.contains(r#"<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588""#));
    let styles = part(&file, "word/styles.xml");
    let style = |id: &str| {
        let at = styles.find(&format!("w:styleId=\"{id}\"")).unwrap();
        styles[at..].split("</w:style>").next().unwrap().to_owned()
    };
    for (id, said) in [
        ("Title", vec!["方正小标宋简体", r#"<w:sz w:val="44"/>"#, r#"<w:jc w:val="center"/>"#]),
        (
            "BodyText",
            vec![
                "仿宋_GB2312",
                r#"<w:sz w:val="32"/>"#,
                r#"w:firstLineChars="200""#,
                r#"<w:spacing w:line="560" w:lineRule="exact"/>"#,
            ],
        ),
        ("Heading1", vec!["黑体", r#"<w:sz w:val="32"/>"#]),
        ("Heading2", vec!["楷体_GB2312", r#"<w:sz w:val="32"/>"#]),
        ("Footer", vec!["宋体", r#"<w:sz w:val="28"/>"#]),
    ] {
        let style = style(id);
        assert!(said.iter().all(|said| style.contains(said)), "{id}: {style}");
    }
    assert!(part(&file, "word/settings.xml").contains("evenAndOddHeaders"));
    assert!(part(&file, "word/footer1.xml").contains(r#"<w:jc w:val="right"/>"#));
    assert!(part(&file, "word/footer2.xml").contains(r#"<w:jc w:val="left"/>"#));
    let fonts = part(&file, "word/fontTable.xml");
    assert!(fonts.contains(r#"<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong"#), "{fonts}");
    // The same result is the same file.
    assert_eq!(file, notice(&plain().results(), &standard()).unwrap());
}

#[test]
fn letters_go_to_the_superiors_of_those_whom_the_plan_names() {
    let appraised = plain();
    let outcomes: Vec<&str> = superior_outcomes(&appraised.plan).collect();
    assert_eq!(outcomes, ["told"]);
    let file = superior(&appraised.results(), &standard(), &outcomes).unwrap().unwrap();
    check_well_formed(&file);
    let words = words(&file);
    assert!(words.contains(&"关于村建所 <&>评议结果的告知函".to_owned()), "{words:#?}");
    assert!(words.contains(&"村建所 <&>上级主管部门：".to_owned()));
    assert!(words.iter().any(|words| words.contains("总分72.80分，在本类2个单位中列第2名")));
    assert!(!words.iter().any(|words| words.contains("林业站")), "the other's superiors are told nothing of it");
    assert_eq!(superior(&appraised.results(), &standard(), &["nobody"]).unwrap(), None);
    // Nanyang: 中央及省直属驻宛单位领导班子评议结果反馈其上级主管部门; its outcome is for units of a trait.
    let nanyang = filled("nanyang");
    let superiors: Vec<&str> = superior_outcomes(&nanyang.plan).collect();
    assert_eq!(superiors, ["superior_informed"]);
    // Ma'anshan's last two of each category, if they are of the province or the state.
    let maanshan = filled("maanshan");
    let results = maanshan.results();
    let file = superior(&results, &standard(), &["superior_informed"]).unwrap();
    let letters = file.as_ref().map_or(0, |file| {
        show("superior-maanshan.docx", file);
        paragraphs(file).iter().filter(|(style, _)| style == "Title").count()
    });
    let superior = |unit: &scoring::UnitIndex| {
        let document = maanshan.plan.unit(*unit);
        let last = maanshan.plan.units_of(maanshan.plan.category_of(*unit)).len() as u32;
        let traits = document.traits.as_deref().unwrap_or_default();
        traits.iter().any(|name| name == "superior") && maanshan.standing.rank(*unit) + 1 >= last
    };
    assert_eq!(letters, maanshan.plan.unit_indices().filter(superior).count());
}
