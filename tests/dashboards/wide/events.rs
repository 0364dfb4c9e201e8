//! A series of events with all that belongs to an event.

/// The programme of a network, and the series of its events.
pub(super) const SERIES: &str = r#"
[[programme]]
code = "NET"
level = "programme"
title = { vi = "Mạng lưới" }
actual = { from = "2010", to = "2012" }
[[programme.participation]]
organisation = "HOST"
role = "funding"
[[programme.stated]]
measure = "cities"
label = { vi = "Thành phố" }
value = "101"
source = "page"
[[programme]]
code = "NET-PART"
level = "component"
parent = "NET"
title = { vi = "Phần của mạng lưới" }
[[event_series]]
code = "SERIES"
name = { vi = "Chuỗi" }
description = { vi = "Mỗi năm một trăm lẻ một lần" }
organiser = "HOST"
programme = "NET"
[[event_series.stated]]
measure = "events"
label = { vi = "Số lần" }
value = "101"
source = "page"
"#;

pub(super) fn event(i: usize) -> String {
    let month = i % 12 + 1;
    format!(
        r#"
[[event]]
code = "e-{i}"
kind = "workshop"
title = {{ vi = "Buổi gặp {i}" }}
description = {{ vi = "Một buổi" }}
series = "SERIES"
number = {number}
organiser = "HOST"
co_organisers = ["PARTNER-{i}"]
programme = "W{i:03}"
authority = "city-{i}"
country = "VN"
cluster = "coast"
from = "2020-{month:02}-03"
to = "2020-{month:02}-04"
[[event.session]]
number = 1
format = "session"
title = {{ vi = "Phiên" }}
date = "2020-{month:02}-03"
counterparts = ["PARTNER-{i}"]
[[event.participants]]
category = "local_government"
organisation = "PARTNER-{i}"
women = 2
men = 1
[[event.outcome]]
kind = "decision"
title = {{ vi = "Quyết định {i}" }}
[[event.stated]]
measure = "registered"
label = {{ vi = "Đăng ký" }}
value = "{i}"
source = "page"
[[event.statement]]
property = "period"
value = {{ vi = "hai ngày" }}
current = true
source = "page"
"#,
        number = i + 1
    )
}
