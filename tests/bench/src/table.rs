//! The table: a row for each thing measured, with what is aimed at and whether it is reached. What failed says why; nothing is left
//! out.

use crate::{
    contender::{self, Contender},
    scenes::Scene,
};
use std::fmt::Write;

pub struct Figure {
    number: f64,
    note: String,
}

impl Figure {
    pub fn noted(number: f64, note: String) -> Figure {
        Figure { number, note }
    }

    /// The middle one of several runs, and how far they lie apart.
    pub fn of_runs(mut runs: Vec<f64>) -> Figure {
        runs.sort_by(f64::total_cmp);
        let note = format!("{}–{}", short(runs[0]), short(runs[runs.len() - 1]));
        Figure { number: runs[runs.len() / 2], note }
    }
}

/// What one scene came to with one contender: a figure a row, or why there is none.
pub struct Outcome {
    pub scene: Scene,
    pub contender: Contender,
    pub figures: Result<Vec<Figure>, String>,
}

enum Goal {
    AtMost(f64),
    TimesFloor(f64),
    BelowBestPeer,
    ShareOfBestPeer(f64),
    TimesBestPeer(f64),
    /// Any figure at all.
    Done(&'static str),
    None,
}

struct Row {
    scene: Scene,
    /// Which of the scene's figures.
    at: usize,
    what: &'static str,
    goal: Goal,
}

const fn row(scene: Scene, at: usize, what: &'static str, goal: Goal) -> Row {
    Row { scene, at, what, goal }
}

const ROWS: [Row; 20] = [
    row(Scene::Opening, 0, "B4 after a restart, first client, ms", Goal::AtMost(5.0)),
    row(Scene::Opening, 1, "… second client, ms", Goal::AtMost(1.0)),
    row(Scene::FanOut, 0, "1 writer, 200 readers: CPU us a delivery", Goal::TimesFloor(1.2)),
    row(Scene::FanOut, 1, "… p50 ms", Goal::BelowBestPeer),
    row(Scene::FanOut, 2, "… p99 ms", Goal::BelowBestPeer),
    row(Scene::Assembly, 0, "1 writer, 500 readers: CPU us a delivery", Goal::Done("all served")),
    row(Scene::Assembly, 1, "… p50 ms", Goal::None),
    row(Scene::Assembly, 2, "… p99 ms", Goal::None),
    row(Scene::Rooms, 0, "100 rooms × 5 writers at 1/s: CPU us an update", Goal::ShareOfBestPeer(0.5)),
    row(Scene::Rooms, 1, "… p50 ms", Goal::None),
    row(Scene::Rooms, 2, "… p99 ms", Goal::AtMost(2.0)),
    row(Scene::Ramp, 0, "most updates/s with p99 < 100 ms", Goal::TimesBestPeer(2.0)),
    row(Scene::IdleThousand, 0, "KiB an idle connection, of 1,000", Goal::AtMost(8.0)),
    row(Scene::IdleFiveThousand, 0, "… of 5,000", Goal::AtMost(8.0)),
    row(Scene::Load, 0, "B4 in 259,778 updates: CPU us each", Goal::AtMost(15.0)),
    // B4 itself is 0.4 MB, and its edits are 8 MB.
    row(Scene::Load, 1, "… MB that stay held afterwards", Goal::AtMost(10.0)),
    row(Scene::Joining, 0, "joining B4 while it is written, ms", Goal::Done("joins, whole")),
    row(Scene::Sleeper, 0, "a reader stops for 30,000 updates: MB grown", Goal::AtMost(8.0)),
    row(Scene::Sleeper, 1, "… updates it lacks in the end", Goal::AtMost(0.0)),
    row(Scene::Crash, 0, "`kill -9`: lost of 200 seen by others, worst run", Goal::AtMost(0.0)),
];

pub fn drawn(outcomes: &[Outcome]) -> String {
    let mut text = String::from("| |");
    for contender in contender::ALL {
        let _ = write!(text, " {} |", contender.name());
    }
    text.push_str(" to show | shown |\n| --- | --- | --- | --- | --- | --- | --- |\n");
    for row in &ROWS {
        let found = contender::ALL.map(|contender| found(outcomes, row, contender));
        let _ = write!(text, "| {} |", row.what);
        for cell in &found {
            match cell {
                Cell::Empty => text.push_str(" – |"),
                Cell::NotRun => text.push_str(" not run |"),
                Cell::Failed(why) => drop(write!(text, " failed: {} |", why.replace('|', "/"))),
                Cell::Is(figure) if figure.note.is_empty() => drop(write!(text, " {} |", short(figure.number))),
                Cell::Is(figure) => drop(write!(text, " {} ({}) |", short(figure.number), figure.note)),
            }
        }
        let (goal, reached) = judged(&row.goal, &found);
        let _ = writeln!(text, " {goal} | {} |", reached.map_or("–", |reached| if reached { "yes" } else { "**no**" }));
    }
    text
}

enum Cell<'a> {
    Empty,
    NotRun,
    Failed(&'a str),
    Is(&'a Figure),
}

impl Cell<'_> {
    fn number(&self) -> Option<f64> {
        match self {
            Cell::Is(figure) => Some(figure.number),
            Cell::Empty | Cell::NotRun | Cell::Failed(_) => None,
        }
    }
}

fn found<'a>(outcomes: &'a [Outcome], row: &Row, contender: Contender) -> Cell<'a> {
    if !row.scene.makes_sense_for(contender) {
        return Cell::Empty;
    }
    match outcomes.iter().find(|outcome| outcome.scene == row.scene && outcome.contender == contender) {
        None => Cell::NotRun,
        Some(Outcome { figures: Err(why), .. }) => Cell::Failed(why),
        Some(Outcome { figures: Ok(figures), .. }) => Cell::Is(&figures[row.at]),
    }
}

/// The goal in words, and whether it is reached; nothing, if what it is compared with is missing.
fn judged(goal: &Goal, [ours, hocuspocus, y_sweet, floor]: &[Cell; 4]) -> (String, Option<bool>) {
    if matches!(ours, Cell::NotRun) {
        return (String::from("–"), None);
    }
    let peers = || [hocuspocus, y_sweet].into_iter().filter_map(Cell::number);
    let number = ours.number();
    let below = |bound: Option<f64>| bound.map(|bound| number.is_some_and(|number| number <= bound));
    let lowest = peers().reduce(f64::min);
    match goal {
        Goal::AtMost(bound) => (format!("≤ {}", short(*bound)), below(Some(*bound))),
        Goal::TimesFloor(times) => (format!("≤ {times} × floor"), below(floor.number().map(|floor| floor * times))),
        Goal::BelowBestPeer => (String::from("below the best peer"), below(lowest)),
        Goal::ShareOfBestPeer(share) => (format!("≤ {share} × the best peer"), below(lowest.map(|lowest| lowest * share))),
        Goal::TimesBestPeer(times) => {
            let bound = peers().reduce(f64::max).map(|highest| highest * times);
            (format!("≥ {times} × the best peer"), bound.map(|bound| number.is_some_and(|number| number >= bound)))
        }
        Goal::Done(words) => ((*words).into(), Some(number.is_some())),
        Goal::None => (String::from("–"), None),
    }
}

/// As many digits as mean something.
fn short(number: f64) -> String {
    match number.abs() {
        0.0 => String::from("0"),
        size if size >= 100.0 => format!("{number:.0}"),
        size if size >= 10.0 => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}
