//! A mistake is named with its place, and nothing of what came with it is written.

use ketnoi_domain::{Organisation, Programme, query::Filter};
use ketnoi_registry::import::ImportError;
use ketnoi_test_support::{TestDb, on_both_databases};

use crate::support::{file, import, small};

/// A dialogue of a kind of secrecy on four recommendations, of which one picks two or three, and a ballot in it.
macro_rules! vote {
    ($secrecy:literal, $ballot:literal) => {
        concat!(
            "[[cluster]]\ncode = \"c\"\nname = { vi = \"c\" }\n\n",
            "[[recommendation]]\ncode = \"r\"\ntitle = { vi = \"r\" }\n\n",
            "[[dialogue]]\ncode = \"D\"\ntitle = { vi = \"d\" }\nstatus = \"open\"\n",
            "rule = { minimum = 2, maximum = 3, secrecy = \"",
            $secrecy,
            "\", places = 1, tie = \"all_win\" }\noption = [\n",
            "  { number = 1, recommendation = \"r\" },\n  { number = 2, recommendation = \"r\" },\n",
            "  { number = 3, recommendation = \"r\" },\n  { number = 4, recommendation = \"r\" },\n]\n\n",
            "[[dialogue.cluster]]\ncluster = \"c\"\n\n[[dialogue.cluster.ballot]]\n",
            $ballot,
        )
    };
}

/// Two cities of one country and one of another, and what is said of them.
macro_rules! cities {
    ($more:literal) => {
        concat!(
            "[[local_authority]]\ncode = \"vinh\"\nlevel = \"city\"\ncountry = \"VN\"\nname = [{ vi = \"Vinh\" }]\n\n",
            "[[local_authority]]\ncode = \"hue\"\nlevel = \"city\"\ncountry = \"VN\"\nname = [{ vi = \"Huế\" }]\n\n",
            "[[local_authority]]\ncode = \"lyon\"\nlevel = \"city\"\ncountry = \"FR\"\nname = [{ vi = \"Lyon\" }]\n\n",
            $more,
        )
    };
}

/// An event in March 2012, and its parts.
macro_rules! event {
    ($parts:literal) => {
        concat!(
            "[[event]]\ncode = \"E\"\nkind = \"workshop\"\ntitle = { vi = \"e\" }\nfrom = \"2012-03-05\"\nto = \"2012-03-07\"\n\n",
            $parts,
        )
    };
}

/// A programme with a narrative of it.
macro_rules! narrative {
    ($rest:literal) => {
        concat!(
            "[[programme]]\ncode = \"A\"\nlevel = \"programme\"\ntitle = { vi = \"a\" }\n\n",
            "[[programme.narrative]]\ncode = \"n\"\n",
            $rest,
        )
    };
}

/// What is wrong, and a file that is.
const WRONG: [(&str, &str); 44] = [
    (
        "a reference to nothing",
        "[[programme]]\ncode = \"A\"\nlevel = \"programme\"\ntitle = { vi = \"a\" }\n\n[[programme.participation]]\norganisation = \"NOBODY\"\nrole = \"funding\"\n",
    ),
    (
        "a source that is nowhere",
        "sources = [\"nowhere\"]\n\n[[organisation]]\ncode = \"A\"\ntype = \"other\"\nname = [{ vi = \"a\" }]\n",
    ),
    (
        "a code given twice",
        "[[organisation]]\ncode = \"ONE\"\ntype = \"other\"\nname = [{ vi = \"a\" }]\n\n[[organisation]]\ncode = \"ONE\"\ntype = \"other\"\nname = [{ vi = \"b\" }]\n",
    ),
    ("a code that is none", "[[organisation]]\ncode = \"Đà Nẵng\"\ntype = \"other\"\nname = [{ vi = \"a\" }]\n"),
    ("a code with a colon", "[[organisation]]\ncode = \"A:b\"\ntype = \"other\"\nname = [{ vi = \"a\" }]\n"),
    (
        "shares that sum to 90",
        "[[programme]]\ncode = \"A\"\nlevel = \"programme\"\ntitle = { vi = \"a\" }\nsectors = [{ code = \"43030\", percentage = \"60\" }, { code = \"15112\", percentage = \"30\" }]\n",
    ),
    (
        "a share that is missing",
        "[[programme]]\ncode = \"A\"\nlevel = \"programme\"\ntitle = { vi = \"a\" }\ncountries = [{ code = \"VN\", percentage = \"100\" }, { code = \"KH\" }]\n",
    ),
    (
        "an unknown key",
        "[[organisation]]\ncode = \"A\"\ntype = \"other\"\nname = [{ vi = \"a\" }]\nwebsit = \"https://a.example\"\n",
    ),
    ("an unknown value of a list", "[[organisation]]\ncode = \"A\"\ntype = \"company\"\nname = [{ vi = \"a\" }]\n"),
    (
        "a date that is none",
        "[[organisation]]\ncode = \"A\"\ntype = \"other\"\nname = [{ vi = \"a\" }]\nfounded = \"2010-02-30\"\n",
    ),
    (
        "a floating-point amount",
        "[[programme]]\ncode = \"A\"\nlevel = \"programme\"\ntitle = { vi = \"a\" }\n\n[[programme.budget_line]]\nnumber = \"1\"\ntitle = { vi = \"a\" }\nvalue = 12.5\n",
    ),
    (
        "an end before the start",
        "[[programme]]\ncode = \"A\"\nlevel = \"programme\"\ntitle = { vi = \"a\" }\nactual = { from = \"2012\", to = \"2010-05\" }\n",
    ),
    (
        "a circle of parents",
        "[[programme]]\ncode = \"A\"\nlevel = \"programme\"\nparent = \"B\"\ntitle = { vi = \"a\" }\n\n[[programme]]\ncode = \"B\"\nlevel = \"programme\"\nparent = \"A\"\ntitle = { vi = \"b\" }\n\n[[programme]]\ncode = \"C\"\nlevel = \"project\"\nparent = \"A\"\ntitle = { vi = \"c\" }\n",
    ),
    (
        "a circle of successions",
        "[[organisation]]\ncode = \"A\"\ntype = \"other\"\nname = [{ vi = \"a\" }]\nsuccessor_of = [{ organisation = \"B\", how = \"renamed\" }]\n\n[[organisation]]\ncode = \"B\"\ntype = \"other\"\nname = [{ vi = \"b\" }]\nsuccessor_of = [{ organisation = \"A\", how = \"renamed\" }]\n",
    ),
    (
        "two statements that are both current",
        "[[document]]\ncode = \"d\"\ntitle = { vi = \"d\" }\ncategory = \"other\"\n\n[[organisation]]\ncode = \"A\"\ntype = \"other\"\nname = [{ vi = \"a\" }]\n\n[[organisation.statement]]\nproperty = \"founded\"\nvalue = { vi = \"1992\" }\ncurrent = true\nsource = \"d\"\n\n[[organisation.statement]]\nproperty = \"founded\"\nvalue = { vi = \"2000\" }\ncurrent = true\nsource = \"d\"\n",
    ),
    (
        "a budget line of an agreement that is not there",
        "[[programme]]\ncode = \"A\"\nlevel = \"programme\"\ntitle = { vi = \"a\" }\n\n[[programme.budget_line]]\nnumber = \"1\"\ntitle = { vi = \"a\" }\nvalue = \"10.00 CAD\"\nagreement = \"agr-9\"\n",
    ),
    ("a ballot of one choice", vote!("anonymous", "choices = [1]\n")),
    ("a ballot of four choices", vote!("anonymous", "choices = [1, 2, 3, 4]\n")),
    ("a ballot with the same choice twice", vote!("anonymous", "choices = [2, 2]\n")),
    ("a choice that is on no ballot", vote!("anonymous", "choices = [1, 9]\n")),
    (
        "a choice of another dialogue",
        vote!(
            "anonymous",
            "choices = [1, 5]\n\n[[dialogue]]\ncode = \"OTHER\"\ntitle = { vi = \"o\" }\nstatus = \"open\"\noption = [{ number = 5, recommendation = \"r\" }]\n"
        ),
    ),
    (
        "a ballot that names a city in an anonymous vote",
        vote!(
            "anonymous",
            "authority = \"vinh\"\nchoices = [1, 2]\n\n[[local_authority]]\ncode = \"vinh\"\nlevel = \"city\"\ncountry = \"VN\"\nname = [{ vi = \"Vinh\" }]\n"
        ),
    ),
    ("a ballot that names nobody in a vote by name", vote!("named", "choices = [1, 2]\n")),
    ("a spoiled ballot with choices", vote!("anonymous", "spoiled = true\nchoices = [1, 2]\n")),
    (
        "a ballot without a rule",
        "[[cluster]]\ncode = \"c\"\nname = { vi = \"c\" }\n\n[[dialogue]]\ncode = \"D\"\ntitle = { vi = \"d\" }\nstatus = \"open\"\n\n[[dialogue.cluster]]\ncluster = \"c\"\n\n[[dialogue.cluster.ballot]]\nspoiled = true\n",
    ),
    (
        "a rule by which one picks at least four and at most three",
        "[[dialogue]]\ncode = \"D\"\ntitle = { vi = \"d\" }\nstatus = \"open\"\nrule = { minimum = 4, maximum = 3, secrecy = \"named\", places = 0, tie = \"all_win\" }\n",
    ),
    (
        "a practice replicated in its own city",
        cities!(
            "[[good_practice]]\ncode = \"gp\"\ntitle = { vi = \"g\" }\nauthority = \"vinh\"\n\n[[replication]]\ncode = \"re\"\ntitle = { vi = \"r\" }\npractice = \"gp\"\nauthority = \"vinh\"\n"
        ),
    ),
    (
        "stages out of order",
        cities!(
            "[[replication]]\ncode = \"re\"\ntitle = { vi = \"r\" }\nauthority = \"vinh\"\nstages = [{ stage = \"completed\" }, { stage = \"chosen\" }]\n"
        ),
    ),
    (
        "a later stage with an earlier date",
        cities!(
            "[[replication]]\ncode = \"re\"\ntitle = { vi = \"r\" }\nauthority = \"vinh\"\nstages = [{ stage = \"chosen\", on = \"2012\" }, { stage = \"underway\", on = \"2011-05\" }]\n"
        ),
    ),
    (
        "a partnership of one party",
        cities!("[[partnership]]\ncode = \"p\"\nkind = \"twinning\"\ntitle = { vi = \"p\" }\nparty = [\"vinh\"]\n"),
    ),
    (
        "a partnership with the same party twice",
        cities!(
            "[[partnership]]\ncode = \"p\"\nkind = \"twinning\"\ntitle = { vi = \"p\" }\nparty = [\"vinh\", \"lyon\", \"vinh\"]\n"
        ),
    ),
    (
        "a partnership within one country",
        cities!("[[partnership]]\ncode = \"p\"\nkind = \"twinning\"\ntitle = { vi = \"p\" }\nparty = [\"vinh\", \"hue\"]\n"),
    ),
    (
        "a session outside its event",
        event!("[[event.session]]\nnumber = 1\nformat = \"session\"\ntitle = { vi = \"s\" }\ndate = \"2012-03-08\"\n"),
    ),
    (
        "a delegation at a session that there is not",
        event!(
            "[[event.session]]\nnumber = 1\nformat = \"session\"\ntitle = { vi = \"s\" }\n\n[[event.delegation]]\ncode = \"d\"\ntitle = { vi = \"d\" }\nattended = [1, 2]\n"
        ),
    ),
    ("more women and men than people", event!("[[event.participants]]\ncategory = \"expert\"\nwomen = 3\nmen = 3\ntotal = 5\n")),
    ("a number in no series", "[[event]]\ncode = \"E\"\nkind = \"workshop\"\ntitle = { vi = \"e\" }\nnumber = 2\n"),
    (
        "a reply that is older than its letter",
        "[[recommendation]]\ncode = \"r\"\ntitle = { vi = \"r\" }\n\n[[recommendation.action]]\ncode = \"a\"\nkind = \"letter\"\ntitle = { vi = \"a\" }\nstatus = \"answered\"\ndate = \"2020-05-01\"\nreplied = \"2020-04-30\"\n",
    ),
    (
        "a letter with a reply that is not answered",
        "[[recommendation]]\ncode = \"r\"\ntitle = { vi = \"r\" }\n\n[[recommendation.action]]\ncode = \"a\"\nkind = \"letter\"\ntitle = { vi = \"a\" }\nstatus = \"sent\"\ndate = \"2020-05-01\"\nreplied = \"2020-06\"\n",
    ),
    (
        "a role in a session of no event",
        "[[document]]\ncode = \"d\"\ntitle = { vi = \"d\" }\ncategory = \"other\"\n\n[[person]]\ncode = \"who\"\nname = { vi = \"w\" }\n\n[[person.role]]\nkind = \"speaker\"\ntitle = { vi = \"s\" }\ndocument = \"d\"\nsession = 1\n",
    ),
    ("news that are related to themselves", "[[news]]\ncode = \"n\"\ntitle = { vi = \"n\" }\nrelated = [\"n\"]\n"),
    (
        "a forecast in another currency than its budget",
        "[[programme]]\ncode = \"A\"\nlevel = \"programme\"\ntitle = { vi = \"a\" }\n\n[[programme.budget_line]]\nnumber = \"1\"\ntitle = { vi = \"a\" }\nvalue = \"10.00 CAD\"\nforecast = \"10.00 EUR\"\n",
    ),
    (
        "a narrative that says nothing",
        narrative!("section = \"results\"\nfrom = \"2012\"\nto = \"2012\"\ntext = { vi = \" \" }\n"),
    ),
    (
        "a narrative that ends before it starts",
        narrative!("section = \"results\"\nfrom = \"2012-02\"\nto = \"2012-01\"\ntext = { vi = \"n\" }\n"),
    ),
    (
        "a narrative for a section that there is not",
        narrative!("section = \"chapter\"\nfrom = \"2012\"\nto = \"2012\"\ntext = { vi = \"n\" }\n"),
    ),
];

#[tokio::test]
async fn what_is_wrong_is_refused_with_its_place_and_nothing_is_written() {
    let said = on_both_databases(async |db: TestDb| {
        import(&db, &[small()]).await.unwrap();
        let mut said = String::new();
        for (what, text) in WRONG {
            // A good file beside the bad one is not written either.
            let good = file("good.toml", "[[organisation]]\ncode = \"GOOD\"\ntype = \"other\"\nname = [{ vi = \"Tốt\" }]\n");
            let error = import(&db, &[good, file("wrong.toml", text)]).await.expect_err(what);
            let ImportError::Refused(problems) = &error else { panic!("{what}: {error:?}") };
            for problem in problems {
                assert_eq!(problem.file, "wrong.toml", "{what}");
                assert!(problem.line > 0 && !problem.field.is_empty(), "{what}: {problem:?}");
            }
            said.push_str(&format!("{what}\n{error}\n\n"));
        }
        assert_eq!(db.administrator().revision().await.unwrap(), 1);
        assert_eq!(db.administrator().by_code::<Organisation>("GOOD").await.unwrap(), None);
        assert_eq!(db.administrator().count::<Programme>(&Filter::all()).await.unwrap(), 1);
        said
    })
    .await;
    insta::assert_snapshot!("refusals", said);
}

#[tokio::test]
async fn a_circle_that_closes_through_the_registry_is_refused() {
    on_both_databases(async |db: TestDb| {
        let tree = |parent_of_a: &str, parent_of_b: &str| {
            let one = |code: &str, parent: &str| {
                let parent = if parent.is_empty() { String::new() } else { format!("parent = \"{parent}\"\n") };
                format!("[[programme]]\ncode = \"{code}\"\nlevel = \"programme\"\n{parent}title = {{ vi = \"a\" }}\n")
            };
            (file("a.toml", &one("A", parent_of_a)), file("b.toml", &one("B", parent_of_b)))
        };
        let (a, b) = tree("", "A");
        import(&db, &[a, b]).await.unwrap();
        let (a, _) = tree("B", "");
        let error = import(&db, &[a]).await.unwrap_err().to_string();
        assert!(error.starts_with("a.toml:2: programme[0].parent: this programme is a part of itself"), "{error}");

        let after = |code: &str, before: &str| {
            let text = format!("[[organisation]]\ncode = \"{code}\"\ntype = \"other\"\nname = [{{ vi = \"a\" }}]\n{before}\n");
            file("o.toml", &text)
        };
        import(&db, &[after("X", "")]).await.unwrap();
        import(&db, &[after("Y", "successor_of = [{ organisation = \"X\", how = \"renamed\" }]")]).await.unwrap();
        let error = import(&db, &[after("X", "successor_of = [{ organisation = \"Y\", how = \"renamed\" }]")])
            .await
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("o.toml:2: organisation[0].successor_of: this organisation follows itself"), "{error}");
        assert_eq!(db.administrator().revision().await.unwrap(), 3);
    })
    .await;
}
