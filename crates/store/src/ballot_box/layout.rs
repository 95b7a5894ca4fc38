//! Where each mark of a ballot has its byte, and each counter its attribute.
//!
//! A group's marks lie in plan order: section by section, unit by unit, criterion by criterion. That is the order of
//! the bytes of a ballot. The counters of a section are cut into chunks of whole units; one ballot adds at most 300
//! times to one chunk, for each of its places at most once. A layout follows from the frozen plan alone, so only its
//! version is stored.

use std::collections::HashMap;
use std::ops::Range;

use scoring::ballot::{MOST_MARKS, Mark};
use scoring::plan_document::GroupDocument;
use scoring::{GroupIndex, LeafIndex, Plan};

use crate::database::{Item, keys};
use crate::error::StoreError;
use crate::limits::{
    LARGEST_CHUNK, LARGEST_COUNTER, LARGEST_TRANSACTION, LONGEST_COMMENT, LONGEST_EXPRESSION, MOST_ACTIONS, MOST_ADDS,
    MOST_COMMENTS, MOST_OPTIONS,
};

/// The version of what is said here, kept with each plan that is opened. It is raised with any change by which bytes of
/// ballots or attributes of counters that are kept would be read as others.
pub(crate) const LAYOUT: u64 = 1;

/// The layout of all groups of a plan.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// Period ids, in plan order.
    pub(crate) periods: Vec<String>,
    /// The groups that mark anything, in plan order.
    pub(crate) groups: Vec<GroupLayout>,
}

/// The layout of one group's ballots.
#[derive(Debug, Clone)]
pub(crate) struct GroupLayout {
    /// The group's id.
    pub(crate) group: String,
    /// Its place in the plan.
    pub(crate) place: GroupIndex,
    /// The stages in which it marks.
    pub(crate) stages: Vec<u8>,
    /// What it marks.
    pub(crate) sections: Vec<Section>,
    /// Places for marks: the length of a ballot in bytes.
    pub(crate) marks: usize,
    /// Counters over all sections.
    pub(crate) counters: usize,
    /// Most opinions that a ballot may carry.
    pub(crate) comments: usize,
}

/// A component in which a group marks.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) component: String,
    pub(crate) options: Vec<String>,
    /// The component's stage.
    pub(super) stage: u8,
    /// Places for marks, in order: each unit's criteria, or the unit alone where it is marked as a whole.
    pub(super) places: Vec<MarkPlace>,
    /// The places of each unit.
    unit_places: HashMap<String, Range<usize>>,
    /// Place of its first mark on the ballot.
    first_mark: usize,
    /// Place of its first counter among the group's.
    pub(super) first_counter: usize,
}

/// What one mark is of.
#[derive(Debug, Clone)]
pub(super) struct MarkPlace {
    pub(super) unit: String,
    pub(super) criterion: Option<String>,
}

/// One chunk of counters: a part of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk {
    /// The section, by place.
    pub(crate) section: usize,
    /// Number in the section.
    pub(crate) number: usize,
    /// The places of its marks on the ballot.
    pub(crate) marks: Range<usize>,
}

impl Layout {
    /// The layout of a plan's ballots.
    ///
    /// # Errors
    /// [`StoreError::PaperTooLarge`] for a group whose ballots do not fit one transaction.
    pub(crate) fn new(plan: &Plan) -> Result<Layout, StoreError> {
        let periods = plan.periods().iter().map(|period| period.id.clone()).collect();
        let mut groups = Vec::new();
        for place in plan.group_indices() {
            let group = plan.group(place);
            let leaves: Vec<LeafIndex> =
                plan.leaves().indices().filter(|&leaf| plan.groups_of(leaf).contains(&place)).collect();
            if !leaves.is_empty() {
                let layout = GroupLayout::new(plan, group, place, &leaves);
                layout.check_limits().then_some(()).ok_or_else(|| StoreError::PaperTooLarge(group.id.clone()))?;
                groups.push(layout);
            }
        }
        Ok(Layout { periods, groups })
    }

    pub(crate) fn group(&self, id: &str) -> Option<&GroupLayout> {
        self.groups.iter().find(|group| group.group == id)
    }

    /// The shard head's attribute that counts the ballots of a period and a group: those of its whole paper, or those
    /// of its paper in one stage.
    pub(crate) fn turnout_attribute(
        &self,
        period: &str,
        group: &GroupLayout,
        stage: Option<u8>,
    ) -> Result<String, StoreError> {
        let period = self.periods.iter().position(|id| id == period).ok_or(StoreError::UnknownPlace)?;
        let stage = stage.map_or_else(String::new, |stage| format!("s{stage}"));
        Ok(format!("t{period}g{}{stage}", group.place.index()))
    }

    /// The shard head's attribute that says that a round is shut.
    pub(crate) fn shut_attribute(&self, period: &str, stage: u8) -> Result<String, StoreError> {
        let period = self.periods.iter().position(|id| id == period).ok_or(StoreError::UnknownPlace)?;
        Ok(format!("shut{period}s{stage}"))
    }

    /// The groups that mark in a stage.
    pub(crate) fn groups_in(&self, stage: u8) -> impl Iterator<Item = &GroupLayout> {
        self.groups.iter().filter(move |group| group.stages.contains(&stage))
    }

    /// The ballots of a period and a group that a head counts, whatever their paper.
    pub(crate) fn turnout_in(&self, head: &Item, period: &str, group: &GroupLayout) -> Result<u64, StoreError> {
        let papers = [None, Some(1), Some(2)].into_iter();
        papers.map(|stage| head.count(&self.turnout_attribute(period, group, stage)?)).sum()
    }
}

impl GroupLayout {
    /// How many marks each place has in some counters.
    pub(crate) fn marks_by_place<'l>(&'l self, counters: &'l [u64]) -> impl Iterator<Item = u64> + 'l {
        self.sections.iter().flat_map(move |section| {
            let first = section.first_counter;
            let counters = &counters[first..first + section.places.len() * section.options.len()];
            counters.chunks(section.options.len()).map(|of_place| of_place.iter().sum())
        })
    }

    fn new(plan: &Plan, group: &GroupDocument, place: GroupIndex, leaves: &[LeafIndex]) -> GroupLayout {
        let comments = if group.comments == Some(true) { MOST_COMMENTS } else { 0 };
        let (group, stages) = (group.id.clone(), plan.stages_of(place));
        let mut layout = GroupLayout { group, place, stages, sections: Vec::new(), marks: 0, counters: 0, comments };
        for &leaf in leaves {
            let mut places = Vec::new();
            let mut unit_places = HashMap::new();
            for unit in plan.unit_indices().filter(|&unit| plan.applies(leaf, unit)) {
                let id = &plan.unit(unit).id;
                let start = places.len();
                let criteria = plan.criteria_of(leaf, unit);
                if criteria.is_empty() {
                    places.push(MarkPlace { unit: id.clone(), criterion: None });
                }
                places.extend(
                    (criteria.iter())
                        .map(|criterion| MarkPlace { unit: id.clone(), criterion: Some(criterion.id.to_owned()) }),
                );
                unit_places.insert(id.clone(), start..places.len());
            }
            let section = Section {
                component: plan.leaf_id(leaf).to_owned(),
                options: plan.options_of(leaf).iter().map(|option| option.id.clone()).collect(),
                stage: plan.leaves()[leaf].stage,
                places,
                unit_places,
                first_mark: layout.marks,
                first_counter: layout.counters,
            };
            layout.marks += section.marks();
            layout.counters += section.marks() * section.options.len();
            layout.sections.push(section);
        }
        layout
    }

    /// A ballot's bytes with those of one stage alone, the others blank.
    pub(crate) fn of_stage(&self, stage: u8, bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.check_bytes(bytes)?;
        let mut bytes = bytes.to_vec();
        for section in self.sections.iter().filter(|section| section.stage != stage) {
            bytes[section.first_mark..section.first_mark + section.marks()].fill(0);
        }
        Ok(bytes)
    }

    /// The counters of one stage, as runs of places.
    pub(crate) fn counters_of_stage(&self, stage: u8) -> impl Iterator<Item = Range<usize>> {
        let of_stage = self.sections.iter().filter(move |section| section.stage == stage);
        of_stage.map(|section| section.first_counter..section.first_counter + section.marks() * section.options.len())
    }

    /// Whether all that it marks is of one stage.
    pub(crate) fn is_of_one_stage(&self) -> bool {
        self.stages.len() == 1
    }

    fn check_limits(&self) -> bool {
        let chunks = self.chunks();
        let counters_of = |chunk: &Chunk| chunk.marks.len() * self.sections[chunk.section].options.len();
        // Code, ballot, gate, the chunks, and opinions.
        3 + chunks.len() + self.comments <= MOST_ACTIONS
            && self.marks <= MOST_MARKS
            && self.sections.iter().all(|section| section.options.len() <= MOST_OPTIONS)
            && chunks.iter().all(|chunk| chunk.marks.len() <= MOST_ADDS)
            && chunks.iter().all(|chunk| counters_of(chunk) * LARGEST_COUNTER <= LARGEST_CHUNK)
            && chunks.iter().map(|chunk| counters_of(chunk) * LARGEST_COUNTER).sum::<usize>()
                + self.marks
                + self.comments * (LONGEST_COMMENT + 400)
                <= LARGEST_TRANSACTION
    }

    /// All chunks of the group's counters.
    pub(crate) fn chunks(&self) -> Vec<Chunk> {
        let mut chunks = Vec::new();
        for (place, section) in self.sections.iter().enumerate() {
            chunks.extend(section.chunks().into_iter().enumerate().map(|(number, marks)| Chunk {
                section: place,
                number,
                marks: section.first_mark + marks.start..section.first_mark + marks.end,
            }));
        }
        chunks
    }

    /// Writes marks as a ballot's bytes: 0 a blank, else 1 + the option's place. Two ballots have the same bytes if
    /// and only if they have the same set of marks.
    ///
    /// # Errors
    /// [`StoreError::MarkNotOnPaper`] for what this group cannot mark, or marked twice.
    pub(crate) fn encode(&self, marks: &[Mark]) -> Result<Vec<u8>, StoreError> {
        let sections: HashMap<&str, &Section> =
            self.sections.iter().map(|section| (section.component.as_str(), section)).collect();
        let mut bytes = vec![0; self.marks];
        for mark in marks {
            let section = sections.get(mark.component.as_str()).ok_or(StoreError::MarkNotOnPaper)?;
            let place = section.place(&mark.unit, mark.criterion.as_deref()).ok_or(StoreError::MarkNotOnPaper)?;
            let option = section.options.iter().position(|id| *id == mark.option).ok_or(StoreError::MarkNotOnPaper)?;
            if bytes[place] != 0 {
                return Err(StoreError::MarkNotOnPaper);
            }
            bytes[place] = u8::try_from(option + 1).map_err(|_| StoreError::MarkNotOnPaper)?;
        }
        Ok(bytes)
    }

    /// Reads a ballot's bytes back.
    pub(crate) fn decode(&self, bytes: &[u8]) -> Result<Vec<Mark>, StoreError> {
        self.check_bytes(bytes)?;
        let mut marks = Vec::new();
        for section in &self.sections {
            for (place, MarkPlace { unit, criterion }) in section.places.iter().enumerate() {
                let byte = bytes[section.first_mark + place];
                if byte != 0 {
                    marks.push(Mark {
                        component: section.component.clone(),
                        unit: unit.clone(),
                        criterion: criterion.clone(),
                        option: section.options[usize::from(byte) - 1].clone(),
                    });
                }
            }
        }
        Ok(marks)
    }

    /// That a stored ballot fits this layout.
    fn check_bytes(&self, bytes: &[u8]) -> Result<(), StoreError> {
        let fits = bytes.len() == self.marks
            && self.sections.iter().all(|section| {
                let bytes = &bytes[section.first_mark..section.first_mark + section.marks()];
                bytes.iter().all(|&byte| usize::from(byte) <= section.options.len())
            });
        if fits { Ok(()) } else { Err(StoreError::Corrupt) }
    }

    /// Adds a ballot's marks to the group's counters.
    pub(crate) fn add(&self, bytes: &[u8], counters: &mut [u64]) -> Result<(), StoreError> {
        self.check_bytes(bytes)?;
        for section in &self.sections {
            let bytes = &bytes[section.first_mark..section.first_mark + section.marks()];
            for (place, &byte) in bytes.iter().enumerate() {
                if byte != 0 {
                    counters[section.first_counter + place * section.options.len() + usize::from(byte) - 1] += 1;
                }
            }
        }
        Ok(())
    }

    /// The `ADD` expression that adds a ballot's marks to a chunk; `None` if all of them are blank. Its one value is
    /// `:i`.
    pub(crate) fn add_expression(&self, chunk: &Chunk, bytes: &[u8]) -> Option<String> {
        let mut expression = String::from("ADD");
        let mut terms = 0;
        for (place, &byte) in bytes[chunk.marks.clone()].iter().enumerate() {
            if byte != 0 {
                expression.push_str(if terms == 0 { " " } else { "," });
                expression.push_str(&counter(place, usize::from(byte) - 1));
                expression.push_str(" :i");
                terms += 1;
            }
        }
        assert!(terms <= MOST_ADDS, "a chunk has at most 300 places");
        assert!(expression.len() <= LONGEST_EXPRESSION, "300 terms of at most 12 bytes");
        (terms > 0).then_some(expression)
    }

    /// Adds the counters of a stored chunk to the group's.
    pub(crate) fn read_chunk(&self, chunk: &Chunk, item: &Item, counters: &mut [u64]) -> Result<(), StoreError> {
        let section = &self.sections[chunk.section];
        for place in 0..chunk.marks.len() {
            for option in 0..section.options.len() {
                counters[self.counter_place(chunk, place, option)] += item.count(&counter(place, option))?;
            }
        }
        Ok(())
    }

    /// Writes the group's counters of a chunk into an item; `None` if all are 0.
    pub(crate) fn write_chunk(&self, chunk: &Chunk, counters: &[u64], item: Item) -> Option<Item> {
        let mut item = item;
        let mut any = false;
        for place in 0..chunk.marks.len() {
            for option in 0..self.sections[chunk.section].options.len() {
                let count = counters[self.counter_place(chunk, place, option)];
                if count > 0 {
                    item = item.with_number(&counter(place, option), count);
                    any = true;
                }
            }
        }
        any.then_some(item)
    }

    fn counter_place(&self, chunk: &Chunk, place: usize, option: usize) -> usize {
        let section = &self.sections[chunk.section];
        section.first_counter + (chunk.marks.start - section.first_mark + place) * section.options.len() + option
    }

    /// The sort key of a chunk.
    pub(crate) fn chunk_key(&self, period: &str, chunk: &Chunk) -> String {
        keys::chunk(period, &self.group, &self.sections[chunk.section].component, chunk.number)
    }
}

impl Section {
    fn marks(&self) -> usize {
        self.places.len()
    }

    /// Runs of whole units, so many that neither the 300 terms nor an item's size is exceeded; at least one, and
    /// [`GroupLayout::check_limits`] sees whether that one fits.
    fn chunks(&self) -> Vec<Range<usize>> {
        let most = MOST_ADDS.min(LARGEST_CHUNK / (self.options.len().max(1) * LARGEST_COUNTER));
        let mut chunks: Vec<Range<usize>> = Vec::new();
        let mut start = 0;
        for of_unit in self.places.chunk_by(|a, b| a.unit == b.unit) {
            let end = start + of_unit.len();
            match chunks.last_mut().filter(|chunk| end - chunk.start <= most) {
                Some(chunk) => chunk.end = end,
                None => chunks.push(start..end),
            }
            start = end;
        }
        chunks
    }

    fn place(&self, unit: &str, criterion: Option<&str>) -> Option<usize> {
        let of_unit = self.unit_places.get(unit)?.clone();
        let criterion =
            self.places[of_unit.clone()].iter().position(|place| place.criterion.as_deref() == criterion)?;
        Some(self.first_mark + of_unit.start + criterion)
    }
}

/// A counter's attribute: letters and digits only, so that it may stand in an expression as it is.
fn counter(place: usize, option: usize) -> String {
    format!("c{place}o{option}")
}

#[cfg(test)]
mod tests {
    use scoring::json::Value;

    use super::*;

    /// `units` units; a survey on two criteria and a complaints component without, both marked by one group.
    fn layout(units: usize) -> GroupLayout {
        let units: Vec<String> = (0..units).map(|n| format!(r#"{{"id":"u{n}","name":"u","category":"c"}}"#)).collect();
        let plan = format!(
            r#"{{"format":1,"title":"t","total":"100","categories":[{{"id":"c","name":"c"}}],"units":[{}],
            "groups":[{{"id":"idle","name":"i","ballot":"named"}},{{"id":"g","name":"g","ballot":"named"}}],
            "scales":[{{"id":"s","options":[{{"id":"a","name":"a","value":"2"}},{{"id":"b","name":"b","value":"1"}}]}}],
            "periods":[{{"id":"p1","name":"p"}},{{"id":"p2","name":"p"}}],"combine":"sum",
            "components":[
              {{"id":"x","name":"x","points":"60","method":{{"kind":"survey","scale":"s","out_of":"2",
                "groups":[{{"group":"g","weight":"1"}}],
                "criteria":[{{"id":"k1","name":"k","weight":"1"}},{{"id":"k2","name":"k","weight":"1"}}]}}}},
              {{"id":"y","name":"y","points":"40","method":{{"kind":"complaints","scale":"s","deduct":{{"b":"1"}},"groups":["g"]}}}}],
            "adjustments":[],"ranking":{{"decimals":2,"tie_break":[]}},"outcomes":[]}}"#,
            units.join(",")
        );
        let plan = Plan::from_json(&Value::parse(plan.as_bytes()).unwrap()).unwrap();
        let mut layout = Layout::new(&plan).unwrap();
        assert_eq!(layout.periods, ["p1", "p2"]);
        assert_eq!(layout.groups.len(), 1);
        assert_eq!(layout.turnout_attribute("p2", &layout.groups[0], None), Ok("t1g1".to_owned()));
        layout.groups.remove(0)
    }

    fn mark(component: &str, unit: &str, criterion: Option<&str>, option: &str) -> Mark {
        Mark {
            component: component.to_owned(),
            unit: unit.to_owned(),
            criterion: criterion.map(str::to_owned),
            option: option.to_owned(),
        }
    }

    #[test]
    fn marks_lie_by_section_then_unit_then_criterion() {
        let layout = layout(2);
        let marks = [mark("y", "u1", None, "a"), mark("x", "u1", Some("k1"), "b"), mark("x", "u0", Some("k2"), "a")];
        // x: u0 k1, u0 k2, u1 k1, u1 k2; y: u0, u1.
        assert_eq!(layout.encode(&marks), Ok(vec![0, 1, 2, 0, 0, 1]));
        let mut read = layout.decode(&[0, 1, 2, 0, 0, 1]).unwrap();
        read.reverse();
        assert_eq!(read, marks);
    }

    #[test]
    fn stored_bytes_that_fit_no_paper_are_damage() {
        let layout = layout(2);
        assert_eq!(layout.decode(&[0, 1, 2, 0, 0]), Err(StoreError::Corrupt));
        assert_eq!(layout.decode(&[0, 1, 3, 0, 0, 1]), Err(StoreError::Corrupt));
    }

    #[test]
    fn a_chunk_holds_whole_units_up_to_three_hundred_marks() {
        let layout = layout(301);
        let chunks: Vec<(usize, usize, usize)> =
            layout.chunks().iter().map(|chunk| (chunk.section, chunk.number, chunk.marks.len())).collect();
        // 602 marks by pairs, then 301 one by one.
        assert_eq!(chunks, [(0, 0, 300), (0, 1, 300), (0, 2, 2), (1, 0, 300), (1, 1, 1)]);
        assert_eq!(layout.chunk_key("p1", &layout.chunks()[1]), "p1#g#x#1");
    }

    /// Units with so many tasks each, and one survey on them.
    fn of_tasks(counts: &[usize]) -> GroupLayout {
        let task = |n: usize| format!(r#"{{"id":"t{n}","name":"t{n}"}}"#);
        let tasks = |count: usize| (0..count).map(task).collect::<Vec<_>>().join(",");
        let unit = |(n, count): (usize, &usize)| {
            format!(r#"{{"id":"u{n}","name":"u","category":"c","tasks":[{}]}}"#, tasks(*count))
        };
        let units: Vec<String> = counts.iter().enumerate().map(unit).collect();
        let plan = format!(
            r#"{{"format":1,"title":"t","total":"100","categories":[{{"id":"c","name":"c"}}],"units":[{}],
            "groups":[{{"id":"g","name":"g","ballot":"named"}}],
            "scales":[{{"id":"s","options":[{{"id":"a","name":"a","value":"2"}},{{"id":"b","name":"b","value":"1"}}]}}],
            "periods":[{{"id":"p","name":"p"}}],"combine":"sum","components":[
              {{"id":"x","name":"x","points":"100","method":{{"kind":"survey","scale":"s","out_of":"2","criteria_of":"unit",
                "groups":[{{"group":"g","weight":"1"}}]}}}}],
            "adjustments":[],"ranking":{{"decimals":2,"tie_break":[]}},"outcomes":[]}}"#,
            units.join(",")
        );
        let plan = Plan::from_json(&Value::parse(plan.as_bytes()).unwrap()).unwrap();
        Layout::new(&plan).unwrap().groups.remove(0)
    }

    #[test]
    fn each_units_tasks_have_their_places_and_no_others() {
        let layout = of_tasks(&[2, 1, 3]);
        let marks =
            [mark("x", "u0", Some("t1"), "b"), mark("x", "u1", Some("t0"), "a"), mark("x", "u2", Some("t2"), "b")];
        // u0 t0, t1; u1 t0; u2 t0, t1, t2.
        assert_eq!(layout.encode(&marks), Ok(vec![0, 2, 1, 0, 0, 2]));
        assert_eq!(layout.decode(&[0, 2, 1, 0, 0, 2]), Ok(marks.to_vec()));
        for (unit, task) in [("u1", Some("t1")), ("u0", None), ("u0", Some("t2"))] {
            assert_eq!(layout.encode(&[mark("x", unit, task, "a")]), Err(StoreError::MarkNotOnPaper));
        }
        let mut counters = vec![0; layout.counters];
        layout.add(&[0, 2, 1, 0, 0, 2], &mut counters).unwrap();
        let lines: Vec<_> =
            layout.tallies(&counters).map(|line| (line.unit, line.criterion, line.counts["b"])).collect();
        assert_eq!(lines, [("u0", Some("t1"), 1), ("u1", Some("t0"), 0), ("u2", Some("t2"), 1)]);
    }

    #[test]
    fn a_chunk_of_tasks_holds_whole_units() {
        let chunks = of_tasks(&[200, 90, 20, 280, 10, 10, 1]).chunks();
        let marks: Vec<_> = chunks.iter().map(|chunk| (chunk.number, chunk.marks.clone())).collect();
        // 200 + 90 and 20 more would be 310; 20 + 280 are just 300; then 21.
        assert_eq!(marks, [(0, 0..290), (1, 290..590), (2, 590..611)]);
    }

    #[test]
    fn a_chunk_adds_its_own_marks_by_their_place_in_it() {
        let layout = layout(2);
        let bytes = [0, 1, 2, 0, 0, 0];
        let chunks = layout.chunks();
        assert_eq!(layout.add_expression(&chunks[0], &bytes), Some("ADD c1o0 :i,c2o1 :i".to_owned()));
        assert_eq!(layout.add_expression(&chunks[1], &bytes), None);
    }

    #[test]
    fn counters_survive_the_way_through_items() {
        let layout = layout(2);
        let mut counters = vec![0; layout.counters];
        for bytes in [[0, 1, 2, 0, 0, 1], [0, 1, 1, 0, 0, 2]] {
            layout.add(&bytes, &mut counters).unwrap();
        }
        // Two counters a place: a, b.
        assert_eq!(counters, [0, 0, 2, 0, 1, 1, 0, 0, 0, 0, 1, 1]);
        let mut read = vec![0; layout.counters];
        for chunk in layout.chunks() {
            let item = Item::at(keys::Key::new("p", "s"));
            layout.read_chunk(&chunk, &layout.write_chunk(&chunk, &counters, item).unwrap(), &mut read).unwrap();
        }
        assert_eq!(read, counters);
    }
}
