//! The tree of components: references, points, levels, and that each unit's points add up. Surveys stand in `survey`.

use std::collections::BTreeMap;

use super::Check;
use crate::decimal::Decimal;
use crate::ids::Ids;
use crate::index::{IndexVec, LeafIndex, LevelIndex, NodeIndex, UnitIndex, first};
use crate::leaf_score::deductions;
use crate::plan::{Leaf, Lists, Method, Node};
use crate::plan_document::{
    ComplaintsDocument, ComponentDocument, Content, IncidentsDocument, LevelDocument, MethodDocument, PlanDocument,
};
use crate::whole::Whole;
use document::problem::ProblemCode;
use document::{Figure, pointer};

pub(super) struct Tree {
    pub(super) nodes: IndexVec<NodeIndex, Node>,
    pub(super) leaves: IndexVec<LeafIndex, Leaf>,
    pub(super) places: Ids<NodeIndex>,
}

/// What a node inherits.
#[derive(Clone)]
struct Above {
    parent: Option<NodeIndex>,
    stage: u8,
    applies: IndexVec<UnitIndex, bool>,
}

pub(super) struct Walk<'d> {
    pub(super) document: &'d PlanDocument,
    pub(super) lists: &'d Lists,
    tree: Tree,
    /// Were all points readable? Else their sums say nothing.
    points_sound: bool,
}

impl Check {
    pub(super) fn tree(&mut self, document: &PlanDocument, lists: &Lists, total: Decimal) -> Tree {
        let tree = Tree { nodes: IndexVec::default(), leaves: IndexVec::default(), places: Ids::new() };
        let mut walk = Walk { document, lists, tree, points_sound: true };
        let above = Above { parent: None, stage: 1, applies: IndexVec::filled(true, document.units.len()) };
        for (i, component) in document.components.iter().enumerate() {
            self.node(&mut walk, component, &format!("/components/{i}"), &above);
        }
        if walk.points_sound && document.total.decimal().is_some() {
            self.points_add_up(&walk, total);
        }
        walk.tree
    }

    fn node(&mut self, walk: &mut Walk<'_>, component: &ComponentDocument, path: &str, above: &Above) -> NodeIndex {
        let place = NodeIndex::from(walk.tree.nodes.len());
        self.id(&mut walk.tree.places, &component.id, place, &pointer(path, "id"));
        let mut applies = above.applies.clone();
        if component.only.is_some() && component.except.is_some() {
            self.add(pointer(path, "except"), ProblemCode::OnlyAndExcept);
        }
        for (field, name, wanted) in [("only", &component.only, true), ("except", &component.except, false)] {
            let Some(name) = name else { continue };
            let has = |unit: &crate::plan_document::UnitDocument| {
                unit.traits.as_ref().is_some_and(|traits| traits.contains(name))
            };
            if !walk.document.units.iter().any(has) {
                self.add_with(pointer(path, field), ProblemCode::UnknownTrait, name);
            }
            for (applies, unit) in applies.iter_mut().zip(walk.document.units.iter()) {
                *applies &= has(unit) == wanted;
            }
        }
        let stage = match component.stage {
            None => above.stage,
            Some(1) => 1,
            Some(2) => {
                if walk.document.shortlist.is_none() {
                    self.add(pointer(path, "stage"), ProblemCode::NoShortlist);
                }
                2
            }
            Some(stage) => {
                self.add_with(pointer(path, "stage"), ProblemCode::OutOfRange, stage);
                1
            }
        };
        let first_leaf = LeafIndex::from(walk.tree.leaves.len());
        walk.tree.nodes.push(Node {
            id: component.id.clone(),
            name: component.name.clone(),
            path: path.to_owned(),
            only: component.only.clone(),
            except: component.except.clone(),
            parent: above.parent,
            children: Vec::new(),
            leaf: None,
            leaves: first_leaf..first_leaf,
            stage,
            applies: applies.clone(),
        });
        match component.content() {
            Content::Branch(children) => {
                let above = Above { parent: Some(place), stage, applies };
                for (i, child) in children.iter().enumerate() {
                    let child = self.node(walk, child, &format!("{path}/children/{i}"), &above);
                    walk.tree.nodes[place].children.push(child);
                }
            }
            Content::Leaf(points, method) => {
                let leaf = self.leaf(walk, place, points, method, path, stage, &applies);
                walk.tree.leaves.push(leaf);
                walk.tree.nodes[place].leaf = Some(first_leaf);
            }
        }
        walk.tree.nodes[place].leaves.end = LeafIndex::from(walk.tree.leaves.len());
        place
    }

    #[expect(clippy::too_many_arguments, reason = "one place reads a leaf")]
    fn leaf(
        &mut self,
        walk: &mut Walk<'_>,
        node: NodeIndex,
        points: &Figure,
        method: &MethodDocument,
        path: &str,
        stage: u8,
        applies: &IndexVec<UnitIndex, bool>,
    ) -> Leaf {
        let points_path = pointer(path, "points");
        let sound_points = self.sound_amount(points, &points_path);
        walk.points_sound &= sound_points.is_some();
        let method_path = pointer(path, "method");
        let written = method.out_of();
        let out_of = match written {
            Some(figure) => {
                let path = pointer(&method_path, "out_of");
                let out_of = self.sound_amount(figure, &path);
                if out_of == Some(Decimal::ZERO) {
                    self.add(path, ProblemCode::NotPositive);
                }
                out_of
            }
            None => {
                if sound_points == Some(Decimal::ZERO) {
                    self.add(points_path, ProblemCode::NotPositive);
                }
                sound_points
            }
        };
        let sound_out_of = out_of.filter(|o| !o.is_zero());
        let (points, out_of) = (sound_points.unwrap_or_default(), sound_out_of.unwrap_or(Decimal::ONE));
        let method_of_leaf = match method {
            MethodDocument::Survey(survey) => {
                let sound = written.is_some() && sound_out_of.is_some();
                self.survey(walk, survey, &method_path, (points, out_of, sound), (stage, applies))
            }
            MethodDocument::Complaints(complaints) => self.complaints(walk, complaints, &method_path),
            MethodDocument::Incidents(IncidentsDocument { levels, serious_factor, .. }) => {
                self.incidents(levels, serious_factor.as_ref(), &method_path)
            }
            MethodDocument::Entered(_) => Method::Entered,
            MethodDocument::Linked(linked) => Method::Linked(linked.combine.into()),
        };
        // points ÷ `out_of` in millionths, for one of a decimal's units.
        let (top, bottom) = points.units().unsigned_abs().reduced(&(out_of.units().unsigned_abs() * 1_000_000));
        let of_unit = u64::try_from(top).ok().zip(u64::try_from(bottom).ok());
        let mut leaf = Leaf {
            node,
            points,
            out_of,
            stage,
            method: method_of_leaf,
            document: method.clone(),
            of_unit,
            deductions: None,
        };
        leaf.deductions = deductions(&leaf).ok();
        leaf
    }

    fn complaints(
        &mut self,
        walk: &Walk<'_>,
        ComplaintsDocument { scale, deduct, groups, .. }: &ComplaintsDocument,
        path: &str,
    ) -> Method {
        let scale = self.find(&walk.lists.scales, scale, &pointer(path, "scale"), ProblemCode::UnknownScale);
        let options = scale.map_or(&[][..], |scale| &walk.document.scales[scale.index()].options);
        let mut amounts = vec![Decimal::ZERO; options.len()];
        let deduct_path = pointer(path, "deduct");
        for (option, amount) in deduct {
            let path = pointer(&deduct_path, option);
            let amount = self.amount(amount, &path);
            match options.iter().position(|o| o.id == *option) {
                Some(place) => amounts[place] = amount,
                None if scale.is_some() => self.add_with(path, ProblemCode::UnknownOption, option),
                None => {}
            }
        }
        let mut places = Vec::new();
        for (i, group) in groups.iter().enumerate() {
            let path = format!("{path}/groups/{i}");
            if let Some(place) = self.find(&walk.lists.groups, group, &path, ProblemCode::UnknownGroup) {
                if places.contains(&place) {
                    self.add_with(path, ProblemCode::DuplicateId, group);
                }
                places.push(place);
            }
        }
        Method::Complaints { scale: scale.unwrap_or_default(), deduct: amounts, groups: places }
    }

    fn incidents(&mut self, levels: &[LevelDocument], factor: Option<&Figure>, path: &str) -> Method {
        let list = pointer(path, "levels");
        self.ids::<LevelIndex>(&list, levels.iter().map(|level| level.id.as_str()));
        let amounts = levels
            .iter()
            .enumerate()
            .map(|(i, level)| self.amount(&level.amount, &format!("{list}/{i}/amount")))
            .collect();
        let factor_path = pointer(path, "serious_factor");
        let serious_factor = factor.map_or(Decimal::ONE, |figure| self.amount(figure, &factor_path));
        Method::Incidents { amounts, serious_factor }
    }

    /// For every unit the points of the leaves that apply add up to `total`; one problem for each
    /// wrong sum, naming the first unit that has it.
    fn points_add_up(&mut self, walk: &Walk<'_>, total: Decimal) {
        let mut wrong: BTreeMap<Decimal, (UnitIndex, usize)> = BTreeMap::new();
        for unit in first(walk.document.units.len()) {
            let leaves = walk.tree.leaves.iter();
            let applies = |leaf: &&Leaf| walk.tree.nodes[leaf.node].applies[unit];
            let sum: Decimal = leaves.filter(applies).map(|leaf| leaf.points).sum();
            if sum != total {
                wrong.entry(sum).or_insert((unit, 0)).1 += 1;
            }
        }
        for (sum, (unit, count)) in wrong {
            let id = &walk.document.units[unit.index()].id;
            let others = if count > 1 { format!(" +{}", count - 1) } else { String::new() };
            self.add_with("/components", ProblemCode::PointsTotal, format!("{sum} ≠ {total}: {id}{others}"));
        }
    }
}
