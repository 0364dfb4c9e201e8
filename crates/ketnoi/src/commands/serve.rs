use std::sync::{Arc, OnceLock};

use anyhow::Context as _;
use ketnoi_graphql::http::Gateway;
use ketnoi_registry::Registry;

use crate::{
    config::Settings,
    geojson,
    hooks::{Caller, RegistryHooks, caller},
    server::{self, Addresses, Site},
};

/// Serves the registry until it is told to stop.
pub(crate) fn run(settings: &Settings) -> anyhow::Result<()> {
    actix_web::rt::System::new()
        .block_on(async { super::with_registry(settings, async |registry| serve(registry, settings).await).await })
}

/// Serves an open registry.
pub(crate) async fn serve(registry: &Registry, settings: &Settings) -> anyhow::Result<()> {
    let (schema, sdl) = (ketnoi_graphql::build(), ketnoi_graphql::sdl());
    let listening = Arc::new(OnceLock::new());
    let hooks = RegistryHooks::new(registry.clone(), Arc::clone(&listening));
    let gateway = Gateway::new(schema, &sdl, hooks)
        .context("the schema cannot be read")?
        .limits(settings.limits.clone())
        .cache(settings.cache_bytes)
        .explorer(server::page().filter(|_| settings.graphiql));
    let site = Site::new(gateway, &sdl)?
        .origins(settings.cors_origins.clone())
        .proxies(settings.trusted_proxies.clone())
        .map({
            let (registry, listening) = (registry.clone(), Arc::clone(&listening));
            move |http, kinds| {
                let Caller { viewer, lang } = caller(&registry, listening.get().copied(), &http);
                let session = registry.session(viewer);
                async move { geojson::map(&session, kinds.as_deref(), lang).await }
            }
        })
        .reports({
            let (registry, listening) = (registry.clone(), Arc::clone(&listening));
            move |http, id| {
                let Caller { viewer, .. } = caller(&registry, listening.get().copied(), &http);
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
    server::serve(site, addresses, settings.workers, move |address| {
        // It is told once; a second time would be the same address.
        _ = listening.set(address);
        let page = if explorer { " (open it in a browser to ask questions)" } else { "" };
        println!("Kết Nối answers at http://{address}/graphql{page}; stop it with Ctrl-C");
    })
    .await?;
    Ok(())
}

/// Whether the registry can be read and its tables are those of this version.
async fn ready(registry: &Registry) -> Result<(), String> {
    let migrations = registry.store().migrations().await.map_err(|_| "the database does not answer".to_owned())?;
    if migrations.iter().any(|(_, done)| !done) {
        return Err("migrations have not been applied: run `ketnoi migrate up`".into());
    }
    registry.store().reader().revision().await.map(|_| ()).map_err(|_| "the registry cannot be read".into())
}
