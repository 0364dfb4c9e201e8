//! What an entry must have to be found, as conditions of SQL.

use ketnoi_domain::Viewer;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};

use super::{Search, whole, words};
use crate::{
    Reader,
    filter::{overlaps, referred, visible_entry},
};

/// Entries that have something in common.
#[derive(Clone, Copy)]
pub(super) enum Among {
    /// A name is just what was typed, or begins so.
    Called { exactly: bool },
    /// They hold every word; the last perhaps only begins so.
    Holding { place: Where, unfinished: bool },
}

/// In which texts words are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Names,
    Anywhere,
}

/// What has a rank and no better one: what it is among, and what it is not among.
pub(super) fn of_rank(rank: i64) -> (Among, &'static [Among]) {
    const EXACT: Among = Among::Called { exactly: true };
    const BEGINNING: Among = Among::Called { exactly: false };
    const WORDS: Among = Among::Holding { place: Where::Names, unfinished: false };
    const UNFINISHED: Among = Among::Holding { place: Where::Names, unfinished: true };
    const TEXT: Among = Among::Holding { place: Where::Anywhere, unfinished: true };
    match rank {
        0 => (EXACT, &[]),
        1 => (BEGINNING, &[EXACT]),
        2 => (WORDS, &[BEGINNING]),
        3 => (UNFINISHED, &[WORDS, BEGINNING]),
        _ => (TEXT, &[UNFINISHED]),
    }
}

/// A search in the words of one database.
pub(super) struct Asked<'w> {
    pub(super) wanted: &'w Search,
    words: Vec<String>,
    /// The whole text, folded.
    pub(super) typed: String,
    pub(super) postgres: bool,
}

impl<'w> Asked<'w> {
    /// Nothing where the text holds no word at all: accents, wildcards and quotes alone ask for nothing.
    pub(super) fn of(reader: &Reader, wanted: &'w Search) -> Option<Self> {
        let words = words(&wanted.text);
        let typed = whole(&wanted.text);
        (!words.is_empty()).then(|| Self { wanted, words, typed, postgres: reader.is_postgres() })
    }

    /// Whether it is narrowed by nothing but its words.
    pub(super) fn is_unfiltered(&self) -> bool {
        let Search { kinds, from, to, places, .. } = self.wanted;
        kinds.is_empty() && from.is_none() && to.is_none() && places.is_none()
    }

    /// All that is found.
    pub(super) fn anything(&self) -> Among {
        let place = if self.wanted.names_only { Where::Names } else { Where::Anywhere };
        Among::Holding { place, unfinished: true }
    }

    /// Whether a name is just what was typed.
    pub(super) fn is_typed(&self) -> SimpleExpr {
        Expr::col("name").eq(self.typed.as_str())
    }

    /// Whether a name comes no earlier than what was typed, in the order of their bytes.
    fn is_not_before(&self) -> SimpleExpr {
        Expr::col("name").gte(self.typed.as_str())
    }

    /// Whether a name that comes no earlier begins with what was typed. Nothing that is written comes after this sign.
    pub(super) fn is_no_further(&self) -> SimpleExpr {
        Expr::col("name").lt(format!("{}\u{10ffff}", self.typed))
    }

    /// The first of an entry's names that comes no earlier than what was typed, said in these words of SQL. If any begins
    /// with what was typed, it is this one; and if one is just that, it is this one.
    pub(super) fn first_name(&self, said: String) -> SelectStatement {
        let mut first = Query::select();
        first.expr(Expr::cust(said)).from("search_name");
        first.and_where(Expr::cust(r#""search_name"."number" = "search_entry"."number""#));
        first.and_where(self.is_not_before()).to_owned()
    }

    /// The numbers of what is called just so, or begins so.
    fn called(&self, exactly: bool) -> SelectStatement {
        let named = if exactly { self.is_typed() } else { self.is_not_before().and(self.is_no_further()) };
        Query::select().column("number").from("search_name").and_where(named).to_owned()
    }

    /// The numbers of what holds the words in a place; the last word perhaps only begins so.
    fn holding(&self, place: Where, unfinished: bool) -> SelectStatement {
        let mut found = Query::select();
        if self.postgres {
            found.column("number").from("search_entry").and_where(self.holds(place, unfinished));
        } else {
            let column = if place == Where::Names { "names : " } else { "" };
            let wanted = format!("{column}({})", self.query(unfinished, '"', "*", " AND "));
            found.expr_as(Expr::col("rowid"), "held").from("search_index");
            found.and_where(Expr::cust_with_values("\"search_index\" MATCH ?", [wanted]));
        }
        found
    }

    /// The same as a condition on an entry of PostgreSQL's.
    fn holds(&self, place: Where, unfinished: bool) -> SimpleExpr {
        let column = if place == Where::Names { "name_words" } else { "words" };
        let query = self.query(unfinished, '\'', ":*", " & ");
        Expr::cust_with_values(format!("\"{column}\" @@ CAST(CAST($1 AS text) AS tsquery)"), [query])
    }

    /// The words as an index is asked for them: whole, but for the last if only its beginning may have been typed. Folding
    /// leaves letters and digits only, so nothing in them is a sign of the index's own language.
    fn query(&self, unfinished: bool, quote: char, begin: &str, join: &str) -> String {
        let last = self.words.len() - 1;
        let word = |(i, w): (usize, &String)| format!("{quote}{w}{quote}{}", if unfinished && i == last { begin } else { "" });
        self.words.iter().enumerate().map(word).collect::<Vec<_>>().join(join)
    }

    /// Whether an entry is among these.
    pub(super) fn is_in(&self, among: &Among) -> SimpleExpr {
        match among {
            Among::Called { exactly } => Expr::col("number").in_subquery(self.called(*exactly)),
            // PostgreSQL keeps the words in the entry itself.
            Among::Holding { place, unfinished } if self.postgres => self.holds(*place, *unfinished),
            Among::Holding { place, unfinished } => Expr::col("number").in_subquery(self.holding(*place, *unfinished)),
        }
    }

    /// The numbers of these.
    pub(super) fn numbers(&self, among: &Among) -> SelectStatement {
        match among {
            Among::Called { exactly } => self.called(*exactly),
            Among::Holding { place, unfinished } => self.holding(*place, *unfinished),
        }
    }

    /// The numbers of those among these that the viewer may see.
    pub(super) fn seen(&self, viewer: &Viewer, among: &Among) -> SelectStatement {
        let mut seen = Query::select();
        seen.column("number").from("search_entry").and_where(visible_entry(viewer));
        match among {
            // SQLite gathers a list whole before it looks into it; a join ends with the statement.
            Among::Holding { place, unfinished } if !self.postgres => {
                seen.from_subquery(self.holding(*place, *unfinished), "held_").and_where(Expr::cust(r#""number" = "held""#))
            }
            _ => seen.and_where(self.is_in(among)),
        };
        seen
    }

    /// The entries that the viewer may see, as narrow as the search is, whatever their words.
    pub(super) fn narrowed(&self, viewer: &Viewer) -> SelectStatement {
        let mut find = Query::select();
        find.from("search_entry").and_where(visible_entry(viewer));
        let wanted = self.wanted;
        if !wanted.kinds.is_empty() {
            find.and_where(Expr::col("kind").is_in(wanted.kinds.iter().map(|k| ketnoi_domain::Coded::name(*k))));
        }
        if wanted.from.is_some() || wanted.to.is_some() {
            find.cond_where(overlaps("starts", "ends", wanted.from, wanted.to));
        }
        if let Some((codes, scope)) = &wanted.places {
            let mut there = Query::select().column("number").from("search_place").to_owned();
            there.and_where(Expr::col("authority_id").in_subquery(referred("local_authority", codes, *scope, viewer)));
            find.and_where(Expr::col("number").in_subquery(there));
        }
        find
    }
}
