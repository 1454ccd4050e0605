//! Draws the sheets and ties each mark to what it means.

use std::collections::VecDeque;

use jiff::civil::Date;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use notice::Lang;
use notice::render::Document;

use super::PdfError;
use super::flow::Laid;
use super::letters::{Letters, Weight};
use super::sheets::{Drawing, GREY, Mark, Size};
use super::tree::tagged;

pub(super) fn draw(
    document: &Document,
    laid: Laid,
    letters: &Letters,
    day: Date,
) -> Result<Vec<u8>, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|problem| PdfError::Standard(format!("{problem:?}")))?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut file = krilla::Document::new_with(settings);
    file.set_metadata(metadata(document, letters, day));
    let mut drawn: Vec<Option<Identifier>> = vec![None; laid.sheets.numbers];
    let (size, pages) = (laid.sheets.size, laid.sheets.all.len());
    for (number, sheet) in laid.sheets.all.iter().enumerate() {
        let Some(settings) = PageSettings::from_wh(size.width, size.height) else { continue };
        let mut page = file.start_page_with(settings);
        let mut surface = page.surface();
        for mark in &sheet.marks {
            one(mark, letters, &mut surface, &mut drawn);
        }
        foot(document, letters, size, (number + 1, pages), &mut surface);
        surface.finish();
        page.finish();
    }
    file.set_outline(outline(&laid, size));
    file.set_tag_tree(tagged(laid.parts, &drawn, document.lang.tag()));
    file.finish().map_err(|problem| PdfError::Standard(problem.to_string()))
}

fn metadata(document: &Document, letters: &Letters, day: Date) -> Metadata {
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let date = DateTime::new(u16::try_from(day.year()).unwrap_or(2000))
        .month(part(day.month()))
        .day(part(day.day()));
    let date = date.hour(0).minute(0).second(0).utc_offset_hour(0).utc_offset_minute(0);
    let mut about = Metadata::new()
        .title(letters.printable(&document.title))
        .language(document.lang.tag().to_owned())
        .creator("Hjemmel".to_owned())
        .creation_date(date)
        .document_id(format!(
            "{}/{}/{}/{}",
            document.notice,
            document.kind,
            document.lang.tag(),
            document.version
        ));
    if let Some(words) = &document.about {
        about = about.description(letters.printable(words));
    }
    about
}

/// A mark that means something is drawn under a name; the others are there for the eye.
fn one(mark: &Mark, letters: &Letters, surface: &mut Surface<'_>, drawn: &mut [Option<Identifier>]) {
    let is_words = matches!(mark.drawings.as_slice(), [Drawing::Text { .. }]);
    let tag = match mark.number {
        None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        Some(_) if is_words => ContentTag::Span(SpanTag::empty()),
        Some(_) => ContentTag::Other,
    };
    let name = surface.start_tagged(tag);
    mark.drawings.iter().for_each(|drawing| self::drawing(drawing, letters, surface));
    surface.end_tagged();
    if let Some(place) = mark.number.and_then(|number| drawn.get_mut(number)) {
        *place = Some(name);
    }
}

fn fill((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

fn drawing(drawing: &Drawing, letters: &Letters, surface: &mut Surface<'_>) {
    match drawing {
        Drawing::Text { x, y, size, weight, ink, turned, text } => {
            surface.set_fill(Some(fill(*ink)));
            surface.set_stroke(None);
            let turned_at = (*turned != 0.0).then(|| Transform::from_rotate_at(-turned, *x, *y));
            if let Some(turn) = &turned_at {
                surface.push_transform(turn);
            }
            let glyphs = letters.shaped(text, *weight);
            surface.draw_glyphs(Point::from_xy(*x, *y), &glyphs, letters.font(*weight), text, *size, false);
            if turned_at.is_some() {
                surface.pop();
            }
        }
        Drawing::Filled { x, y, width, height, ink } => {
            surface.set_fill(Some(fill(*ink)));
            surface.set_stroke(None);
            rectangle(*x, *y, *width, *height, surface);
        }
        Drawing::Border { x, y, width, height, ink: (red, green, blue), broken } => {
            surface.set_fill(None);
            let dash = broken.then(|| StrokeDash { array: vec![3.0, 2.0], offset: 0.0 });
            let paint = rgb::Color::new(*red, *green, *blue).into();
            surface.set_stroke(Some(Stroke { paint, width: 0.6, dash, ..Stroke::default() }));
            rectangle(*x, *y, *width, *height, surface);
        }
    }
}

fn rectangle(x: f32, y: f32, width: f32, height: f32, surface: &mut Surface<'_>) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

/// Title and number at the foot of each sheet.
fn foot(
    document: &Document,
    letters: &Letters,
    size: Size,
    (number, pages): (usize, usize),
    surface: &mut Surface<'_>,
) {
    let page = match document.lang {
        Lang::Da => format!("Side {number} af {pages}"),
        Lang::En => format!("Page {number} of {pages}"),
    };
    let (at, small) = (size.height - size.margin, 8.0);
    let room = size.room() - letters.width(&page, Weight::Regular, small) - 20.0;
    let title =
        letters.lines(&document.title, Weight::Regular, small, room).into_iter().next().unwrap_or_default();
    let x = size.width - size.margin - letters.width(&page, Weight::Regular, small);
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    for (x, text) in [(size.margin, title), (x, page)] {
        let words =
            Drawing::Text { x, y: at, size: small, weight: Weight::Regular, ink: GREY, turned: 0.0, text };
        drawing(&words, letters, surface);
    }
    surface.end_tagged();
}

/// The headings of the second level, those of the third below them.
fn outline(laid: &Laid, size: Size) -> Outline {
    let mut outline = Outline::new();
    let mut rest: VecDeque<_> = laid.outline.iter().collect();
    while let Some((_, words, page, y)) = rest.pop_front() {
        let place = |page: usize, y: f32| XyzDestination::new(page, Point::from_xy(size.margin, y));
        let mut node = OutlineNode::new(words.clone(), place(*page, *y));
        while let Some((3, words, page, y)) = rest.front() {
            node.push_child(OutlineNode::new(words.clone(), place(*page, *y)));
            rest.pop_front();
        }
        outline.push_child(node);
    }
    outline
}
