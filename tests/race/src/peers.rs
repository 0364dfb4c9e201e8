//! The peers: the same answer by hand.

use std::{cell::RefCell, path::Path, sync::Arc};

use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::Context as _;
use sea_orm::sqlx::{self, Row as _, postgres::PgPoolOptions};
use serde::Serialize;

use crate::load::Target;

/// Behind the data the gateway tells what the question cost; so do the peers, in as many bytes.
const TAIL: &str = r#","extensions":{"cost":{"requested":1000,"maximum":10000}}}"#;

const SQLITE: &str = r#"
SELECT '{"data":' || json_object('programmes', json_object(
  'nodes', json((SELECT json_group_array(json(node)) FROM (
    SELECT json_object(
      'code', p.code, 'title', p.title ->> 'vi',
      'status', CASE p.status WHEN '1' THEN 'PIPELINE' WHEN '2' THEN 'IMPLEMENTATION' WHEN '4' THEN 'CLOSED' END,
      'start', CASE WHEN p.starts IS NULL THEN NULL ELSE json_object('value', p.starts) END,
      'end', CASE WHEN p.ends IS NULL THEN NULL ELSE json_object('value', p.ends) END,
      'funders', json((SELECT json_group_array(json(f)) FROM (
        SELECT json_object('role', 'FUNDING', 'organisation', json_object(
          'code', o.code, 'name', o.names ->> '$[0].text.vi', 'country', o.country)) AS f
        FROM participation q JOIN organisation o ON o.id = q.organisation_id
        WHERE q.programme_id = p.id AND q.role = '1' AND q.effective >= 3 AND o.effective >= 3
        ORDER BY q.code, q.id)))) AS node
    FROM programme p WHERE p.effective >= 3 ORDER BY p.sort_key, p.id LIMIT 50))),
  'pageInfo', json_object('hasNextPage', json('true'))))
"#;

const POSTGRES: &str = r#"
SELECT '{"data":{"programmes":{"nodes":[' || string_agg(node, ',') || '],"pageInfo":{"hasNextPage":true}}}' FROM (
  SELECT '{"code":' || to_json(p.code) || ',"title":' || to_json(p.title::json ->> 'vi')
    || ',"status":' || coalesce(to_json(CASE p.status WHEN '1' THEN 'PIPELINE' WHEN '2' THEN 'IMPLEMENTATION' WHEN '4' THEN 'CLOSED' END)::text, 'null')
    || ',"start":' || coalesce('{"value":' || to_json(p.starts) || '}', 'null')
    || ',"end":' || coalesce('{"value":' || to_json(p.ends) || '}', 'null')
    || ',"funders":[' || (
      SELECT string_agg('{"role":"FUNDING","organisation":{"code":' || to_json(o.code) || ',"name":' || to_json(o.names::json #>> '{0,text,vi}')
        || ',"country":' || coalesce(to_json(o.country)::text, 'null') || '}}', ',' ORDER BY q.code, q.id)
      FROM participation q JOIN organisation o ON o.id = q.organisation_id
      WHERE q.programme_id = p.id AND q.role = '1' AND q.effective >= 3 AND o.effective >= 3) || ']}' AS node
  FROM (SELECT * FROM programme WHERE effective >= 3 ORDER BY sort_key, id LIMIT 50) p ORDER BY p.sort_key, p.id) n
"#;

/// Rows as a driver gives them, to be written by serde.
const ROWS: &str = r#"
SELECT p.code, p.title::json ->> 'vi', p.status, p.starts, p.ends, o.code, o.names::json #>> '{0,text,vi}', o.country
FROM (SELECT * FROM programme WHERE effective >= 3 ORDER BY sort_key, id LIMIT 50) p
JOIN participation q ON q.programme_id = p.id AND q.role = '1' AND q.effective >= 3
JOIN organisation o ON o.id = q.organisation_id AND o.effective >= 3
ORDER BY p.sort_key, p.id, q.code, q.id
"#;

thread_local! {
    static CONNECTION: RefCell<Option<rusqlite::Connection>> = const { RefCell::new(None) };
}

/// The peers on SQLite: the ceiling, and a handler that does nothing.
pub(crate) fn sqlite(file: &Path) -> anyhow::Result<Vec<(&'static str, Target)>> {
    let file: Arc<Path> = file.into();
    let tail = TAIL;
    let port = serve(move |config| {
        let file = Arc::clone(&file);
        config.route(
            "/one",
            web::get().to(move || {
                let body = CONNECTION.with_borrow_mut(|c| one_statement(c, &file));
                async move { body.map(|b| HttpResponse::Ok().content_type("application/json").body(b + tail)).map_err(internal) }
            }),
        );
        config.route("/empty", web::get().to(|| async { HttpResponse::Ok().body("{}") }));
    })?;
    Ok(vec![
        ("one SQL statement by hand", Target::get(port, "/one", true)),
        ("empty handler", Target::get(port, "/empty", false)),
    ])
}

fn one_statement(connection: &mut Option<rusqlite::Connection>, file: &Path) -> rusqlite::Result<String> {
    if connection.is_none() {
        let opened = rusqlite::Connection::open(file)?;
        opened.execute_batch("PRAGMA query_only = 1; PRAGMA mmap_size = 268435456; PRAGMA cache_size = -8000")?;
        *connection = Some(opened);
    }
    let Some(connection) = connection else { return Err(rusqlite::Error::InvalidQuery) };
    connection.prepare_cached(SQLITE)?.query_row([], |row| row.get(0))
}

#[derive(Serialize)]
struct Programme {
    code: String,
    title: Option<String>,
    status: Option<&'static str>,
    start: Option<Value>,
    end: Option<Value>,
    funders: Vec<Funder>,
}
#[derive(Serialize)]
struct Value {
    value: String,
}
#[derive(Serialize)]
struct Funder {
    role: &'static str,
    organisation: Organisation,
}
#[derive(Serialize)]
struct Organisation {
    code: String,
    name: Option<String>,
    country: Option<String>,
}

/// The peers on PostgreSQL: one statement, and rows written by serde, both over sqlx.
pub(crate) fn postgres(url: &str) -> anyhow::Result<Vec<(&'static str, Target)>> {
    let tail = TAIL;
    let url = url.to_owned();
    let port = serve(move |config| {
        // Each worker has a pool of its own, lazily filled.
        let pool = PgPoolOptions::new().max_connections(16).connect_lazy(&url);
        let Ok(pool) = pool else { return };
        let first = pool.clone();
        config.route(
            "/one",
            web::get().to(move || {
                let pool = first.clone();
                async move {
                    let row = sqlx::query(POSTGRES).fetch_one(&pool).await.map_err(internal)?;
                    let body: String = row.try_get(0).map_err(internal)?;
                    Ok::<_, actix_web::Error>(HttpResponse::Ok().content_type("application/json").body(body + tail))
                }
            }),
        );
        config.route(
            "/rows",
            web::get().to(move || {
                let pool = pool.clone();
                async move {
                    let body = rows(&pool).await.map_err(internal)?;
                    Ok::<_, actix_web::Error>(HttpResponse::Ok().content_type("application/json").body(body + tail))
                }
            }),
        );
    })?;
    Ok(vec![
        ("one SQL statement by hand", Target::get(port, "/one", true)),
        ("sqlx rows to serde", Target::get(port, "/rows", true)),
    ])
}

/// PostGraphile over the same tables, if it was started beside us: the same question in its words. It orders by the code,
/// since it knows no order of bytes.
pub(crate) fn postgraphile() -> Option<(&'static str, Target)> {
    let port = std::env::var("KETNOI_RACE_POSTGRAPHILE").ok()?.parse().ok()?;
    let query = "query Race { allProgrammes(first: 50, orderBy: [CODE_ASC, ROW_ID_ASC], condition: { effective: \"3\" }) { nodes { code title status starts ends participationsByProgrammeId(condition: { role: \"1\", effective: \"3\" }, orderBy: CODE_ASC) { nodes { role organisationByOrganisationId { code names country } } } } pageInfo { hasNextPage } } }";
    let mut target = Target::post(port, "/graphql", &serde_json::json!({ "query": query }).to_string());
    target.same = false;
    Some(("PostGraphile 5", target))
}

async fn rows(pool: &sqlx::PgPool) -> anyhow::Result<String> {
    let mut programmes: Vec<Programme> = Vec::with_capacity(50);
    for row in sqlx::query(ROWS).fetch_all(pool).await? {
        let code: String = row.try_get(0)?;
        if programmes.last().is_none_or(|p| p.code != code) {
            let status: Option<String> = row.try_get(2)?;
            let status = status.map(|s| match s.as_str() {
                "1" => "PIPELINE",
                "2" => "IMPLEMENTATION",
                _ => "CLOSED",
            });
            let date = |i| row.try_get::<Option<String>, _>(i).map(|d| d.map(|value| Value { value }));
            programmes.push(Programme {
                code,
                title: row.try_get(1)?,
                status,
                start: date(3)?,
                end: date(4)?,
                funders: Vec::with_capacity(3),
            });
        }
        let organisation = Organisation { code: row.try_get(5)?, name: row.try_get(6)?, country: row.try_get(7)? };
        programmes.last_mut().context("a programme comes first")?.funders.push(Funder { role: "FUNDING", organisation });
    }
    let nodes = serde_json::to_string(&programmes)?;
    Ok(format!(r#"{{"data":{{"programmes":{{"nodes":{nodes},"pageInfo":{{"hasNextPage":true}}}}}}"#))
}

fn internal(error: impl std::fmt::Display) -> actix_web::Error {
    actix_web::error::ErrorInternalServerError(error.to_string())
}

/// Serves peers on a free port until the process ends.
fn serve(configure: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static) -> anyhow::Result<u16> {
    let (told, port) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let served = actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || App::new().configure(configure.clone())).workers(2).bind(("127.0.0.1", 0))?;
            let port = server.addrs().first().map(std::net::SocketAddr::port).unwrap_or_default();
            // The race has gone on without us only if it failed.
            _ = told.send(port);
            server.run().await
        });
        if let Err(error) = served {
            eprintln!("a peer ended: {error}");
        }
    });
    Ok(port.recv()?)
}
