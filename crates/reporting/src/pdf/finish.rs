//! What turns printpdf's document into one that conforms: structure, language, metadata, colour, attachment, identifier.

use ketnoi_domain::Coded;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::{Description, font, icc, outline, structure, xmp};
use crate::{ReportError, layout::Layout};

/// The program, as the file names it.
pub(crate) const PRODUCER: &str = concat!("Kết Nối ", env!("CARGO_PKG_VERSION"));

/// A text string: in PDF's own encoding where that is ASCII, else in UTF-16 with its mark.
pub(super) fn text(s: &str) -> Object {
    if s.bytes().all(|b| b == b' ' || b.is_ascii_graphic()) {
        return Object::string_literal(s);
    }
    let units = std::iter::once(0xFEFF).chain(s.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// A name.
pub(super) fn name(s: &str) -> Object {
    Object::Name(s.as_bytes().to_vec())
}

/// Adds all that printpdf leaves out.
pub(super) fn finish(document: &mut Document, layout: &Layout, description: &Description<'_>) -> Result<(), ReportError> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    if pages.len() != layout.pages.len() {
        return Err(ReportError::Pdf(format!("{} pages were laid out, {} were drawn", layout.pages.len(), pages.len())));
    }
    let catalog = trailer_reference(document, b"Root")?;
    let info = trailer_reference(document, b"Info")?;
    font::slim(document);
    let tree = structure::add(document, layout, &pages)?;
    let bookmarks = outline::add(document, &layout.outline, &pages);
    let attachment = attach(document, description);

    let digest = Sha256::digest(description.attachment);
    let id = digest[..16].to_vec();
    let uuid = uuid(&id);
    let lang = layout.lang.code();
    let packet = xmp::Packet { title: &layout.title, lang, producer: PRODUCER, uuid: &uuid };
    // Metadata stays uncompressed, so that a program can find it without reading PDF.
    let packet = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp::packet(&packet, description).into());
    let metadata = document.add_object(packet.with_compression(false));
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, icc::srgb()));
    document.set_object(info, about(layout, description));

    let intent = dictionary! {
        "Type" => "OutputIntent", "S" => "GTS_PDFA1", "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"), "DestOutputProfile" => profile,
    };
    let root = document.get_dictionary_mut(catalog).map_err(|e| ReportError::Pdf(e.to_string()))?;
    root.remove(b"PageLayout");
    root.set("MarkInfo", dictionary! { "Marked" => true });
    root.set("StructTreeRoot", tree);
    root.set("Lang", Object::string_literal(lang));
    root.set("Metadata", metadata);
    root.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    root.set("OutputIntents", vec![intent.into()]);
    root.set("AF", vec![attachment.into()]);
    let names = vec![text(description.attachment_name), attachment.into()];
    root.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } });
    root.set("PageMode", name(if bookmarks.is_some() { "UseOutlines" } else { "UseNone" }));
    if let Some(bookmarks) = bookmarks {
        root.set("Outlines", bookmarks);
    }
    let id = Object::String(id, StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    "1.7".clone_into(&mut document.version);
    Ok(())
}

fn trailer_reference(document: &Document, key: &[u8]) -> Result<ObjectId, ReportError> {
    document.trailer.get(key).and_then(Object::as_reference).map_err(|e| ReportError::Pdf(e.to_string()))
}

/// The snapshot's instant as PDF writes it.
fn date(description: &Description<'_>) -> Object {
    Object::string_literal(description.stamp.format("D:%Y%m%d%H%M%SZ").to_string())
}

fn about(layout: &Layout, description: &Description<'_>) -> Dictionary {
    dictionary! {
        "Title" => text(&layout.title), "Author" => text(description.author), "Subject" => text(description.subject),
        "Creator" => text(PRODUCER), "Producer" => text(PRODUCER),
        "CreationDate" => date(description), "ModDate" => date(description),
    }
}

/// Adds the attachment and gives its file specification.
fn attach(document: &mut Document, description: &Description<'_>) -> ObjectId {
    let size = description.attachment.len() as i64;
    let dict = dictionary! {
        "Type" => "EmbeddedFile", "Subtype" => name("application/json"),
        "Params" => dictionary! { "Size" => size, "ModDate" => date(description) },
    };
    let file = document.add_object(Stream::new(dict, description.attachment.to_vec()));
    document.add_object(dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal(description.attachment_name),
        "UF" => text(description.attachment_name), "Desc" => text(description.attachment_description),
        "AFRelationship" => "Data", "EF" => dictionary! { "F" => file, "UF" => file },
    })
}

/// A UUID of version 8 (made from a digest of our own) out of 16 bytes.
fn uuid(bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    format!("{}-{}-8{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}
