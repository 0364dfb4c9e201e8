//! Search over every kind, and what to type next.

use async_graphql::{Context, Enum, InputObject, SimpleObject};
use ketnoi_domain::{Fragment, Kind, excerpt, fold, query::Scope};
use ketnoi_registry::{HitPosition, Hits, Search};

use super::node::{self, Node};
use crate::{
    cursor::{self, mark},
    enums::E,
    error::{Result, from_registry},
    exec::{Many, One},
    filter::BodyScope,
    list::{PageInfo, sized},
    request::{lang, session},
    scalars::{PartialDateInput, short},
};

/// What a search is narrowed to; all that is given must hold.
#[derive(InputObject, Debug, Default)]
pub(crate) struct SearchFilter {
    /// Only these kinds.
    kinds: Option<Vec<E<Kind>>>,
    /// Only what may touch the time from this day, month or year on.
    from: Option<PartialDateInput>,
    /// Only what may touch the time up to this day, month or year.
    to: Option<PartialDateInput>,
    /// Only what is placed in the local authority with this code.
    place: Option<String>,
    /// How far around that local authority.
    #[graphql(default)]
    place_scope: BodyScope,
}

/// How well a hit fits what was searched for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SearchRank {
    /// Its code or one of its names is just what was typed.
    Exact,
    /// One of its names begins with what was typed.
    Beginning,
    /// Its names hold every word.
    Words,
    /// Its names hold the words, and one that begins as the last.
    Unfinished,
    /// Such words stand in its names and in what is told of it.
    Text,
}

/// A piece of a text.
#[derive(SimpleObject)]
pub(crate) struct HighlightFragment {
    /// The piece, as it stands in the text.
    text: String,
    /// Whether it is a word that was searched for.
    hit: bool,
}

/// A record that was found.
#[derive(SimpleObject)]
pub(crate) struct SearchHit {
    /// What kind of record it is.
    kind: E<Kind>,
    /// How well it fits.
    rank: SearchRank,
    /// What people call it, in the language of the request; its code where it has no name.
    title: String,
    /// The title, or whatever name of it fits, with the words found; null where no name has any.
    title_highlight: Option<Many<HighlightFragment>>,
    /// A part of what is told of it, with the words found; null where only names fit.
    text_highlight: Option<Many<HighlightFragment>>,
    /// The record.
    node: Node,
}

/// A hit in the list of all, with its place.
#[derive(SimpleObject)]
pub(crate) struct SearchHitEdge {
    /// The hit's place, to go on from.
    cursor: String,
    /// The hit.
    node: One<SearchHit>,
}

/// Part of what was found, the best first.
pub(crate) struct SearchConnection {
    wanted: Search,
    hits: Vec<(String, SearchHit)>,
    more: (bool, bool),
}

/// Part of what was found, the best first.
#[async_graphql::Object]
impl SearchConnection {
    /// The hits with their cursors.
    async fn edges(&self) -> Many<SearchHitEdge> {
        Many(self.hits.iter().map(|(cursor, hit)| SearchHitEdge { cursor: cursor.clone(), node: One(hit.share()) }).collect())
    }
    /// The hits.
    async fn nodes(&self) -> Many<SearchHit> {
        Many(self.hits.iter().map(|(_, hit)| hit.share()).collect())
    }
    /// Which part of the list this is.
    async fn page_info(&self) -> One<PageInfo> {
        One(PageInfo::over(self.more, &self.hits))
    }
    /// How much is found in all. Counted only when asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        session(ctx).search_count(&self.wanted).await.map_err(from_registry)
    }
}

impl SearchHit {
    fn share(&self) -> Self {
        let copy = |fragments: &Option<Many<HighlightFragment>>| {
            let one = |f: &HighlightFragment| HighlightFragment { text: f.text.clone(), hit: f.hit };
            fragments.as_ref().map(|all| Many(all.0.iter().map(one).collect()))
        };
        Self {
            kind: self.kind,
            rank: self.rank,
            title: self.title.clone(),
            title_highlight: copy(&self.title_highlight),
            text_highlight: copy(&self.text_highlight),
            node: self.node.share(),
        }
    }
}

fn wanted(query: String, filter: Option<Box<SearchFilter>>) -> Result<Search> {
    short(&query, "`query`", 200)?;
    let filter = filter.map(|f| *f).unwrap_or_default();
    let scope = match filter.place_scope {
        BodyScope::Itself => Scope::Itself,
        BodyScope::Succession => Scope::Succession,
        BodyScope::Family => Scope::Family,
    };
    Ok(Search {
        text: query,
        names_only: false,
        kinds: filter.kinds.unwrap_or_default().into_iter().map(|k| k.0).collect(),
        from: filter.from.map(|d| d.0),
        to: filter.to.map(|d| d.0),
        places: filter.place.map(|place| (vec![place], scope)),
    })
}

pub(super) async fn search(
    ctx: &Context<'_>,
    query: String,
    filter: Option<Box<SearchFilter>>,
    first: i32,
    after: Option<String>,
) -> Result<One<SearchConnection>> {
    let wanted = wanted(query, filter)?;
    let list = mark(&wanted);
    let size = sized("first", first)?;
    let at = after.as_deref().map(|cursor| decode(cursor, list)).transpose()?;
    let Hits { hits, more } = session(ctx).search(&wanted, size, at.as_ref()).await.map_err(from_registry)?;
    let keys: Vec<_> = hits.iter().map(|h| (h.kind, h.id)).collect();
    let nodes = node::found(ctx, &keys).await?;
    let shown = hits.into_iter().zip(nodes).filter_map(|(hit, node)| {
        // What was hidden since the statement before is left out.
        let node = node?;
        Some((encode(&hit.position, list), shown(ctx, hit.kind, hit.position.rank, &wanted.text, node)))
    });
    let hits = shown.collect();
    Ok(One(SearchConnection { wanted, hits, more: (after.is_some(), more) }))
}

fn shown(ctx: &Context<'_>, kind: Kind, rank: i64, text: &str, node: Node) -> SearchHit {
    /// How much of a long text is shown, in characters.
    const EXCERPT: usize = 160;
    let words = node.words();
    let title = title(ctx, &node);
    let marked =
        |fragments: Vec<Fragment>| Many(fragments.into_iter().map(|f| HighlightFragment { text: f.text, hit: f.hit }).collect());
    let names = std::iter::once(title.as_str()).chain(words.names.iter().copied());
    let title_highlight = names.into_iter().find_map(|name| excerpt(name, text, EXCERPT)).map(marked);
    let text_highlight = words.texts.iter().find_map(|t| excerpt(t, text, EXCERPT)).map(marked);
    let rank = match rank {
        0 => SearchRank::Exact,
        1 => SearchRank::Beginning,
        2 => SearchRank::Words,
        3 => SearchRank::Unfinished,
        _ => SearchRank::Text,
    };
    SearchHit { kind: E(kind), rank, title_highlight, text_highlight, title, node }
}

fn title(ctx: &Context<'_>, node: &Node) -> String {
    let served = node.label().and_then(|label| label.served(lang(ctx))).map(|(_, text)| text.to_owned());
    served.unwrap_or_else(|| node.code().to_owned())
}

/// A name to go on typing with, and what bears it.
#[derive(SimpleObject)]
pub(crate) struct Suggestion {
    /// The name, in the language of the request.
    title: String,
    /// What kind of record bears it.
    kind: E<Kind>,
    /// The record; of several that bear the name, the first.
    node: Node,
}

pub(super) async fn suggest(
    ctx: &Context<'_>,
    query: String,
    kinds: Option<Vec<E<Kind>>>,
    first: i32,
) -> Result<Many<Suggestion>> {
    let size = sized("first", first)?;
    let filter = SearchFilter { kinds, ..SearchFilter::default() };
    let wanted = Search { names_only: true, ..wanted(query, Some(Box::new(filter)))? };
    // Several records may bear one name, so more are looked at than are shown.
    let hits = session(ctx).search(&wanted, size.saturating_mul(3), None).await.map_err(from_registry)?.hits;
    let keys: Vec<_> = hits.iter().map(|h| (h.kind, h.id)).collect();
    let mut all: Vec<Suggestion> = Vec::new();
    for (hit, node) in hits.iter().zip(node::found(ctx, &keys).await?) {
        let Some(node) = node.filter(|node| node.label().is_some()) else { continue };
        let title = title(ctx, &node);
        if all.iter().all(|s| fold(&s.title) != fold(&title)) {
            all.push(Suggestion { title, kind: E(hit.kind), node });
        }
    }
    all.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    Ok(Many(all))
}

fn encode(at: &HitPosition, list: u64) -> String {
    let [rank, weight, number] = [at.rank, at.weight, at.number].map(i64::to_be_bytes);
    cursor::sealed(list, &[&rank, &weight, &number, &at.key])
}

fn decode(cursor: &str, list: u64) -> Result<HitPosition> {
    let another = "another search: it goes with the words and filter that it came with";
    cursor::opened(cursor, list, ("after", another), |bytes| {
        let mut next = || cursor::number(bytes);
        let (rank, weight, number) = (next()?, next()?, next()?);
        Some(HitPosition { rank, weight, number, key: cursor::rest(bytes) })
    })
}
