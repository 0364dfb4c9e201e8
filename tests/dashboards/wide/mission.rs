//! A mission with its sessions, delegations and documents.

/// A conference that many went to; its sessions and delegations stand behind it.
pub(super) const MISSION: &str = r#"
[[news]]
code = "n-mission"
title = { vi = "Tin về chuyến đi" }
published = "2018-11-09"
publisher = "HOST"
document = "page"
partnership = "p-0"
programme = "W000"
event = "MISSION"
authority = "city-0"
related = ["n-0"]
[[event_series]]
code = "MISSIONS"
name = { vi = "Các chuyến đi" }
description = { vi = "Mỗi năm một chuyến" }
[[event_series.stated]]
measure = "events"
label = { vi = "Số chuyến" }
value = "1"
source = "page"
[[event]]
code = "MISSION"
kind = "conference"
title = { vi = "Chuyến đi" }
description = { vi = "Một hội nghị" }
series = "MISSIONS"
number = 1
organiser = "HOST"
authority = "city-0"
from = "2018-11-05"
to = "2018-11-06"
[[event.stated]]
measure = "people"
label = { vi = "Số người" }
value = "303"
source = "page"
[[event.statement]]
property = "period"
value = { vi = "hai ngày" }
current = true
source = "page"
"#;

pub(super) fn session(i: usize) -> String {
    format!(
        r#"
[[event.session]]
number = {number}
format = "meeting"
title = {{ vi = "Phiên {i}" }}
topic = {{ vi = "Chủ đề" }}
date = "2018-11-05"
counterparts = ["PARTNER-{i}"]
[[event.session.statement]]
property = "title"
value = {{ vi = "phiên thứ {i}" }}
current = true
source = "page"
"#,
        number = i + 1
    )
}

pub(super) fn delegation(i: usize) -> String {
    format!(
        r#"
[[event.delegation]]
code = "d-{i}"
title = {{ vi = "Đoàn {i}" }}
description = {{ vi = "Ba người" }}
organiser = "HOST"
programme = "W{i:03}"
agreement = "W{i:03}:agreement:a"
country = "VN"
attended = [{number}]
[[event.delegation.participants]]
category = "local_government"
organisation = "PARTNER-{i}"
total = 3
[[event.delegation.outcome]]
kind = "lesson"
title = {{ vi = "Bài học {i}" }}
[[event.delegation.statement]]
property = "title"
value = {{ vi = "đoàn thứ {i}" }}
current = true
source = "page"
"#,
        number = i + 1
    )
}

/// A document of the mission.
pub(super) fn document(i: usize) -> String {
    format!(
        r#"
[[document]]
code = "doc-{i}"
title = {{ vi = "Tài liệu {i}" }}
category = "report"
note = {{ vi = "Của chuyến đi" }}
event = "MISSION"
"#
    )
}
