use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::Subcommand;
use ketnoi_domain::{Cluster, Coded as _, Dialogue, Id, Lang, Viewer, tally::Tally};
use ketnoi_registry::{
    Registry,
    votes::{IssueOrder, SheetOptions},
};
use serde::Deserialize;

use super::user::operator;
use crate::config::{PublicUrl, Settings};

/// What is done about votes.
#[derive(Subcommand, Debug)]
#[command(after_help = "Slips for the delegates of a cluster, in English:
  ketnoi vote codes LED-2027 --cluster dong-bac --lang en --public-url https://registry.example --out slips.pdf

Count again what was exported, and compare with the registry:
  ketnoi export ballots --dialogue LED-2027 --out ballots.csv
  ketnoi vote recount ballots.csv --dialogue LED-2027")]
pub(crate) enum Vote {
    /// Give codes to the delegates who have none, and print them as slips, ten on a page
    ///
    /// The codes are in that file and nowhere else: who has it can vote. Print it, hand the slips out, and remove the file.
    Codes {
        /// The dialogue, by its code
        dialogue: String,
        /// Only for the delegates of this cluster, by its code
        #[arg(long, value_name = "CODE")]
        cluster: Option<String>,
        /// Also for those whose code was not used yet: the new one takes its place
        #[arg(long)]
        reissue: bool,
        /// The language of the slips: vi, en, fr or de
        #[arg(long, default_value = "vi", value_parser = lang)]
        lang: Lang,
        /// The address at which voters reach the server; without it the slips carry the code alone
        #[arg(long, env = "KETNOI_PUBLIC_URL", value_name = "URL")]
        public_url: Option<PublicUrl>,
        /// The file to write, a PDF
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Count exported ballots again, and compare with what the registry counts
    Recount {
        /// The file, as `ketnoi export ballots` wrote it: CSV or JSON
        file: PathBuf,
        /// The dialogue to compare with, by its code; a JSON file names its own. Without one the file is only counted
        #[arg(long, value_name = "CODE")]
        dialogue: Option<String>,
    },
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::from_code(text).ok_or_else(|| "write vi, en, fr or de".into())
}

pub(crate) async fn run(settings: &Settings, command: Vote) -> anyhow::Result<()> {
    match command {
        Vote::Codes { dialogue, cluster, reissue, lang, public_url, out } => {
            let url = public_url.as_ref().or(settings.public_url.as_ref()).map(|url| url.as_str().to_owned());
            let order = IssueOrder {
                dialogue: dialogue.as_str().into(),
                cluster: cluster.as_deref().map(Into::into),
                delegates: Vec::new(),
                reissue,
            };
            let options = SheetOptions { lang, public_url: url };
            super::with_registry(settings, async |registry| codes(registry, &order, &options, &out).await).await
        }
        Vote::Recount { file, dialogue } => {
            let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
            let (named, ballots) = read(&text).with_context(|| format!("{} holds no exported ballots", file.display()))?;
            let counted = recount(&ballots);
            for ((cluster, what), n) in &counted {
                println!("{} {what} {n}", if cluster.is_empty() { "(merged)" } else { cluster });
            }
            let Some(code) = dialogue.or(named) else { return Ok(()) };
            let told = super::with_registry(settings, async |registry| told(registry, &code).await).await?;
            compare(&counted, &told)?;
            println!("{} ballots: the recount equals the registry's tally of {code}", ballots.len());
            Ok(())
        }
    }
}

async fn codes(registry: &Registry, order: &IssueOrder, options: &SheetOptions, out: &std::path::Path) -> anyhow::Result<()> {
    let (issued, codes) = registry.issue_codes(&operator(), order).await?;
    if codes.is_empty() {
        println!("every delegate has a code already: give others with --reissue");
        return Ok(());
    }
    let pdf = registry.print_codes(issued.dialogue, &codes, options).await?;
    super::write_whole(out, &pdf).context("the codes were issued and are lost: issue others with --reissue")?;
    println!("{}: {} slips; print them, hand them out, and remove the file", out.display(), codes.len());
    if options.public_url.is_none() {
        println!("they carry no address and no square to scan: say --public-url https://HOST, with --reissue for new codes");
    }
    Ok(())
}

/// A ballot as it stands in an exported file.
#[derive(Deserialize, Debug, PartialEq, Eq)]
struct Exported {
    cluster: String,
    spoiled: bool,
    choices: Vec<i64>,
}

/// A file of exported ballots as JSON.
#[derive(Deserialize)]
struct File {
    dialogue: String,
    ballots: Vec<Exported>,
}

/// The ballots of a file, and the dialogue that it names.
fn read(text: &str) -> anyhow::Result<(Option<String>, Vec<Exported>)> {
    if text.trim_start().starts_with('{') {
        let file: File = serde_json::from_str(text)?;
        return Ok((Some(file.dialogue), file.ballots));
    }
    let mut lines = text.lines();
    anyhow::ensure!(lines.next() == Some("cluster,spoiled,choices,city"), "its first line is another");
    let line = |(n, line): (usize, &str)| -> anyhow::Result<Exported> {
        let wrong = || format!("line {} is no ballot", n + 2);
        let mut fields = line.split(',');
        let (Some(cluster), Some(spoiled), Some(choices)) = (fields.next(), fields.next(), fields.next()) else {
            bail!(wrong());
        };
        let numbers = choices.split_whitespace().map(str::parse::<i64>);
        let choices = numbers.collect::<Result<Vec<i64>, _>>().with_context(wrong)?;
        Ok(Exported { cluster: cluster.to_owned(), spoiled: spoiled == "yes", choices })
    };
    Ok((None, lines.enumerate().map(line).collect::<anyhow::Result<_>>()?))
}

/// What was counted: of a cluster (`*` stands for all) the valid and the spoiled ballots, and the votes of each option.
type Counts = BTreeMap<(String, String), u64>;

/// Counts without a line of what the registry counts by.
fn recount(ballots: &[Exported]) -> Counts {
    let mut counts = Counts::new();
    for ballot in ballots {
        for cluster in [ballot.cluster.as_str(), "*"] {
            let mut add = |what: String| *counts.entry((cluster.to_owned(), what)).or_default() += 1;
            add(if ballot.spoiled { "spoiled".into() } else { "valid".into() });
            ballot.choices.iter().for_each(|choice| add(format!("option {choice}")));
        }
    }
    counts
}

/// What the registry counts, in the same words; what is nought is left out.
async fn told(registry: &Registry, code: &str) -> anyhow::Result<Counts> {
    let session = registry.snapshot_session(Viewer::LocalAdministrator).await?;
    let dialogue: Dialogue = session.require(code).await?;
    let counted = session.count_ballots(std::slice::from_ref(&dialogue)).await?.remove(&dialogue.head.id);
    let count = counted.with_context(|| format!("{code} has no result: it is not closed, or has no rule"))?.count;
    let ids: Vec<_> = count.clusters.keys().map(|id| id.uuid()).collect();
    let clusters: BTreeMap<Id<Cluster>, Cluster> =
        session.by_ids::<Cluster>(&ids).await?.into_iter().map(|c| (c.head.id, c)).collect();
    let mut counts = Counts::new();
    let mut add = |cluster: &str, tally: &Tally| {
        let figures = [("valid".to_owned(), tally.valid), ("spoiled".to_owned(), tally.spoiled)];
        let votes = tally.votes.iter().map(|(number, votes)| (format!("option {number}"), *votes));
        for (what, n) in figures.into_iter().chain(votes).filter(|(_, n)| *n > 0) {
            counts.insert((cluster.to_owned(), what), n);
        }
    };
    add("*", &count.overall);
    for (id, tally) in &count.clusters {
        add(clusters.get(id).map_or("?", |c| c.head.code.as_str()), tally);
    }
    if let Some(merged) = &count.merged {
        add("", &merged.tally);
    }
    Ok(counts)
}

fn compare(counted: &Counts, told: &Counts) -> anyhow::Result<()> {
    let figures = counted.keys().chain(told.keys());
    let differ: Vec<String> = figures
        .filter(|key| counted.get(*key) != told.get(*key))
        .map(|key| {
            let of = |counts: &Counts| counts.get(key).copied().unwrap_or(0);
            format!("{} {}: {} in the file, {} in the registry", key.0, key.1, of(counted), of(told))
        })
        .collect();
    anyhow::ensure!(differ.is_empty(), "the recount differs:\n{}", differ.join("\n"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_file_count_alike_and_a_difference_is_told() {
        let csv = "cluster,spoiled,choices,city\n,no,1 2,\nnorth,no,2 3,\nnorth,yes,,\n";
        let json = r#"{"dialogue":"D","ballots":[{"cluster":"","spoiled":false,"choices":[1,2],"city":""},
            {"cluster":"north","spoiled":false,"choices":[2,3],"city":""},{"cluster":"north","spoiled":true,"choices":[],"city":""}]}"#;
        let (none, from_csv) = read(csv).unwrap();
        let (named, from_json) = read(json).unwrap();
        assert_eq!((none, named.as_deref()), (None, Some("D")));
        assert_eq!(from_csv, from_json);
        let counted = recount(&from_csv);
        assert_eq!(counted[&("*".to_owned(), "option 2".to_owned())], 2);
        assert_eq!(counted[&("north".to_owned(), "spoiled".to_owned())], 1);
        let mut other = counted.clone();
        other.insert(("*".to_owned(), "option 2".to_owned()), 3);
        let error = compare(&counted, &other).unwrap_err().to_string();
        assert!(error.contains("* option 2: 2 in the file, 3 in the registry"), "{error}");
        assert!(read("cluster,spoiled,choices,city\nnorth,no,one,\n").is_err());
    }
}
