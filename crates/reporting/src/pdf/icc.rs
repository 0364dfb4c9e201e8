//! The colour space of the pages, sRGB, as an ICC profile of version 2.
//!
//! It is built here because it is short, and a profile from elsewhere would come with a licence of its own. The numbers
//! are those of IEC 61966-2-1, adapted to the profile connection space (D50).

/// Points of the tone curve.
const POINTS: u16 = 256;

/// The profile.
pub(super) fn srgb() -> Vec<u8> {
    let curve = curve();
    let tags: [(&[u8; 4], Vec<u8>); 7] = [
        (b"desc", description("sRGB IEC61966-2.1")),
        (b"cprt", [b"text\0\0\0\0".as_slice(), b"No copyright, use freely\0"].concat()),
        (b"wtpt", xyz([0.9642, 1.0, 0.8249])),
        (b"rXYZ", xyz([0.436_07, 0.222_49, 0.013_92])),
        (b"gXYZ", xyz([0.385_15, 0.716_87, 0.097_08])),
        (b"bXYZ", xyz([0.143_07, 0.060_61, 0.714_1])),
        (b"rTRC", curve),
    ];
    // The three curves are one: their tags point at the same place.
    let count = tags.len() + 2;
    let mut table = (count as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    let base = 128 + 4 + 12 * count;
    for (name, bytes) in &tags {
        let entry = |table: &mut Vec<u8>, name: &[u8; 4], at: usize| {
            table.extend(name);
            table.extend((at as u32).to_be_bytes());
            table.extend((bytes.len() as u32).to_be_bytes());
        };
        let at = base + data.len();
        entry(&mut table, name, at);
        if *name == b"rTRC" {
            entry(&mut table, b"gTRC", at);
            entry(&mut table, b"bTRC", at);
        }
        data.extend(bytes);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = header((base + data.len()) as u32);
    profile.extend(table);
    profile.extend(data);
    profile
}

fn header(size: u32) -> Vec<u8> {
    let mut header = size.to_be_bytes().to_vec();
    header.extend(b"\0\0\0\0\x02\x10\0\0mntrRGB XYZ ");
    for part in [2026u16, 1, 1, 0, 0, 0] {
        header.extend(part.to_be_bytes());
    }
    header.extend(b"acsp");
    // Platform, flags, manufacturer, model, attributes, intent: none stated, perceptual.
    header.extend([0; 28]);
    header.extend(&xyz([0.9642, 1.0, 0.8249])[8..]);
    header.resize(128, 0);
    header
}

fn xyz(values: [f64; 3]) -> Vec<u8> {
    let mut tag = b"XYZ \0\0\0\0".to_vec();
    for value in values {
        tag.extend(((value * 65_536.0).round() as i32).to_be_bytes());
    }
    tag
}

fn description(text: &str) -> Vec<u8> {
    let mut tag = b"desc\0\0\0\0".to_vec();
    tag.extend((text.len() as u32 + 1).to_be_bytes());
    tag.extend(text.as_bytes());
    // The closing nought, no Unicode text, no Macintosh text.
    tag.resize(tag.len() + 1 + 8 + 3 + 67, 0);
    tag
}

fn curve() -> Vec<u8> {
    let mut tag = b"curv\0\0\0\0".to_vec();
    tag.extend(u32::from(POINTS).to_be_bytes());
    for i in 0..POINTS {
        let x = f64::from(i) / f64::from(POINTS - 1);
        let y = if x <= 0.040_45 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) };
        tag.extend(((y * 65_535.0).round() as u16).to_be_bytes());
    }
    tag
}
