//! A picture as shapes with places, so that a page and a paper draw the same one.

use serde::Serialize;

use super::super::markup::Markup;

/// A picture that stands alone, with words for those who do not see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Unique in the document.
    pub name: String,
    /// What it is.
    pub title: String,
    /// What it shows, in sentences.
    pub description: String,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// What is drawn, the lowest first.
    pub shapes: Vec<Shape>,
}

/// One thing drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "shape")]
pub enum Shape {
    /// A box.
    Box {
        /// Left edge.
        x: f32,
        /// Upper edge.
        y: f32,
        /// Width.
        width: f32,
        /// Height.
        height: f32,
        /// How dark.
        shade: Shade,
        /// Whether its border is drawn broken, so that it differs without colour.
        broken: bool,
    },
    /// Words on one line.
    Text {
        /// Where they start, end or have their middle.
        x: f32,
        /// The line they stand on.
        y: f32,
        /// Size in points.
        size: f32,
        /// Which part of them stands at `x`.
        align: Align,
        /// Degrees to the left.
        turned: f32,
        /// Whether they are bold.
        bold: bool,
        /// Most room that they may take, in points.
        room: f32,
        /// What they stand on, which decides their ink.
        on: Shade,
        /// The words.
        text: String,
    },
}

/// Shades that differ in print without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shade {
    /// Paper.
    None,
    /// Light: allowed on a condition.
    Light,
    /// Dark: allowed without a condition.
    Dark,
}

/// Which part of the words stands at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Their beginning.
    Start,
    /// Their middle.
    Middle,
    /// Their end.
    End,
}

impl Shade {
    /// Red, green and blue of the filling.
    #[must_use]
    pub const fn rgb(self) -> (u8, u8, u8) {
        match self {
            Self::None => (255, 255, 255),
            Self::Light => (205, 224, 242),
            Self::Dark => (13, 71, 125),
        }
    }

    /// Red, green and blue of words that stand on it.
    #[must_use]
    pub const fn ink(self) -> (u8, u8, u8) {
        match self {
            Self::None | Self::Light => (17, 17, 17),
            Self::Dark => (255, 255, 255),
        }
    }
}

impl Figure {
    /// The picture as SVG that stands alone; reads aloud as its title and description.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut out = Markup::default();
        out.raw(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" \
             role=\"img\" aria-labelledby=\"{n}-title {n}-description\" font-family=\"IBM Plex Sans, system-ui, sans-serif\">\n",
            w = self.width,
            h = self.height,
            n = self.name,
        ));
        out.raw(&format!("<title id=\"{}-title\">", self.name)).text(&self.title).raw("</title>\n");
        out.raw(&format!("<desc id=\"{}-description\">", self.name)).text(&self.description).raw("</desc>\n");
        out.raw(&format!(
            "<rect x=\"0\" y=\"0\" width=\"{}\" height=\"{}\" fill=\"#fff\"/>\n",
            self.width, self.height
        ));
        for shape in &self.shapes {
            draw(shape, &mut out);
        }
        out.raw("</svg>\n");
        out.0
    }
}

fn draw(shape: &Shape, out: &mut Markup) {
    match shape {
        Shape::Box { x, y, width, height, shade, broken } => {
            let (red, green, blue) = shade.rgb();
            let dashes = if *broken { " stroke-dasharray=\"3 2\"" } else { "" };
            out.raw(&format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"#{red:02x}{green:02x}{blue:02x}\" \
                 stroke=\"#333\" stroke-width=\"0.75\"{dashes}/>\n"
            ));
        }
        Shape::Text { x, y, size, align, turned, bold, text, on, .. } => {
            let anchor = match align {
                Align::Start => "start",
                Align::Middle => "middle",
                Align::End => "end",
            };
            let weight = if *bold { " font-weight=\"600\"" } else { "" };
            let turn = if *turned == 0.0 {
                String::new()
            } else {
                format!(" transform=\"rotate({} {x} {y})\"", -turned)
            };
            let (red, green, blue) = on.ink();
            out.raw(&format!(
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{weight}{turn} fill=\"#{red:02x}{green:02x}{blue:02x}\">"
            ));
            out.text(text).raw("</text>\n");
        }
    }
}
