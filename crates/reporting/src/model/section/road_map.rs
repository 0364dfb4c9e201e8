//! How far the steps of road maps have come, as a picture. The recommendations have the same in a table.

use ketnoi_domain::StepStatus;

use crate::{
    ReportError, RoadMapFacts, RoadMapStepFacts,
    model::{Author, Block, Drawing, Figure, Rich, StepRow, Steps, Style},
};

/// Where a step may stand on its way, the first on the left. One that was given up stays where it began.
const WAY: [StepStatus; 3] = [StepStatus::Planned, StepStatus::Underway, StepStatus::Done];

/// A picture for each road map that has steps.
pub(super) fn blocks(author: &Author<'_>) -> Result<Vec<Block>, ReportError> {
    let maps = author.snapshot.road_maps.iter().filter(|m| !m.steps.is_empty());
    maps.map(|m| picture(author, m).map(Block::Figure)).collect()
}

fn picture(author: &Author<'_>, map: &RoadMapFacts) -> Result<Figure, ReportError> {
    let said: Vec<String> = map.steps.iter().map(|s| in_words(author, s)).collect();
    let (title, caption) = (author.plain_or_unknown(&map.title), author.text_or_unknown(&map.title).plain());
    let sources = author.sources(&map.sources, &title)?;
    let sources =
        if sources.is_empty() { sources } else { Rich::from(author.labelled(&author.say("fact-sources"), "")).then(sources) };
    Ok(Figure {
        alternative: author.say_with("road-map-alternative", &[("title", &title), ("list", &author.in_a_row(&said))]),
        caption,
        drawing: Drawing::Steps(Steps {
            steps: WAY.iter().map(|s| author.coded("step", *s)).collect(),
            rows: map.steps.iter().map(|s| row(author, s)).collect(),
        }),
        note: sources,
    })
}

fn row(author: &Author<'_>, s: &RoadMapStepFacts) -> StepRow {
    let reached = |at: StepStatus| match at {
        StepStatus::Planned => Some(due(author, s)),
        StepStatus::Underway => matches!(s.status, StepStatus::Underway | StepStatus::Done).then(String::new),
        StepStatus::Done => (s.status == StepStatus::Done).then(|| s.done.map(|d| author.date(d)).unwrap_or_default()),
        StepStatus::Dropped => None,
    };
    let given_up = (s.status == StepStatus::Dropped).then(|| Rich::styled(author.coded("step", s.status), Style::Faint));
    let title = Rich::from(format!("{}. ", author.number(s.number.into()))).then(author.text_or_unknown(&s.title));
    StepRow {
        label: Rich::joined([title, given_up.unwrap_or_default()], "\n"),
        reached: WAY.iter().map(|at| reached(*at)).collect(),
    }
}

/// By when it is to be done; nothing where no source says.
fn due(author: &Author<'_>, s: &RoadMapStepFacts) -> String {
    s.due.map(|d| author.say_with("step-due", &[("date", &author.date(d))])).unwrap_or_default()
}

/// `1. Send the letter: done 10 August 2025`.
fn in_words(author: &Author<'_>, s: &RoadMapStepFacts) -> String {
    let on = s.done.map_or_else(|| due(author, s), |d| author.date(d));
    let status = format!("{} {on}", author.coded("step", s.status));
    let step = format!("{}. {}", author.number(s.number.into()), author.plain_or_unknown(&s.title));
    author.labelled(&step, status.trim_end())
}
