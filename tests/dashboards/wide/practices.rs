//! Good practices, what events recommended, and the dialogues on it.

use super::next;

/// A practice, and its replication by the next city.
pub(super) fn practice(i: usize) -> String {
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
pub(super) fn recommendation(i: usize) -> String {
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
pub(super) fn dialogue(i: usize) -> String {
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
