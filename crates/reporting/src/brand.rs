//! Brands: what a funder asks a report to look like and to say.

use std::{fmt, str::FromStr};

use ketnoi_domain::Text;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{ParticipationFacts, ReportError, emblem, model::Artwork, shelf::Shelf};

/// A colour, in files `#RRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(pub [u8; 3]);

impl FromStr for Colour {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let refused = || format!("`{s}` is not a colour: write # and six hexadecimal digits, such as #1F4E79");
        let digits = s.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii()).ok_or_else(refused)?;
        let part = |i: usize| u8::from_str_radix(&digits[i..i + 2], 16).map_err(|_| refused());
        Ok(Self([part(0)?, part(2)?, part(4)?]))
    }
}
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02X}{g:02X}{b:02X}")
    }
}
impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The colours of a report. Text and its ground keep a contrast of 4.5 to 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Palette {
    /// Text.
    pub ink: Colour,
    /// Labels and notes.
    pub muted: Colour,
    /// Rules.
    pub hairline: Colour,
    /// The brand's own colour.
    pub accent: Colour,
}

/// A brand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    /// Its name, that of its file.
    pub name: String,
    /// The codes and acronyms of the funders that it is of.
    pub funders: Vec<String>,
    /// Its colours.
    pub colours: Palette,
    /// The sentence that the funder asks for; `{publisher}` stands for the association.
    pub acknowledgement: Text,
    /// What it asks to be said besides, such as a disclaimer.
    pub disclaimer: Text,
    /// The short line for co-funded work.
    pub co_funding: Text,
    /// The emblem that the funder asks to be shown; none where it asks for none.
    pub emblem: Option<EmblemRule>,
}

/// The emblem that a funder asks for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmblemRule {
    /// What it is, for those who hear it read.
    pub name: Text,
    /// Its file under `brands/emblems`, an SVG of flat outlines. Where it is missing, its place is kept free.
    pub file: String,
}

/// A brand's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    funders: Vec<String>,
    colours: Palette,
    #[serde(default)]
    acknowledgement: Text,
    #[serde(default)]
    disclaimer: Text,
    #[serde(default)]
    co_funding: Text,
    emblem: Option<EmblemRule>,
}

/// The brand that stands in where no funder has one.
pub(crate) const NEUTRAL: &str = "neutral";

impl Brand {
    /// Reads a brand's file.
    pub fn parse(name: &str, text: &str) -> Result<Self, ReportError> {
        let wrong = |e: toml::de::Error| ReportError::File { file: format!("brands/{name}.toml"), reason: e.to_string() };
        let File { funders, colours, acknowledgement, disclaimer, co_funding, emblem } = toml::from_str(text).map_err(wrong)?;
        Ok(Self { name: name.to_owned(), funders, colours, acknowledgement, disclaimer, co_funding, emblem })
    }

    /// A brand by its name.
    pub fn load(shelf: &Shelf, name: &str) -> Result<Self, ReportError> {
        let unknown = || ReportError::UnknownBrand { name: name.to_owned(), known: shelf.names("brands", "toml").join(", ") };
        Self::parse(name, &shelf.text(&format!("brands/{name}.toml"))?.ok_or_else(unknown)?)
    }

    /// The art of its emblem; none where it asks for none, or nobody supplied it.
    pub(crate) fn art(&self, shelf: &Shelf) -> Result<Option<Artwork>, ReportError> {
        let Some(rule) = &self.emblem else { return Ok(None) };
        let path = format!("brands/emblems/{}", rule.file);
        shelf.bytes(&path).map(|bytes| emblem::read(&path, &bytes)).transpose()
    }

    /// Whether it is the brand of this organisation, by its code or its acronym.
    pub(crate) fn is_of(&self, funder: &ParticipationFacts) -> bool {
        let named = |known: &String| {
            known.eq_ignore_ascii_case(&funder.code)
                || funder.short.as_deref().is_some_and(|short| known.eq_ignore_ascii_case(short))
        };
        self.funders.iter().any(named)
    }
}

/// The brand of an organisation that goes by any of these codes and acronyms.
pub(crate) fn of_names(shelf: &Shelf, names: &[String]) -> Result<Option<Brand>, ReportError> {
    let all: Vec<Brand> = shelf.names("brands", "toml").iter().map(|n| Brand::load(shelf, n)).collect::<Result<_, _>>()?;
    let is_of = |brand: &Brand| brand.funders.iter().any(|known| names.iter().any(|name| known.eq_ignore_ascii_case(name)));
    Ok(all.into_iter().find(is_of))
}

/// The brands of a programme's funders, each once, in the funders' order.
pub(crate) fn of_funders(shelf: &Shelf, funders: &[&ParticipationFacts]) -> Result<Vec<Brand>, ReportError> {
    let all: Vec<Brand> = shelf.names("brands", "toml").iter().map(|n| Brand::load(shelf, n)).collect::<Result<_, _>>()?;
    let mut chosen: Vec<Brand> = Vec::new();
    for funder in funders {
        if let Some(brand) = all.iter().find(|b| b.is_of(funder))
            && !chosen.contains(brand)
        {
            chosen.push(brand.clone());
        }
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast as WCAG 2 defines them.
    fn contrast(a: Colour, b: Colour) -> f64 {
        let luminance = |c: Colour| {
            let [r, g, b] = c.0.map(|v| {
                let v = f64::from(v) / 255.0;
                if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
        };
        let (a, b) = (luminance(a), luminance(b));
        a.max(b) / a.min(b)
    }

    #[test]
    fn every_brand_reads_well_and_acknowledges() {
        let shelf = Shelf::builtin();
        let names = shelf.names("brands", "toml");
        assert!(names.len() >= 5, "{names:?}");
        let white = Colour([255; 3]);
        for name in names {
            let brand = Brand::load(&shelf, &name).unwrap();
            for colour in [brand.colours.ink, brand.colours.muted, brand.colours.accent] {
                assert!(contrast(colour, white) >= 4.5, "{name}: {colour} on white");
            }
            for lang in [ketnoi_domain::Lang::Vi, ketnoi_domain::Lang::En] {
                assert!(name == NEUTRAL || brand.acknowledgement.get(lang).is_some(), "{name} {lang:?}");
            }
        }
    }

    #[test]
    fn a_wrong_colour_is_reported_with_its_file_and_line() {
        let text = "[colours]\nink = \"#000000\"\nmuted = \"red\"\n";
        let error = Brand::parse("x", text).unwrap_err().to_string();
        assert!(error.starts_with("brands/x.toml: TOML parse error at line 3"), "{error}");
        assert!(error.contains("`red` is not a colour"), "{error}");
    }
}
