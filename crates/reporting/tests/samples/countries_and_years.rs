//! The cooperation of two countries as one page tells it, beside a made-up partnership with all that can be known of one; and a
//! made-up year. They are written as they are stored, because that is how a report may be made again.

use ketnoi_reporting::Snapshot;

/// Two partnerships: of one only a report is dated, of the other everything is.
pub(crate) fn countries() -> Snapshot {
    read(COUNTRIES)
}

/// Two countries of which the registry holds nothing.
pub(crate) fn strangers() -> Snapshot {
    read(
        r#"{
        "taken": "2026-11-22T10:00:00Z", "revision": 1, "audience": "public", "publisher": {"name": {"en": "Association of Cities"}},
        "subject": {"kind": "countries", "key": "VN-SE"}, "bilateral": {"countries": ["VN", "SE"]}
    }"#,
    )
}

/// A year with something of everything.
pub(crate) fn year() -> Snapshot {
    read(YEAR)
}

/// A year of which the registry holds nothing.
pub(crate) fn empty_year() -> Snapshot {
    read(
        r#"{
        "taken": "2026-11-22T10:00:00Z", "revision": 1, "audience": "public", "publisher": {"name": {"en": "Association of Cities"}},
        "subject": {"kind": "year", "key": "1990"}, "year": {"year": 1990}
    }"#,
    )
}

fn read(stored: &str) -> Snapshot {
    serde_json::from_str(stored).expect("the sample is a snapshot")
}

const COUNTRIES: &str = r#"{
    "taken": "2026-11-22T10:00:00Z",
    "revision": 12,
    "audience": "public",
    "publisher": {"name": {"vi": "Hiệp hội các đô thị Việt Nam", "en": "Association of Cities of Viet Nam"}, "short": "ACVN"},
    "subject": {"kind": "countries", "key": "VN-FR"},
    "places": [
        {"code": "ha-noi", "name": {"vi": "Hà Nội"}, "level": "municipality", "country": "VN",
         "coordinates": {"latitude": "21.0245", "longitude": "105.84117"}, "note": {"vi": "Hà Nội – Île-de-France"}},
        {"code": "ile-de-france", "name": {"vi": "Vùng Île-de-France"}, "level": "region", "country": "FR"},
        {"code": "lyon", "name": {"vi": "Lyon"}, "level": "city", "country": "FR",
         "coordinates": {"latitude": "45.76", "longitude": "4.83"}, "became": {"part_of": {"name": {"vi": "Métropole"}}}}
    ],
    "stated_figures": [
        {"label": {"en": "French provinces and cities taking part"}, "value": 19, "qualifier": "exact", "as_of": "2010-11-12",
         "source": "page", "registered": 2},
        {"label": {"en": "Projects"}, "value": 60, "qualifier": "over", "as_of": "2010-11-12", "source": "page", "registered": 1}
    ],
    "documents": [
        {"key": "page", "title": {"en": "Eighth conference"}, "category": "web_page", "publisher": "Department of External Relations",
         "modified": "2010-11-12", "note": {"en": "Last changed on 2010-11-12, it says, and yet links to news of 2011."}},
        {"key": "contract", "title": {"en": "Agreement of two cities"}, "category": "agreement", "published": "2005-06-01"}
    ],
    "statements": [
        {"subject": {"en": "News of the conference"}, "property": "published", "value": {"en": "unknown; last changed on 12 November 2010"},
         "raw": "Last modified 12-11-2010", "current": true, "source": "page", "stated": "2010-11-12"},
        {"subject": {"en": "News of the conference"}, "property": "published", "value": {"en": "The related news reach to 21 April 2011"},
         "current": false, "source": "page", "stated": "2011-04-21"}
    ],
    "events": [
        {"code": "VN-FR-8", "kind": "conference", "title": {"en": "Eighth conference"}, "motto": {"en": "Stronger links"},
         "sources": ["page"]}
    ],
    "bilateral": {
        "countries": ["VN", "FR"],
        "left_out": 1,
        "series": [{"code": "VN-FR", "name": {"en": "Conferences of both countries"}, "sources": ["page"]}],
        "partnerships": [
            {"code": "ha-noi-ile-de-france", "title": {"vi": "Hà Nội – Île-de-France"}, "kind": "cooperation",
             "parties": [
                {"code": "ha-noi", "name": {"vi": "Hà Nội"}, "level": "municipality", "country": "VN"},
                {"code": "ile-de-france", "name": {"vi": "Vùng Île-de-France"}, "level": "region", "country": "FR"}
             ],
             "agreements": [
                {"code": "agr-2010", "title": {"en": "Cooperation agreement"}, "partnership": {"vi": "Hà Nội – Île-de-France"},
                 "reported": "2010-11-07", "sources": ["page"]}
             ],
             "said": [
                {"subject": {"vi": "Hà Nội – Île-de-France"}, "property": "from", "value": {"en": "30 years before the page was written"},
                 "raw": "cách đây 30 năm", "current": true, "source": "page"}
             ],
             "sources": ["page"]},
            {"code": "ha-noi-lyon", "title": {"en": "Hà Nội – Lyon"}, "kind": "twinning", "status": "active",
             "period": {"from": "2004-11-30"},
             "parties": [
                {"code": "ha-noi", "name": {"vi": "Hà Nội"}, "level": "municipality", "country": "VN"},
                {"code": "lyon", "name": {"vi": "Lyon"}, "level": "city", "country": "FR"}
             ],
             "sectors": [{"code": "21030", "name": {"en": "Rail transport"}}, {"code": "99999"}],
             "agreements": [
                {"code": "agr-2005", "title": {"en": "Agreement of two cities"}, "partnership": {"en": "Hà Nội – Lyon"},
                 "reference": "7/2005", "signed": "2005-06-01", "reported": "2005-06-03",
                 "period": {"from": "2005-06-01", "to": "2010-05-31"}, "sources": ["contract"]}
             ],
             "projects": [
                {"code": "tram", "title": {"en": "A tram line"}, "status": "implementation", "period": {"from": "2006"}}
             ],
             "sources": ["contract"]}
        ],
        "news": [
            {"code": "n1", "title": {"en": "Hà Nội and Île-de-France sign"}, "published": "2010-11-07", "publisher": {"en": "Department"},
             "place": {"vi": "Hà Nội"}, "about": {"vi": "Hà Nội – Île-de-France"}, "sources": ["page"]},
            {"code": "n2", "title": {"en": "News of the conference"}, "publisher": {"en": "Department"}, "sources": ["page"],
             "said": [
                {"subject": {"en": "News of the conference"}, "property": "published", "value": {"en": "unknown"}, "current": true,
                 "source": "page", "stated": "2010-11-12"},
                {"subject": {"en": "News of the conference"}, "property": "published",
                 "value": {"en": "The related news reach to 21 April 2011"}, "current": false, "source": "page",
                 "stated": "2011-04-21"}
             ]}
        ]
    }
}"#;

const YEAR: &str = r#"{
    "taken": "2026-11-22T10:00:00Z",
    "revision": 12,
    "audience": "public",
    "publisher": {"name": {"vi": "Hiệp hội các đô thị Việt Nam", "en": "Association of Cities of Viet Nam"}, "short": "ACVN"},
    "subject": {"kind": "year", "key": "2023", "illustrative": true},
    "documents": [
        {"key": "report", "title": {"en": "Report of the year"}, "published": "2024-01-31"}
    ],
    "events": [
        {"code": "E1", "kind": "workshop", "title": {"en": "A workshop"}, "part": {"en": "Green cities"},
         "period": {"from": "2023-10-18", "to": "2023-10-20"}, "country": "VN",
         "participants": [
            {"category": "local_government", "women": 27, "men": 34},
            {"category": "press", "uncounted": 1}
         ],
         "sources": ["report"]},
        {"code": "E2", "kind": "conference", "title": {"en": "A conference"}, "period": {"from": "2023-05-12", "to": "2023-05-12"},
         "participants": [{"category": "local_government", "unstated": 9}]}
    ],
    "recommendations": [
        {"code": "R1", "number": "1", "title": {"en": "Let cities keep a share of land revenue"}, "status": "submitted",
         "actions": [
            {"kind": "letter", "title": {"en": "Letter on land revenue"}, "number": "12/HH", "date": "2023-08-10",
             "replied": "2023-10-02", "status": "answered", "sources": ["report"]},
            {"kind": "letter", "title": {"en": "Second letter"}, "date": "2023-11-01", "status": "sent"}
         ]}
    ],
    "replications": [
        {"code": "r1", "title": {"en": "A city sorts waste"}, "city": {"en": "Hải Dương"},
         "stages": [{"stage": "proposed", "on": "2022-10"}, {"stage": "underway", "on": "2023-06"}]}
    ],
    "year": {
        "year": 2023,
        "undated": 2,
        "programmes": [
            {"code": "G", "title": {"en": "Green cities"}, "acronym": "GC", "level": "programme", "course": "went_on",
             "period": {"from": "2022-01-10", "to": "2025-06-30"}, "status": "closed",
             "funders": [{"en": "Canada"}, {"en": "European Union"}],
             "sectors": [{"code": "43030", "name": {"en": "Urban development"}}], "sources": ["report"]},
            {"code": "G-1", "title": {"en": "Training"}, "level": "component", "part_of": "G", "course": "started",
             "period": {"from": "2023-02"}, "status": "implementation", "funders": [{"en": "Canada"}]},
            {"code": "S", "title": {"en": "Waste"}, "level": "project", "course": "ended",
             "period": {"from": "2021", "to": "2023"}, "funders": [{"en": "Canada"}], "sectors": [{"code": "14050"}]},
            {"code": "O", "title": {"en": "Observatory"}, "level": "project", "course": "may_have_run", "period": {"from": "2010-03"}}
        ],
        "agreements": [
            {"programme": {"en": "Green cities"}, "funder": {"en": "Canada"}, "signed": "2023-03-01", "ceiling": "1000000 CAD",
             "sources": ["report"]}
        ],
        "cooperation_agreements": [
            {"code": "c1", "title": {"en": "Agreement of two cities"}, "reported": "2023-04-17", "sources": ["report"]}
        ],
        "money": [
            {"programme": {"en": "Green cities"}, "received": ["500000 CAD", "20000 EUR"], "spent": ["300000 CAD", "7000000 VND"]},
            {"programme": {"en": "Waste"}, "received": ["100 CAD"]}
        ],
        "received": ["500100 CAD", "20000 EUR"],
        "spent": ["300000 CAD", "7000000 VND"],
        "memberships": [
            {"member": {"en": "Vinh"}, "group": {"en": "Fund for cities"}, "since": "2023-05", "sources": ["report"]}
        ],
        "results": [
            {"programme": {"en": "Green cities"}, "number": "1.1.a", "title": {"en": "Cities with a plan"}, "unit": {"en": "cities"},
             "period": {"from": "2023-01-01", "to": "2023-12-31"}, "target": {"value": "3"}, "actual": {"value": "2", "on": "2023-12"}},
            {"programme": {"en": "Green cities"}, "number": "1.1.b", "title": {"en": "Budgets published"},
             "period": {"to": "2023"}, "actual": {"value": "4", "note": {"en": "One city was late."}}, "cumulative": true}
        ],
        "practices": [{"title": {"en": "Sorting waste"}, "city": {"en": "Vinh"}, "since": "2023", "sources": ["report"]}],
        "news": [
            {"code": "n", "title": {"en": "Cities meet"}, "published": "2023-10-21", "publisher": {"en": "Association of Cities"},
             "sources": ["report"]}
        ]
    }
}"#;
