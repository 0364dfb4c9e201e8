//! What a report is about, as it is said on the command line.

use ketnoi_reporting::{Definition, SubjectKind};

/// What the report is about; `ketnoi report list` says which of these a report wants.
#[derive(clap::Args, Debug)]
#[group(multiple = false)]
pub(super) struct About {
    /// A programme, by its code, such as PMI-LED
    #[arg(long, value_name = "CODE")]
    programme: Option<String>,
    /// An organisation under all its names, by its code, such as FCM
    #[arg(long, value_name = "CODE")]
    organisation: Option<String>,
    /// A policy dialogue, by its code
    #[arg(long, value_name = "CODE")]
    dialogue: Option<String>,
    /// Those who went to an event together, by the delegation's code
    #[arg(long, value_name = "CODE")]
    delegation: Option<String>,
    /// An event, by its code
    #[arg(long, value_name = "CODE")]
    event: Option<String>,
    /// Two countries, such as VN-FR
    #[arg(long, value_name = "ONE-OTHER")]
    countries: Option<String>,
    /// A calendar year, such as 2017
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
}

impl About {
    /// The key of what is asked for, which has to be what the report is about.
    pub(super) fn key(&self, definition: &Definition) -> anyhow::Result<&str> {
        let mut given = SubjectKind::ALL.into_iter().filter_map(|kind| Some((kind, self.of(kind)?)));
        let (name, wanted) = (&definition.name, definition.subject.name());
        match given.next() {
            Some((kind, key)) if kind == definition.subject => Ok(key),
            Some((kind, _)) => anyhow::bail!("the subject of report `{name}` is not --{}: give --{wanted}", kind.name()),
            None => anyhow::bail!("report `{name}` needs a subject: give --{wanted}"),
        }
    }

    fn of(&self, kind: SubjectKind) -> Option<&str> {
        match kind {
            SubjectKind::Programme => self.programme.as_deref(),
            SubjectKind::Organisation => self.organisation.as_deref(),
            SubjectKind::Dialogue => self.dialogue.as_deref(),
            SubjectKind::Delegation => self.delegation.as_deref(),
            SubjectKind::Event => self.event.as_deref(),
            SubjectKind::Countries => self.countries.as_deref(),
            SubjectKind::Year => self.year.as_deref(),
        }
    }
}
