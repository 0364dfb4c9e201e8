//! Leaving out of the embedded fonts what a PDF has no use for.
//!
//! Glyphs are asked for by their numbers, so that names of fonts and glyphs and the map from characters are never read
//! (ISO 32000-1, 9.9: of TrueType fonts only the tables named below are needed). The licences stand beside the font files, and
//! ask nothing of documents.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// The tables that are kept.
const KEPT: [&[u8; 4]; 9] = [b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep"];
/// Where in `head` the sum over the whole file stands, and what it is taken from.
const SUM_AT: usize = 8;
const SUM_FROM: u32 = 0xB1B0_AFBA;

/// Makes all embedded TrueType fonts smaller.
pub(super) fn slim(document: &mut Document) {
    let file =
        |o: &Object| o.as_dict().ok().and_then(|d: &Dictionary| d.get(b"FontFile2").ok()).and_then(|f| f.as_reference().ok());
    let files: Vec<ObjectId> = document.objects.values().filter_map(file).collect();
    for id in files {
        let Some(Object::Stream(stream)) = document.objects.get_mut(&id) else { continue };
        let Some(smaller) = stream.get_plain_content().ok().and_then(|font| without_names(&font)) else { continue };
        stream.dict.remove(b"Filter");
        stream.dict.set("Length1", smaller.len() as i64);
        stream.set_content(smaller);
        stream.allows_compression = true;
    }
}

/// A font of the tables that are kept; none if it is no font.
fn without_names(font: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize| Some(u32::from_be_bytes(font.get(at..at + 4)?.try_into().ok()?));
    let count = u16::from_be_bytes(font.get(4..6)?.try_into().ok()?);
    let mut tables: Vec<(&[u8], Vec<u8>)> = Vec::new();
    for entry in (0..usize::from(count)).map(|i| 12 + 16 * i) {
        let tag = font.get(entry..entry + 4)?;
        let (from, length) = (number(entry + 8)? as usize, number(entry + 12)? as usize);
        if KEPT.iter().any(|kept| kept.as_slice() == tag) {
            tables.push((tag, font.get(from..from.checked_add(length)?)?.to_vec()));
        }
    }
    if let Some((_, head)) = tables.iter_mut().find(|(tag, _)| *tag == b"head") {
        head.get_mut(SUM_AT..SUM_AT + 4)?.fill(0);
    }
    let kept = u16::try_from(tables.len()).ok().filter(|n| *n > 0)?;
    let power = kept.ilog2() as u16;
    let search = 16 << power;
    let mut made = font.get(..4)?.to_vec();
    for field in [kept, search, power, kept * 16 - search] {
        made.extend(field.to_be_bytes());
    }
    let (mut at, mut head_at) = (12 + 16 * tables.len(), None);
    for (tag, table) in &tables {
        head_at = head_at.or((*tag == b"head").then_some(at));
        made.extend(*tag);
        for field in [sum(table), u32::try_from(at).ok()?, u32::try_from(table.len()).ok()?] {
            made.extend(field.to_be_bytes());
        }
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in &tables {
        made.extend(table);
        made.resize(made.len().next_multiple_of(4), 0);
    }
    if let Some(head) = head_at {
        let whole = SUM_FROM.wrapping_sub(sum(&made)).to_be_bytes();
        made.get_mut(head + SUM_AT..head + SUM_AT + 4)?.copy_from_slice(&whole);
    }
    Some(made)
}

/// The sum of a table's words, as its directory states it.
fn sum(table: &[u8]) -> u32 {
    let word = |chunk: &[u8]| chunk.iter().enumerate().fold(0u32, |word, (i, byte)| word | u32::from(*byte) << (24 - 8 * i));
    table.chunks(4).map(word).fold(0, u32::wrapping_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Face, bytes};

    #[test]
    fn a_font_keeps_its_glyphs_and_loses_its_names() {
        for face in Face::ALL {
            let whole = bytes(face).unwrap();
            let slim = without_names(whole).unwrap();
            assert!(slim.len() < whole.len());
            assert_eq!(sum(&slim), SUM_FROM, "the sum over a font that states it is this");
            let count = usize::from(u16::from_be_bytes([slim[4], slim[5]]));
            let tags: Vec<&[u8]> = (0..count).map(|i| &slim[12 + 16 * i..16 + 16 * i]).collect();
            assert!(tags.contains(&b"glyf".as_slice()) && !tags.contains(&b"name".as_slice()));
            assert!(tags.is_sorted());
        }
        assert_eq!(without_names(b"no font"), None);
    }
}
