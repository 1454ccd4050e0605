//! Sheets of paper with marks on them, filled from top to bottom.

use super::letters::Weight;

/// Ink that is dark enough on white, and one for lines.
pub(super) const INK: (u8, u8, u8) = (17, 17, 17);
pub(super) const GREY: (u8, u8, u8) = (90, 90, 90);
pub(super) const RULE: (u8, u8, u8) = (150, 150, 150);
pub(super) const SHADE: (u8, u8, u8) = (238, 242, 247);

/// The size of a sheet and its margins, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) margin: f32,
    pub(super) foot: f32,
}

/// A4 upright and lying.
pub(super) const UPRIGHT: Size = Size { width: 595.28, height: 841.89, margin: 56.0, foot: 40.0 };
pub(super) const LYING: Size = Size { width: 841.89, height: 595.28, margin: 42.0, foot: 36.0 };

impl Size {
    /// The room between the margins.
    pub(super) fn room(self) -> f32 {
        self.width - 2.0 * self.margin
    }

    /// Where the last line must end.
    pub(super) fn bottom(self) -> f32 {
        self.height - self.margin - self.foot
    }

    /// The room from top to bottom.
    pub(super) fn tall(self) -> f32 {
        self.bottom() - self.margin
    }
}

/// Something drawn.
#[derive(Clone, Debug)]
pub(super) enum Drawing {
    /// Words on a line that begins at `x`.
    Text { x: f32, y: f32, size: f32, weight: Weight, ink: (u8, u8, u8), turned: f32, text: String },
    /// A box, filled.
    Filled { x: f32, y: f32, width: f32, height: f32, ink: (u8, u8, u8) },
    /// A box, its border drawn.
    Border { x: f32, y: f32, width: f32, height: f32, ink: (u8, u8, u8), broken: bool },
}

/// A mark: drawings that mean one thing, or are there for the eye only.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Its number, if it is part of the tree.
    pub(super) number: Option<usize>,
    pub(super) drawings: Vec<Drawing>,
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) marks: Vec<Mark>,
}

/// All sheets, and where the next line goes.
#[derive(Debug)]
pub(super) struct Sheets {
    pub(super) size: Size,
    pub(super) all: Vec<Sheet>,
    pub(super) y: f32,
    pub(super) numbers: usize,
}

impl Sheets {
    pub(super) fn new(size: Size) -> Self {
        Self { size, all: vec![Sheet::default()], y: size.margin, numbers: 0 }
    }

    /// The number of the sheet, from 0.
    pub(super) const fn page(&self) -> usize {
        self.all.len().saturating_sub(1)
    }

    /// What is left of this sheet.
    pub(super) fn left(&self) -> f32 {
        self.size.bottom() - self.y
    }

    pub(super) fn turn(&mut self) {
        self.all.push(Sheet::default());
        self.y = self.size.margin;
    }

    /// A new sheet unless there is room for this much.
    pub(super) fn need(&mut self, height: f32) {
        if self.left() < height && self.y > self.size.margin {
            self.turn();
        }
    }

    /// Room above what follows, but not at the top of a sheet.
    pub(super) fn gap(&mut self, height: f32) {
        if self.y > self.size.margin {
            self.y += height;
        }
    }

    /// Puts a mark that means something on the sheet; its number goes into the tree.
    pub(super) fn mark(&mut self, drawings: Vec<Drawing>) -> usize {
        let number = self.numbers;
        self.numbers += 1;
        self.put(Mark { number: Some(number), drawings });
        number
    }

    /// Puts something for the eye only on the sheet.
    pub(super) fn adorn(&mut self, drawings: Vec<Drawing>) {
        self.put(Mark { number: None, drawings });
    }

    fn put(&mut self, mark: Mark) {
        if let Some(sheet) = self.all.last_mut() {
            sheet.marks.push(mark);
        }
    }
}
