//! The data directory and the tables that are open in it.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use crate::disk::DiskWatch;
use crate::error::EngineError;
use crate::finding::Finding;
use crate::mark::{Progress, draw_home};
use crate::opening::Opening;
use crate::table_file::TableFile;
use crate::witness::{self, Witness};
use crate::{generation, lineage};

/// Where the tables are, and those that are open.
pub(crate) struct Home {
    /// `None`: in memory, nothing outlives the process.
    pub(crate) directory: Option<PathBuf>,
    pub(crate) disk: DiskWatch,
    /// Held for as long as the engine lives, so that no second process opens the files.
    _lock: Option<File>,
    tables: RwLock<BTreeMap<String, Arc<TableFile>>>,
    lineage: Mutex<Kept>,
}

/// What is known of the folder as a whole.
#[derive(Default)]
struct Kept {
    /// The folder's number.
    home: String,
    /// The folder of witnesses.
    witnesses: Option<PathBuf>,
    /// `None` without a folder of witnesses, and until what was found is accepted.
    witness: Option<Witness>,
    /// What was found and is not accepted yet. Until then the files keep saying so.
    findings: Vec<Finding>,
    /// How far the tables had come when they last looked at each other.
    noted: BTreeMap<String, Progress>,
}

impl Home {
    pub(crate) fn open(directory: &Path, opening: &Opening<'_>) -> Result<Home, EngineError> {
        make_private(directory)?;
        let lock = File::create(directory.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(EngineError::InUse),
            Err(std::fs::TryLockError::Error(source)) => return Err(EngineError::Io(source)),
        }
        let finished = generation::list(directory)?;
        let lineage = lineage::examine(directory, &finished, opening.tables, opening.witnesses)?;
        if !lineage.findings.is_empty() && !opening.accept {
            return Err(EngineError::NotAsLeft(lineage.findings));
        }
        let mut tables = BTreeMap::new();
        for (name, generations) in &finished {
            let Some(newest) = generations.last() else { continue };
            if lineage.findings.is_empty() {
                generation::settle(directory, name, generations)?;
            }
            tables.insert(name.clone(), Arc::new(TableFile::open(directory, name, *newest)?));
        }
        // A copy is compared under the old number, and goes on under its own.
        let copied = |home: &String| opening.witnesses.is_some_and(|state| lineage::is_copy(directory, home, state));
        let known = lineage.home.filter(|home| !(lineage.findings.is_empty() && copied(home)));
        let kept = Kept {
            home: known.map_or_else(draw_home, Ok)?,
            witnesses: opening.witnesses.map(Path::to_owned),
            findings: lineage.findings,
            ..Kept::default()
        };
        let home = Home {
            directory: Some(directory.to_owned()),
            disk: DiskWatch::default(),
            _lock: Some(lock),
            tables: RwLock::new(tables),
            lineage: Mutex::new(kept),
        };
        if home.kept().findings.is_empty() {
            home.begin()?;
        }
        Ok(home)
    }

    pub(crate) fn memory() -> Home {
        Home {
            directory: None,
            disk: DiskWatch::default(),
            _lock: None,
            tables: RwLock::default(),
            lineage: Mutex::default(),
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.lineage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Marks all files, calls the witness, and has the files look at each other.
    fn begin(&self) -> Result<(), EngineError> {
        let mut kept = self.kept();
        for file in self.all_tables() {
            file.begin_marks(&kept.home)?;
        }
        let witness = kept.witnesses.as_ref().map(|directory| Witness::of(directory, &kept.home));
        kept.witness = witness.transpose().unwrap_or_default();
        if let (Some(witnesses), Some(directory)) = (&kept.witnesses, &self.directory)
            && let Ok(place) = directory.canonicalize()
        {
            // Without it a copy of this folder is taken for it.
            let _ = witness::keep_place(witnesses, &kept.home, &place);
        }
        drop(kept);
        self.note()
    }

    /// Whether somebody outside the folder knows how far its tables have come.
    pub(crate) fn has_witness(&self) -> bool {
        self.kept().witness.is_some()
    }

    /// What was found when the folder was opened and is not accepted yet.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        self.kept().findings.clone()
    }

    /// Takes the files as they are for those of this folder. It gets a new number, so that a folder which goes on
    /// elsewhere under the old one is not taken for it. What stands beside a table's file is set aside and never
    /// removed: a greater number in its name does not make a file the newer one.
    pub(crate) fn accept(&self) -> Result<(), EngineError> {
        let Some(directory) = &self.directory else { return Ok(()) };
        let mut kept = self.kept();
        kept.home = draw_home()?;
        kept.noted.clear();
        kept.findings.clear();
        for (table, generations) in generation::list(directory)? {
            generation::settle_aside(directory, &table, &generations)?;
        }
        drop(kept);
        self.begin()
    }

    /// After a change to a table, before it is answered: the witness learns of it.
    pub(crate) fn changed(&self, file: &TableFile) {
        let mut kept = self.kept();
        if let Some(witness) = &mut kept.witness
            && let Ok(Some(progress)) = file.progress()
        {
            // A witness that cannot be written knows less. That keeps nobody from voting.
            let _ = witness.note(&file.name, progress);
        }
    }

    /// Has each file note how far the others have come, if anything was written since.
    pub(crate) fn note(&self) -> Result<(), EngineError> {
        let mut kept = self.kept();
        if !kept.findings.is_empty() {
            return Ok(());
        }
        let mut now = BTreeMap::new();
        for file in self.all_tables() {
            if let Some(progress) = file.progress()? {
                now.insert(file.name.clone(), progress);
            }
        }
        if now == kept.noted {
            return Ok(());
        }
        for file in self.all_tables() {
            let others = now.iter().filter(|(name, _)| **name != file.name);
            let others = others.map(|(name, progress)| (name.clone(), *progress)).collect();
            file.restate(&kept.home, &others)?;
        }
        if let Some(witness) = &mut kept.witness {
            for (name, progress) in &now {
                witness.note(name, *progress)?;
            }
            witness.sync()?;
        }
        kept.noted = now;
        Ok(())
    }

    pub(crate) fn table(&self, name: &str) -> Option<Arc<TableFile>> {
        self.tables.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    pub(crate) fn all_tables(&self) -> Vec<Arc<TableFile>> {
        self.tables.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// The file of a table that is about to be created: a new one, or the one that an interrupted creation left.
    pub(crate) fn table_to_create(&self, name: &str) -> Result<Arc<TableFile>, EngineError> {
        let mut tables = self.tables.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = tables.get(name) {
            return Ok(Arc::clone(file));
        }
        let file = Arc::new(match &self.directory {
            Some(directory) => TableFile::open(directory, name, generation::FIRST)?,
            None => TableFile::memory(name)?,
        });
        tables.insert(name.to_owned(), Arc::clone(&file));
        Ok(file)
    }

    /// After a table was created: its marks begin.
    pub(crate) fn created(&self, file: &TableFile) -> Result<(), EngineError> {
        file.begin_marks(&self.kept().home)
    }
}

/// Makes the directory if it is missing, readable by its owner alone: its files tell the order of ballots while
/// voting is open. One that exists keeps the permissions that someone gave it.
fn make_private(directory: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}
