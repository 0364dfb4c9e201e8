//! The bodies that all else points at, a fund, and the programmes of its cities.

pub(super) const BODIES: &str = r#"
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

pub(super) fn of_fund(i: usize) -> String {
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

pub(super) fn city_and_programme(i: usize) -> String {
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
