//! The paper that pictures are drawn on, and the only place that knows the charting library.

use std::io;

use plotters::chart::LabelAreaPosition;
use plotters::coord::Shift;
use plotters::prelude::{
    ChartBuilder, Circle, DrawingArea, IntoDrawingArea, IntoFont, PathElement, RGBColor, Rectangle, SVGBackend, Text,
    WHITE,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, ShapeStyle, TextStyle};

use crate::value::{Number, nfc};

/// The height of a line of text.
pub(super) const LINE: i32 = 18;
/// How wide a letter is, at most, in the mean.
const LETTER: i32 = 7;
const FONT: i32 = 14;

/// What is drawn in which colour; told apart by those who see no red or green, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Text,
    Faint,
    Ground,
    Better,
    Worse,
    Plain,
    /// One of several kinds.
    Kind(usize),
}

/// Light colours that differ in brightness too; after the last the first comes again, and the letter tells them apart.
const KINDS: [(u8, u8, u8); 8] = [
    (0xCF, 0xE8, 0xF7),
    (0xFB, 0xE3, 0xC0),
    (0xC7, 0xE6, 0xCE),
    (0xF3, 0xCF, 0xCF),
    (0xDE, 0xD4, 0xEE),
    (0xF5, 0xF1, 0xBD),
    (0xD9, 0xDC, 0xDF),
    (0xA9, 0xD4, 0xD9),
];

impl Ink {
    fn colour(self) -> RGBColor {
        match self {
            Self::Text => RGBColor(0x20, 0x24, 0x2A),
            Self::Faint => RGBColor(0x9A, 0xA0, 0xA6),
            Self::Ground => RGBColor(0xE8, 0xEA, 0xED),
            Self::Better => RGBColor(0x1B, 0x6C, 0xA8),
            Self::Worse => RGBColor(0xC7, 0x5B, 0x12),
            Self::Plain => RGBColor(0x5F, 0x63, 0x68),
            Self::Kind(at) => {
                let (red, green, blue) = KINDS.get(at % KINDS.len()).copied().unwrap_or((0xE8, 0xEA, 0xED));
                RGBColor(red, green, blue)
            }
        }
    }
}

/// On which side of its point a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Middle,
}

/// A point, in pixels from the upper left corner.
pub(super) type At = (i32, i32);

/// A part of the picture that has its axes: numbers across, numbers upward.
pub(super) struct Frame {
    /// Its upper left corner.
    pub at: At,
    /// Its width and height, with its labels.
    pub size: (i32, i32),
    /// The numbers from left to right.
    pub across: (f64, f64),
    /// The numbers from the bottom up.
    pub upward: (f64, f64),
    /// What is drawn.
    pub marks: Vec<Mark>,
    /// How the numbers across are written; nothing where they are not.
    pub says_across: Option<Box<dyn Fn(f64) -> String>>,
    /// How the numbers upward are written; nothing where they only keep lines apart.
    pub says_upward: Option<Box<dyn Fn(f64) -> String>>,
}

/// Something that is drawn in a frame.
pub(super) enum Mark {
    /// A line through some points.
    Line(Vec<(f64, f64)>, Ink, u32),
    /// A rectangle between two corners.
    Bar((f64, f64), (f64, f64), Ink),
    /// A text, so many pixels beside its point.
    Label((f64, f64), String, Ink, Side, At),
}

/// A picture on its way.
pub(super) struct Paper {
    size: At,
    drawn: Vec<Drawn>,
}

enum Drawn {
    Line(Vec<At>, Ink, u32),
    Bar(At, At, Ink),
    Dot(At, Ink),
    Label(At, String, Ink, Side, i32),
    Frame(Frame),
}

impl Paper {
    pub fn new(width: i32, height: i32) -> Self {
        Self { size: (width, height), drawn: Vec::new() }
    }

    pub fn line(&mut self, points: Vec<At>, ink: Ink, width: u32) {
        self.drawn.push(Drawn::Line(points, ink, width));
    }

    pub fn bar(&mut self, from: At, to: At, ink: Ink) {
        self.drawn.push(Drawn::Bar(from, to, ink));
    }

    pub fn dot(&mut self, at: At, ink: Ink) {
        self.drawn.push(Drawn::Dot(at, ink));
    }

    pub fn label(&mut self, at: At, text: &str, ink: Ink, side: Side) {
        self.drawn.push(Drawn::Label(at, nfc(text).into_owned(), ink, side, FONT));
    }

    pub fn heading(&mut self, at: At, text: &str) {
        self.drawn.push(Drawn::Label(at, nfc(text).into_owned(), Ink::Text, Side::Right, FONT + 4));
    }

    pub fn frame(&mut self, frame: Frame) {
        self.drawn.push(Drawn::Frame(frame));
    }

    /// The picture as SVG.
    pub fn svg(&self) -> io::Result<String> {
        let mut svg = String::new();
        let size = (pixels(self.size.0), pixels(self.size.1));
        {
            let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            area.fill(&WHITE).map_err(io::Error::other)?;
            for drawn in &self.drawn {
                put(&area, drawn).map_err(io::Error::other)?;
            }
            area.present().map_err(io::Error::other)?;
        }
        Ok(svg)
    }
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Fault = plotters::drawing::DrawingAreaErrorKind<io::Error>;

fn put(area: &Area<'_>, drawn: &Drawn) -> Result<(), Fault> {
    match drawn {
        Drawn::Line(points, ink, width) => area.draw(&PathElement::new(points.clone(), stroke(*ink, *width))),
        Drawn::Bar(from, to, ink) => area.draw(&Rectangle::new([*from, *to], ink.colour().filled())),
        Drawn::Dot(at, ink) => area.draw(&Circle::new(*at, 4, ink.colour().filled())),
        Drawn::Label(at, text, ink, side, font) => area.draw(&Text::new(text.clone(), *at, style(*ink, *side, *font))),
        Drawn::Frame(frame) => framed(area, frame),
    }
}

fn framed(area: &Area<'_>, frame: &Frame) -> Result<(), Fault> {
    const BESIDE: u32 = 48;
    let inner = area.clone().shrink(frame.at, (pixels(frame.size.0), pixels(frame.size.1)));
    let below = if frame.says_across.is_some() { 28 } else { 0 };
    let mut chart = ChartBuilder::on(&inner)
        .margin_top(8)
        .margin_right(24)
        .x_label_area_size(below)
        .y_label_area_size(BESIDE)
        .build_cartesian_2d(frame.across.0..frame.across.1, frame.upward.0..frame.upward.1)?;
    let across = |value: &f64| frame.says_across.as_ref().map_or_else(String::new, |says| says(*value));
    let upward = |value: &f64| frame.says_upward.as_ref().map_or_else(String::new, |says| says(*value));
    let mut mesh = chart.configure_mesh();
    // Lines stand where numbers are written.
    if frame.says_upward.is_some() {
        mesh.disable_x_mesh();
    } else {
        mesh.disable_y_mesh().set_tick_mark_size(LabelAreaPosition::Left, 0);
    }
    mesh.light_line_style(Ink::Ground.colour().mix(0.0))
        .bold_line_style(Ink::Ground.colour())
        .axis_style(Ink::Faint.colour())
        .label_style(style(Ink::Plain, Side::Right, FONT))
        .x_labels(8)
        .y_labels(5)
        .x_label_formatter(&across)
        .y_label_formatter(&upward)
        .draw()?;
    for mark in &frame.marks {
        match mark {
            Mark::Line(points, ink, width) => {
                let line = PathElement::new(points.clone(), stroke(*ink, *width));
                chart.draw_series([line]).map(drop)?;
            }
            Mark::Bar(from, to, ink) => {
                chart.draw_series([Rectangle::new([*from, *to], ink.colour().filled())]).map(drop)?;
            }
            Mark::Label(at, text, ink, side, beside) => {
                let (x, y) = chart.backend_coord(at);
                let text = Text::new(nfc(text).into_owned(), (x + beside.0, y + beside.1), style(*ink, *side, FONT));
                area.draw(&text)?;
            }
        }
    }
    Ok(())
}

fn stroke(ink: Ink, width: u32) -> ShapeStyle {
    ink.colour().stroke_width(width)
}

fn style(ink: Ink, side: Side, font: i32) -> TextStyle<'static> {
    let across = match side {
        Side::Left => HPos::Right,
        Side::Right => HPos::Left,
        Side::Middle => HPos::Center,
    };
    TextStyle {
        font: ("sans-serif", font).into_font(),
        color: ink.colour().to_backend_color(),
        pos: Pos::new(across, VPos::Center),
    }
}

fn pixels(length: i32) -> u32 {
    u32::try_from(length).unwrap_or(1).max(1)
}

/// How wide a text is, at most.
pub(super) fn width(text: &str) -> i32 {
    i32::try_from(nfc(text).chars().count()).unwrap_or(i32::MAX / LETTER).saturating_mul(LETTER)
}

/// A count of pixels or places.
pub(super) fn count(many: usize) -> i32 {
    i32::try_from(many).unwrap_or(i32::MAX)
}

/// A number as it is drawn.
pub(super) fn float(number: Number) -> f64 {
    let text = number.to_string();
    let (top, bottom) = text.split_once('/').unwrap_or((&text, "1"));
    let parts: Option<(f64, f64)> = top.parse().ok().zip(bottom.parse().ok());
    parts.map_or(0.0, |(top, bottom)| top / bottom)
}

/// A number of an axis, which is a short decimal.
pub(super) fn short(value: f64) -> Number {
    let text = format!("{value:.6}");
    Number::parse(&text).unwrap_or(Number::ZERO)
}
