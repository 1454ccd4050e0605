//! Pictures, made smaller where they would leave the sheet; for a screen reader one figure with its words.

use notice::render::document::Align;
use notice::render::{Figure, Shape};

use super::flow::{Flow, Style};
use super::letters::Weight;
use super::sheets::{Drawing, INK};
use super::tree::{Part, Role};

const CAPTION: Style = Style { size: 9.0, line: 12.5, weight: Weight::Regular, ink: INK };

pub(super) fn lay_out(flow: &mut Flow<'_>, figure: &Figure) {
    let size = flow.sheets.size;
    let words = flow.letters.lines(&figure.description, CAPTION.weight, CAPTION.size, size.room());
    let below = CAPTION.line * f32::from(u16::try_from(words.len()).unwrap_or(1)) + 10.0;
    let scale = (size.room() / figure.width).min((size.tall() - below) / figure.height).min(1.0);
    flow.sheets.need(figure.height * scale + below);
    let (x, y) = (size.margin, flow.sheets.y);
    let drawings = figure.shapes.iter().flat_map(|shape| drawn(flow, shape, x, y, scale)).collect();
    let mark = flow.sheets.mark(drawings);
    flow.parts.push(Part::with(Role::Figure(format!("{}. {}", figure.title, figure.description)), [mark]));
    flow.sheets.y += figure.height * scale + 4.0;
    let marks = flow.lines(&words, size.margin, CAPTION);
    flow.parts.push(Part::with(Role::Paragraph, marks));
    flow.sheets.y += 6.0;
}

fn drawn(flow: &Flow<'_>, shape: &Shape, left: f32, top: f32, scale: f32) -> Vec<Drawing> {
    match shape {
        Shape::Box { x, y, width, height, shade, broken } => {
            let (x, y, width, height) = (left + x * scale, top + y * scale, width * scale, height * scale);
            vec![
                Drawing::Filled { x, y, width, height, ink: shade.rgb() },
                Drawing::Border { x, y, width, height, ink: INK, broken: *broken },
            ]
        }
        Shape::Text { x, y, size, align, turned, bold, on, text, .. } => {
            let weight = if *bold { Weight::Bold } else { Weight::Regular };
            let (size, text) = (size * scale, flow.letters.printable(text));
            let back = match align {
                Align::Start => 0.0,
                Align::Middle => flow.letters.width(&text, weight, size) / 2.0,
                Align::End => flow.letters.width(&text, weight, size),
            };
            // Turned words begin at their place: only they lean, and none of them is centred.
            let x = left + x * scale - back;
            vec![Drawing::Text { x, y: top + y * scale, size, weight, ink: on.ink(), turned: *turned, text }]
        }
    }
}
