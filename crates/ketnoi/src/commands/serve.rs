use std::sync::{Arc, OnceLock};

use anyhow::Context as _;
use ketnoi_graphql::http::{Gateway, SocketOptions, Sockets};
use ketnoi_registry::{Database, Registry};
use ketnoi_reporting::Shelf;

use super::report;
use crate::{
    background::Background,
    config::{Settings, Weight, findings},
    geojson,
    hooks::RegistryHooks,
    server::{
        self, Addresses, Site,
        auth::{Auth, oidc},
        caller::{Caller, Callers},
        cookies::Cookies,
        limits::Limiter,
        vote::Booth,
    },
};

/// Serves the registry until it is told to stop.
pub(crate) fn run(settings: &Settings) -> anyhow::Result<()> {
    actix_web::rt::System::new()
        .block_on(async { super::with_registry(settings, async |registry| serve(registry, settings).await).await })
}

/// Serves an open registry.
pub(crate) async fn serve(registry: &Registry, settings: &Settings) -> anyhow::Result<()> {
    look(settings, registry.has_administrator().await.ok())?;
    let shelf = settings.reports.as_deref().map_or_else(|| Ok(Shelf::builtin()), report::read_shelf)?;
    let registry = &registry.clone().with_shelf(shelf);
    let (schema, sdl) = (ketnoi_graphql::build(), ketnoi_graphql::sdl());
    let listening = Arc::new(OnceLock::new());
    let callers = Arc::new(callers(registry, settings, Arc::clone(&listening)));
    let hooks = RegistryHooks::new(registry.clone(), Arc::clone(&callers))
        .trusted(settings.trusted_documents)
        .production(settings.production);
    let gateway = Gateway::new(schema, &sdl, hooks)
        .context("the schema cannot be read")?
        .limits(settings.limits.clone())
        .cache(settings.cache_bytes)
        .explorer(server::page().filter(|_| settings.graphiql))
        .with_sockets(sockets(settings));
    // Whoever subscribes first must not miss what is committed while the server begins to listen.
    let _news = registry.store().revisions();
    let providers = oidc::clients(&settings.providers, settings.public_url.as_ref(), &listening)?;
    let site = Site::new(gateway, &sdl)?
        .origins(settings.cors_origins.clone())
        .proxies(settings.trusted_proxies.clone())
        .callers(Arc::clone(&callers))
        .booth(Booth::new(registry.clone(), Arc::clone(&callers)))
        .auth(Auth::new(callers, providers))
        .open_schema(!settings.production)
        .https(https(settings))
        .map({
            let registry = registry.clone();
            move |Caller { viewer, lang, .. }, kinds| {
                let session = registry.session(viewer);
                async move { geojson::map(&session, kinds.as_deref(), lang).await }
            }
        })
        .reports({
            let registry = registry.clone();
            move |Caller { viewer, .. }, id| {
                let session = registry.session(viewer);
                async move { session.kept_report(id).await.map_err(|e| e.to_string()) }
            }
        })
        .readiness({
            let registry = registry.clone();
            move || {
                let registry = registry.clone();
                async move { ready(&registry).await }
            }
        });
    let addresses = Addresses { listen: settings.listen, metrics: settings.metrics_listen };
    let explorer = settings.graphiql;
    let background = Background::start(registry);
    let served = server::serve(site, addresses, settings.workers, move |address| {
        // It is told once; a second time would be the same address.
        _ = listening.set(address);
        let page = if explorer { " (open it in a browser to ask questions)" } else { "" };
        println!("Kết Nối answers at http://{address}/graphql{page}; stop it with Ctrl-C");
    })
    .await;
    background.stop().await;
    served
}

/// Refuses settings under which it would not be safe to serve, and names what someone should know.
fn look(settings: &Settings, has_administrator: Option<bool>) -> anyhow::Result<()> {
    let mut refused = Vec::new();
    for finding in findings(settings, has_administrator) {
        match finding.weight {
            Weight::Refused => refused.push(finding.what),
            Weight::Named => tracing::warn!(target: "ketnoi::safety", "{}", finding.what),
        }
    }
    anyhow::ensure!(refused.is_empty(), "it is not safe to serve so: {}", refused.join("; and "));
    Ok(())
}

/// Finds out who asks.
fn callers(registry: &Registry, settings: &Settings, listening: Arc<OnceLock<std::net::SocketAddr>>) -> Callers {
    let limiter = Limiter::new(settings.cost_per_minute, settings.stranger_cost_per_minute);
    let callers = Callers::new(Arc::new(registry.clone()), Cookies::new(https(settings)), limiter)
        .proxies(settings.trusted_proxies.clone());
    // Whoever sits at the machine of an embedded registry keeps it. A server of PostgreSQL has other machines in front, and in
    // production a proxy may stand at this one, which everyone comes through.
    let embedded = matches!(registry.store().database(), Database::Sqlite { .. });
    if embedded && !settings.production { callers.local(listening) } else { callers }
}

/// What sockets may do.
fn sockets(settings: &Settings) -> Sockets {
    let own = settings.public_url.as_ref().map(|url| url.as_str().to_owned());
    let origins = settings.cors_origins.iter().cloned().chain(own).collect();
    let per_address = usize::try_from(settings.sockets_per_address.get()).unwrap_or(usize::MAX);
    Sockets::new(SocketOptions { origins, per_address, ..SocketOptions::default() })
}

fn https(settings: &Settings) -> bool {
    settings.public_url.as_ref().is_some_and(crate::config::PublicUrl::is_https)
}

/// Whether the registry can be read and its tables are those of this version.
async fn ready(registry: &Registry) -> Result<(), String> {
    let migrations = registry.store().migrations().await.map_err(|_| "the database does not answer".to_owned())?;
    if migrations.iter().any(|(_, done)| !done) {
        return Err("migrations have not been applied: run `ketnoi migrate up`".into());
    }
    registry.store().reader().revision().await.map(|_| ()).map_err(|_| "the registry cannot be read".into())
}
