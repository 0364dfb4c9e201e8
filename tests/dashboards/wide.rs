//! A registry in which every page that a shipped operation asks for is full, and every record of such a page has something
//! behind each of its fields.

use ketnoi_registry::import::SourceFile;

/// How many full rows each list of the operations finds.
const ROWS: usize = 101;

/// A partner, a payer and a fund with so many programmes, members and so on; a network with so many practices, a series with
/// so many events, a mission with so many sessions, so many dialogues and so many partnerships.
///
/// Words that stand in the titles of one kind alone, to search for: "buổi gặp" in those of events, "nhân rộng" in those of
/// replications, "tin mới" in those of news, "villeneuve" in the names of cities abroad.
pub(super) fn wide() -> SourceFile {
    let mut text = String::from(BODIES);
    text.extend((0..ROWS).map(of_fund));
    text.extend((0..ROWS).map(city_and_programme));
    text.push_str(SERIES);
    text.extend((0..ROWS).map(event));
    text.extend((0..ROWS).map(practice));
    text.extend((0..ROWS).map(recommendation));
    text.extend((0..ROWS).map(dialogue));
    text.extend((0..ROWS).map(partnership));
    text.extend((0..ROWS).map(news_and_person));
    text.push_str(MISSION);
    text.extend((0..ROWS).map(session));
    text.extend((0..ROWS).map(delegation));
    text.extend((0..ROWS).map(document));
    SourceFile { name: "wide.toml".into(), text }
}

/// The one after this in a ring of all.
fn next(i: usize) -> usize {
    (i + 1) % ROWS
}

const BODIES: &str = r#"
sources = ["page"]
[[document]]
code = "page"
title = { vi = "Trang" }
category = "web_page"
publisher = "Nhà xuất bản"
published = "2019"
[[organisation]]
code = "STATE"
type = "government"
name = [{ vi = "Nhà nước" }]
[[organisation]]
code = "OFFICE"
type = "government"
parent = "STATE"
name = [{ vi = "Cơ quan cũ", to = "2000" }, { vi = "Cơ quan", from = "2000" }]
[[organisation.stated]]
measure = "staff"
label = { vi = "Người" }
value = "9"
source = "page"
[[organisation]]
code = "AFTER"
type = "government"
name = [{ vi = "Cơ quan sau" }]
[[organisation.successor_of]]
organisation = "OFFICE"
how = "renamed"
[[organisation]]
code = "HOST"
type = "other"
country = "VN"
name = [{ vi = "Chủ nhà" }]
[[local_authority]]
code = "later"
level = "province"
country = "VN"
name = [{ vi = "Tỉnh mới" }]
[[local_authority]]
code = "before"
level = "region"
country = "FR"
name = [{ vi = "Vùng cũ" }]
[[cluster]]
code = "coast"
name = { vi = "Cụm biển" }
[[fund]]
code = "WIDE"
name = { vi = "Quỹ" }
manager = "OFFICE"
programme = "W000"
[[fund.stated]]
measure = "members"
label = { vi = "Thành viên" }
value = "101"
source = "page"
"#;

fn of_fund(i: usize) -> String {
    format!(
        r#"
[[fund.member]]
authority = "city-{i}"
[[fund.community]]
code = "c-{i}"
authority = "city-{i}"
name = {{ vi = "Cộng đồng {i}" }}
[[fund.community.savings_group]]
code = "s-{i}"
name = {{ vi = "Nhóm {i}" }}
[[fund.grant]]
code = "g-{i}"
authority = "city-{i}"
community = "c-{i}"
title = {{ vi = "Tài trợ {i}" }}
[[fund.housing]]
code = "h-{i}"
authority = "city-{i}"
programme = "W{i:03}"
title = {{ vi = "Nhà {i}" }}
"#
    )
}

fn city_and_programme(i: usize) -> String {
    // All are parts of one, but for that one.
    let parent = if i == 0 { "P000000" } else { "W000" };
    format!(
        r#"
[[local_authority]]
code = "city-{i}"
level = "city"
country = "VN"
parent = "later"
name = [{{ vi = "Thành phố {i}" }}]
[[organisation]]
code = "PARTNER-{i}"
type = "foundation"
partner = true
partner_since = "1990"
name = [{{ vi = "Đối tác {i}" }}]
[[programme]]
code = "W{i:03}"
level = "project"
title = {{ vi = "Dự án {i}" }}
parent = "{parent}"
partnership = "p-{i}"
reporting_organisation = "OFFICE"
actual = {{ from = "2099", to = "2100" }}
sectors = [{{ code = "15112" }}]
[[programme.place]]
authority = "city-{i}"
[[programme.participation]]
organisation = "OFFICE"
role = "funding"
via = "PARTNER-{i}"
[[programme.participation]]
organisation = "PARTNER-{i}"
role = "implementing"
[[programme.agreement]]
code = "a"
funder = "OFFICE"
recipient = "PARTNER-{i}"
ceiling = "1000.00 CAD"
[[programme.agreement.statement]]
property = "ceiling"
value = {{ vi = "một nghìn" }}
current = true
source = "page"
[[programme.stated]]
measure = "cities"
label = {{ vi = "Thành phố" }}
value = "1"
source = "page"
"#
    )
}

/// The programme of a network, and the series of its events.
const SERIES: &str = r#"
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

fn event(i: usize) -> String {
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

/// A practice, and its replication by the next city.
fn practice(i: usize) -> String {
    format!(
        r#"
[[good_practice]]
code = "gp-{i}"
title = {{ vi = "Điển hình {i}" }}
theme = "environment"
authority = "city-{i}"
programme = "W{i:03}"
since = "2009"
[[good_practice.statement]]
property = "since"
value = {{ vi = "từ năm 2009" }}
current = true
source = "page"
[[replication]]
code = "re-{i}"
practice = "gp-{i}"
authority = "city-{next}"
programme = "W{i:03}"
title = {{ vi = "Nhân rộng {i}" }}
result = {{ vi = "Đã xong" }}
stages = [{{ stage = "chosen", on = "2010", note = {{ vi = "Được chọn" }} }}, {{ stage = "completed", on = "2012-05" }}]
[[replication.statement]]
property = "result"
value = {{ vi = "xong" }}
current = true
source = "page"
"#,
        next = next(i)
    )
}

/// A recommendation of an event with a letter, and the road map along which it is brought forward.
fn recommendation(i: usize) -> String {
    format!(
        r#"
[[recommendation]]
code = "r-{i}"
title = {{ vi = "Khuyến nghị {i}" }}
document = "page"
event = "e-{i}"
programme = "W{i:03}"
addressee = "OFFICE"
status = "submitted"
[[recommendation.action]]
code = "a"
kind = "letter"
title = {{ vi = "Công văn {i}" }}
status = "answered"
dialogue = "d-{i}"
number = "{i}"
date = "2021-03-01"
addressee = "OFFICE"
replied = "2021-04-01"
reply_number = "{i}"
reply = {{ vi = "Đồng ý" }}
[[road_map]]
code = "rm-{i}"
title = {{ vi = "Lộ trình {i}" }}
programme = "W{i:03}"
event = "e-{i}"
from = "2021"
[[road_map.step]]
number = 1
title = {{ vi = "Bước {i}" }}
status = "done"
recommendation = "r-{i}"
responsible = "HOST"
due = "2021-06"
done = "2021-05-04"
"#
    )
}

/// A published dialogue on one recommendation, with a ballot that counts and one that does not.
fn dialogue(i: usize) -> String {
    format!(
        r#"
[[dialogue]]
code = "d-{i}"
title = {{ vi = "Đối thoại {i}" }}
status = "published"
question = {{ vi = "Việc nào trước?" }}
voters = {{ vi = "Các đô thị" }}
programme = "W{i:03}"
study = "page"
rule = {{ minimum = 1, maximum = 1, secrecy = "anonymous", places = 1, tie = "all_win" }}
opened = "2021-01-01"
closed = "2021-02-01"
[[dialogue.option]]
number = 1
recommendation = "r-{i}"
[[dialogue.cluster]]
cluster = "coast"
event = "e-{i}"
eligible = 3
on = "2021-01-02"
[[dialogue.cluster.ballot]]
choices = [1]
[[dialogue.cluster.ballot]]
spoiled = true
[[dialogue.stated]]
measure = "ballots"
label = {{ vi = "Phiếu" }}
value = "2"
source = "page"
[[dialogue.statement]]
property = "result"
value = {{ vi = "một khuyến nghị" }}
current = true
source = "page"
"#
    )
}

/// A city abroad, and its partnership with one of ours.
fn partnership(i: usize) -> String {
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
fn news_and_person(i: usize) -> String {
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

/// A conference that many went to; its sessions and delegations stand behind it.
const MISSION: &str = r#"
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

fn session(i: usize) -> String {
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

fn delegation(i: usize) -> String {
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
fn document(i: usize) -> String {
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
