//! Joins pieces of a program that was cut into one module.
//!
//! Knows what the cutter (`wasm_split_cli_support`) writes: a piece imports the program's memory, its table of functions
//! and its stack pointer, exports nothing, and reaches functions of other pieces through the table, by small functions that
//! do nothing else. Where the function then stands in the same module, the call goes to it at once.

use std::collections::{BTreeMap, HashMap};

use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements, FunctionSection, ImportSection,
    Module, RawSection, SectionId, reencode, reencode::Reencode,
};
use wasmparser::{
    ConstExpr as ConstExprOf, DataKind, DataSectionReader, ElementItems, ElementKind, FunctionBody, Operator, Parser,
    Payload, TypeRef,
};

/// Why pieces could not be joined.
type Fault = Box<dyn std::error::Error + Send + Sync>;

/// What a piece holds.
#[derive(Default)]
struct Piece<'a> {
    types: &'a [u8],
    imports: Vec<(&'a str, &'a str, TypeRef)>,
    /// The type of each function.
    functions: Vec<u32>,
    bodies: Vec<FunctionBody<'a>>,
    /// The functions of the table, each with its place there.
    elements: Vec<(i32, Vec<u32>)>,
    data: Option<DataSectionReader<'a>>,
    features: Option<&'a [u8]>,
    /// Where its functions stand in the module.
    places: Vec<u32>,
}

impl<'a> Piece<'a> {
    fn read(wasm: &'a [u8]) -> Result<Piece<'a>, Fault> {
        let mut piece = Piece::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(types) => {
                    let range = types.range();
                    piece.types = &wasm[range.start as usize..range.end as usize];
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let import = import?;
                        if matches!(import.ty, TypeRef::Func(_) | TypeRef::Tag(_)) {
                            return Err(format!("a piece imports the function {}", import.name).into());
                        }
                        piece.imports.push((import.module, import.name, import.ty));
                    }
                }
                Payload::FunctionSection(functions) => {
                    piece.functions = functions.into_iter().collect::<Result<_, _>>()?
                }
                Payload::CodeSectionEntry(body) => piece.bodies.push(body),
                Payload::ElementSection(elements) => {
                    for element in elements {
                        piece.elements.push(functions_of_table(&element?)?);
                    }
                }
                Payload::DataSection(data) => piece.data = Some(data),
                Payload::CustomSection(custom) if custom.name() == "target_features" => {
                    piece.features = Some(custom.data())
                }
                Payload::ExportSection(exports) if exports.count() > 0 => {
                    return Err("a piece exports something".into());
                }
                Payload::GlobalSection(globals) if globals.count() > 0 => return Err("a piece has a global".into()),
                Payload::StartSection { .. } => return Err("a piece starts by itself".into()),
                _ => {}
            }
        }
        Ok(piece)
    }
}

/// The place in the table of an element segment, and its functions.
fn functions_of_table(element: &wasmparser::Element) -> Result<(i32, Vec<u32>), Fault> {
    let (ElementKind::Active { offset_expr, .. }, ElementItems::Functions(functions)) = (&element.kind, &element.items)
    else {
        return Err("a piece has functions that are not for the table".into());
    };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        return Err("a piece's place in the table is not a number".into());
    };
    Ok((value, functions.clone().into_iter().collect::<Result<_, _>>()?))
}

/// The place in the table of the function that a body calls and does nothing else.
fn only_calls(body: &FunctionBody) -> Result<Option<i32>, Fault> {
    let mut operators = body.get_operators_reader()?;
    let mut next = 0;
    let place = loop {
        match operators.read()? {
            Operator::LocalGet { local_index } if local_index == next => next += 1,
            Operator::I32Const { value } => break value,
            _ => return Ok(None),
        }
    };
    let calls =
        matches!(operators.read()?, Operator::CallIndirect { .. }) && matches!(operators.read()?, Operator::End);
    Ok((calls && operators.eof()).then_some(place))
}

/// Writes a piece's code with the numbers that its functions have in the module.
struct Placed<'a>(&'a [u32]);

impl Reencode for Placed<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error<Self::Error>> {
        // No piece names a function that it has not got; what reads the module would say so.
        Ok(self.0.get(function as usize).copied().unwrap_or(u32::MAX))
    }
}

/// Gives each function its place in the module: those that only call another one are that one, where it is here too, and
/// else one for all pieces. Answers which functions are written: the piece and the place in it.
fn place(pieces: &mut [Piece]) -> Result<Vec<(usize, usize)>, Fault> {
    let mut written = Vec::new();
    let mut in_table = HashMap::new();
    let mut calling: Vec<Vec<Option<i32>>> = Vec::new();
    for (number, piece) in pieces.iter_mut().enumerate() {
        let calls = piece.bodies.iter().map(only_calls).collect::<Result<Vec<_>, _>>()?;
        for (function, call) in calls.iter().enumerate() {
            piece.places.push(written.len() as u32);
            if call.is_none() {
                written.push((number, function));
            }
        }
        for (start, functions) in &piece.elements {
            for (slot, function) in (*start..).zip(functions) {
                in_table.insert(slot, (number, *function as usize));
            }
        }
        calling.push(calls);
    }
    let mut outside = HashMap::new();
    for (number, calls) in calling.iter().enumerate() {
        for (function, slot) in calls.iter().enumerate().filter_map(|(function, slot)| Some((function, (*slot)?))) {
            let here = in_table.get(&slot).filter(|(other, at)| calling[*other][*at].is_none());
            pieces[number].places[function] = match here {
                Some((other, at)) => pieces[*other].places[*at],
                None => *outside.entry(slot).or_insert_with(|| {
                    written.push((number, function));
                    written.len() as u32 - 1
                }),
            };
        }
    }
    Ok(written)
}

/// Writes a program without the empty places in its table that the cutter kept for the areas' functions: nothing that
/// works on the program after that adds functions to the table.
struct Bare;

impl Reencode for Bare {
    type Error = std::convert::Infallible;

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        section: wasmparser::ElementSectionReader,
    ) -> Result<(), reencode::Error<Self::Error>> {
        for element in section {
            let element = element?;
            let is_empty =
                |place: &ConstExprOf| matches!(place.get_operators_reader().read(), Ok(Operator::RefNull { .. }));
            let places = match &element.items {
                ElementItems::Expressions(_, places) => places.clone().into_iter().collect::<Result<Vec<_>, _>>()?,
                ElementItems::Functions(_) => Vec::new(),
            };
            if places.is_empty() || !places.iter().all(is_empty) {
                self.parse_element(elements, element)?;
            }
        }
        Ok(())
    }
}

/// A program without the empty places in its table.
pub fn bare(program: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut module = Module::new();
    Bare.parse_core_module(&mut module, Parser::new(0), program)?;
    Ok(module.finish())
}

/// One module of many pieces.
pub fn join(files: &[Vec<u8>]) -> Result<Vec<u8>, Fault> {
    let mut pieces = files.iter().map(|file| Piece::read(file)).collect::<Result<Vec<_>, _>>()?;
    let types = pieces.first().map(|piece| piece.types).unwrap_or_default();
    if pieces.iter().any(|piece| piece.types != types) {
        return Err("pieces of one program have other types".into());
    }
    let written = place(&mut pieces)?;

    let mut imports = ImportSection::new();
    let wanted: BTreeMap<_, _> =
        pieces.iter().flat_map(|piece| &piece.imports).map(|import| (import.1, import)).collect();
    for (module, name, kind) in wanted.into_values() {
        imports.import(module, name, reencode::RoundtripReencoder.entity_type(*kind)?);
    }
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    for (piece, function) in written {
        let piece = &pieces[piece];
        functions.function(piece.functions[function]);
        Placed(&piece.places).parse_function_body(&mut code, piece.bodies[function].clone())?;
    }
    let mut elements = ElementSection::new();
    let mut data = DataSection::new();
    for piece in &pieces {
        for (slot, members) in &piece.elements {
            let members: Vec<u32> = members.iter().map(|function| piece.places[*function as usize]).collect();
            elements.active(None, &ConstExpr::i32_const(*slot), Elements::Functions(members.into()));
        }
        for segment in piece.data.clone().into_iter().flatten() {
            let segment = segment?;
            let DataKind::Active { offset_expr, .. } = &segment.kind else {
                return Err("a piece has loose data".into());
            };
            // The cutter keeps the numbers of all segments, those without a byte here, too.
            if !segment.data.is_empty() {
                let offset = reencode::RoundtripReencoder.const_expr(offset_expr.clone())?;
                data.active(0, &offset, segment.data.iter().copied());
            }
        }
    }
    let mut module = Module::new();
    module.section(&RawSection { id: SectionId::Type.into(), data: types });
    module.section(&imports).section(&functions).section(&elements).section(&code).section(&data);
    if let Some(features) = pieces.iter().find_map(|piece| piece.features) {
        module.section(&CustomSection { name: "target_features".into(), data: features.into() });
    }
    Ok(module.finish())
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{Function, TypeSection};

    use super::*;

    /// A piece with these functions, of which the last stands at `slot` of the table.
    fn piece(slot: i32, bodies: &[Function]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let (mut functions, mut code, mut elements) =
            (FunctionSection::new(), CodeSection::new(), ElementSection::new());
        for body in bodies {
            functions.function(0);
            code.function(body);
        }
        let last = bodies.len() as u32 - 1;
        elements.active(None, &ConstExpr::i32_const(slot), Elements::Functions([last][..].into()));
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&elements).section(&code);
        module.finish()
    }

    /// A function that only calls what stands at a place of the table.
    fn calls_at(slot: i32) -> Function {
        let mut function = Function::new([]);
        function.instructions().i32_const(slot).call_indirect(0, 0).end();
        function
    }

    fn calls(functions: &[u32]) -> Function {
        let mut function = Function::new([]);
        for other in functions {
            function.instructions().call(*other);
        }
        function.instructions().end();
        function
    }

    /// For each function of a module the functions that it calls; none where it calls by the table.
    fn called(module: &[u8]) -> Vec<Option<Vec<u32>>> {
        let piece = Piece::read(module).expect("a module");
        let of = |body: &FunctionBody| {
            let operators = body.get_operators_reader().expect("a body").into_iter();
            let all = operators.map(|operator| match operator.expect("an operator") {
                Operator::Call { function_index } => Some(Some(function_index)),
                Operator::CallIndirect { .. } => None,
                _ => Some(None),
            });
            all.collect::<Option<Vec<_>>>().map(|all| all.into_iter().flatten().collect())
        };
        piece.bodies.iter().map(of).collect()
    }

    #[test]
    fn a_call_goes_straight_to_what_stands_in_the_same_module() {
        let first = piece(5, &[calls_at(7), calls(&[0])]);
        let second = piece(9, &[calls_at(5), calls_at(7), calls(&[0, 1, 0])]);
        let joined = join(&[first, second]).expect("one module");
        // The first's function, the second's, and one for both that calls what is in neither.
        assert_eq!(called(&joined), [Some(vec![2]), Some(vec![0, 2, 0]), None]);
        let piece = Piece::read(&joined).expect("a module");
        assert_eq!(piece.elements, [(5, vec![0]), (9, vec![1])]);
    }

    #[test]
    fn a_program_loses_its_empty_places_alone() {
        let mut elements = ElementSection::new();
        let empty = [ConstExpr::ref_null(wasm_encoder::HeapType::FUNC)];
        elements.active(
            None,
            &ConstExpr::i32_const(3),
            Elements::Expressions(wasm_encoder::RefType::FUNCREF, empty[..].into()),
        );
        elements.active(None, &ConstExpr::i32_const(4), Elements::Functions([1][..].into()));
        let mut module = Module::new();
        module.section(&elements);
        let bare = bare(&module.finish()).expect("a program");
        assert_eq!(Piece::read(&bare).expect("a program").elements, [(4, vec![1])]);
    }
}
