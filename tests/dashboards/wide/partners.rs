//! Partnerships with cities abroad, the news of them, and who spoke.

use super::next;

/// A city abroad, and its partnership with one of ours.
pub(super) fn partnership(i: usize) -> String {
    format!(
        r#"
[[local_authority]]
code = "abroad-{i}"
level = "city"
country = "FR"
name = [{{ vi = "Villeneuve {i}" }}]
[[local_authority.successor_of]]
authority = "before"
how = "split"
on = "2001"
[[partnership]]
code = "p-{i}"
kind = "cooperation"
title = {{ vi = "Hợp tác {i}" }}
party = ["city-{i}", "abroad-{i}"]
description = {{ vi = "Hai nơi" }}
from = "2005"
to = "2015"
status = "ended"
sectors = ["15112"]
[[partnership.agreement]]
code = "a"
title = {{ vi = "Thỏa thuận {i}" }}
signed = "2006-01-02"
reported = "2006-02"
document = "page"
[[partnership.agreement.statement]]
property = "signed"
value = {{ vi = "đầu năm 2006" }}
current = true
source = "page"
[[partnership.statement]]
property = "from"
value = {{ vi = "năm 2005" }}
current = true
source = "page"
"#
    )
}

/// News of an event and a partnership; one who spoke at that event and in a session of the mission.
pub(super) fn news_and_person(i: usize) -> String {
    format!(
        r#"
[[news]]
code = "n-{i}"
title = {{ vi = "Tin mới {i}" }}
published = "2020-12-01"
publisher = "HOST"
document = "page"
partnership = "p-{i}"
programme = "W{i:03}"
event = "e-{i}"
authority = "city-{i}"
related = ["n-{next}"]
[[person]]
code = "who-{i}"
name = {{ vi = "Ông {i}" }}
honorific = {{ vi = "TS" }}
[[person.role]]
kind = "speaker"
title = {{ vi = "Diễn giả" }}
document = "page"
organisation = "HOST"
event = "e-{i}"
session = 1
programme = "W{i:03}"
said = {{ vi = "Lời nói" }}
[[person.role]]
kind = "official"
title = {{ vi = "Chủ trì" }}
document = "page"
organisation = "HOST"
event = "MISSION"
session = {number}
said = {{ vi = "Lời chào" }}
"#,
        next = next(i),
        number = i + 1
    )
}
