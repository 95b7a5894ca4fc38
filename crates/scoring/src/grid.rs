//! A table of equal cells, addressed by row and column.
//!
//! Owns the arithmetic of places that would else be written out wherever figures stand by period and unit. A cell is one
//! figure, or a run of equally many: the third axis. Four axes are a list of grids.

use std::marker::PhantomData;
use std::ops;

use crate::index::Index;

/// Cells by row and column, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid<R, C, T> {
    columns: usize,
    /// Figures of one cell.
    depth: usize,
    figures: Vec<T>,
    axes: PhantomData<(R, C)>,
}

impl<R: Index, C: Index, T: Clone> Grid<R, C, T> {
    /// A grid of cells that hold one figure each, all the same.
    #[must_use]
    pub fn filled(figure: T, rows: usize, columns: usize) -> Self {
        Grid::deep(figure, rows, columns, 1)
    }

    /// A grid of cells that hold so many figures each, all the same.
    #[must_use]
    pub fn deep(figure: T, rows: usize, columns: usize, depth: usize) -> Self {
        Grid { columns, depth, figures: vec![figure; rows * columns * depth], axes: PhantomData }
    }
}

impl<R: Index, C: Index, T> Grid<R, C, T> {
    /// All cells of a row.
    #[must_use]
    pub fn row(&self, row: R) -> &[T] {
        let length = self.columns * self.depth;
        &self.figures[row.index() * length..][..length]
    }

    /// All cells of a row, to be changed.
    pub fn row_mut(&mut self, row: R) -> &mut [T] {
        let length = self.columns * self.depth;
        &mut self.figures[row.index() * length..][..length]
    }

    /// The figures of one cell.
    #[must_use]
    pub fn cell(&self, row: R, column: C) -> &[T] {
        &self.figures[self.start(row, column)..][..self.depth]
    }

    /// The figures of one cell, to be changed.
    pub fn cell_mut(&mut self, row: R, column: C) -> &mut [T] {
        let start = self.start(row, column);
        &mut self.figures[start..][..self.depth]
    }

    /// All figures, row by row.
    #[must_use]
    pub fn figures(&self) -> &[T] {
        &self.figures
    }

    /// All figures, row by row, to be changed.
    pub fn figures_mut(&mut self) -> &mut [T] {
        &mut self.figures
    }

    fn start(&self, row: R, column: C) -> usize {
        debug_assert!(column.index() < self.columns, "a column of the next row");
        (row.index() * self.columns + column.index()) * self.depth
    }
}

impl<R: Index, C: Index, T> ops::Index<(R, C)> for Grid<R, C, T> {
    type Output = T;
    fn index(&self, (row, column): (R, C)) -> &T {
        &self.figures[self.start(row, column)]
    }
}

impl<R: Index, C: Index, T> ops::IndexMut<(R, C)> for Grid<R, C, T> {
    fn index_mut(&mut self, (row, column): (R, C)) -> &mut T {
        let start = self.start(row, column);
        &mut self.figures[start]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{PeriodIndex, UnitIndex};

    #[test]
    fn cells_stand_by_row_and_column() {
        let mut grid: Grid<PeriodIndex, UnitIndex, u8> = Grid::deep(0, 2, 3, 2);
        let (period, unit) = (PeriodIndex::from(1), UnitIndex::from(2));
        grid.cell_mut(period, unit).copy_from_slice(&[7, 8]);
        assert_eq!(grid.cell(period, unit), [7, 8]);
        assert_eq!(grid.row(period), [0, 0, 0, 0, 7, 8]);
        assert_eq!(grid[(period, unit)], 7);
        assert_eq!(grid.figures().iter().filter(|figure| **figure > 0).count(), 2);
    }
}
