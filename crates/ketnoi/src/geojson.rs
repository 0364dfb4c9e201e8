//! The map feed: everything that has a place, as GeoJSON (RFC 7946) that any map reads.

use ketnoi_domain::{Coded, Kind, Lang};
use ketnoi_registry::{PLACED, Placed, Session};
use serde_json::{Value, json};

use crate::server::MapRefusal;

/// The map of the kinds that are named, by commas; of all that have places where none is.
pub(crate) async fn map(session: &Session, kinds: Option<&str>, lang: Lang) -> Result<String, MapRefusal> {
    let mut wanted = Vec::new();
    for name in kinds.unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let known = Kind::from_name(&name.to_ascii_lowercase()).filter(|k| PLACED.contains(k));
        let all = || PLACED.iter().map(|k| k.name()).collect::<Vec<_>>().join(", ");
        wanted.push(known.ok_or_else(|| {
            MapRefusal::Asked(format!(
                "`kinds` names `{name:.40}`, which has no place: write some of {}, joined by commas",
                all()
            ))
        })?);
    }
    let placed = session.placed(&wanted).await.map_err(|error| MapRefusal::Failed(error.to_string()))?;
    let mut out = String::from(r#"{"type":"FeatureCollection","features":["#);
    for (i, one) in placed.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        feature(&mut out, one, lang);
    }
    out.push_str("]}");
    Ok(out)
}

/// One feature. Coordinates are written digit for digit: they never were floating-point numbers.
fn feature(out: &mut String, of: &Placed, lang: Lang) {
    let properties: Value = json!({
        "kind": of.kind.name(),
        "code": of.code,
        "title": of.label.served(lang).map_or(of.code.as_str(), |(_, text)| text),
        "start": of.when.from.map(|d| d.to_string()),
        "end": of.when.to.map(|d| d.to_string()),
        "illustrative": of.illustrative,
        "place": of.authority,
        "placeName": of.authority_name.in_lang(lang),
        "country": of.country,
    });
    let (longitude, latitude) = (of.coordinates.longitude, of.coordinates.latitude);
    out.push_str(r#"{"type":"Feature","geometry":{"type":"Point","coordinates":["#);
    out.push_str(&format!("{longitude},{latitude}"));
    out.push_str(r#"]},"properties":"#);
    out.push_str(&properties.to_string());
    out.push('}');
}
