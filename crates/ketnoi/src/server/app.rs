//! Puts the routes and the layers around them together. Tests build the same application as the server.

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::{Compress, Condition, DefaultHeaders, from_fn};
use actix_web::{App, FromRequest, Handler, Resource, Responder, web};
use async_graphql::Executor;
use ketnoi_graphql::http::{Hooks, graphql};

use super::site::Site;
use super::{access, auth, caller, explorer, pages, routes, start, vote};

/// The application of one worker.
///
/// The layers, from the outside: headers that keep browsers careful, compression, the log with the request's id, origins,
/// the new token of a session. The log is inside compression, so its bytes are those of the answer and not of the wire.
pub(crate) fn app<E: Executor, H: Hooks>(
    site: &Site<E, H>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<E, H>>,
        Error = actix_web::Error,
        InitError = (),
    > + use<E, H>,
> {
    App::new()
        .app_data(site.gateway.clone())
        .app_data(web::Data::new(routes::Shared {
            sdl: routes::Sdl::new(&site.sdl),
            readiness: site.readiness.clone(),
            map: site.map.clone(),
            reports: site.reports.clone(),
            callers: site.callers.clone(),
            open_schema: site.open_schema,
        }))
        .app_data(web::Data::new(start::Doors {
            explorer: site.gateway.has_explorer(),
            schema: site.open_schema,
            sign_in: site.auth.is_some(),
            vote: site.booth.is_some(),
        }))
        .app_data(web::Data::new(site.metrics.clone()))
        .app_data(site.proxies.clone())
        .app_data(web::Data::from(site.callers.clone()))
        .service(readable("/", start::ask))
        .service(web::resource("/graphql").to(graphql::<E, H>))
        .service(readable("/schema.graphql", routes::schema))
        .service(readable("/map.geojson", routes::map))
        .service(readable("/reports/{file}", routes::report))
        .service(readable("/healthz", routes::alive))
        .service(readable("/readyz", routes::ready))
        .service(readable("/graphiql/{file}", explorer::asset))
        .service(readable("/pages.css", pages::style))
        .configure(|config| {
            if let Some(auth) = &site.auth {
                auth::routes(auth, config);
            }
            if let Some(booth) = &site.booth {
                vote::routes(booth, config);
            }
        })
        .default_service(web::to(routes::nothing_here))
        .wrap(from_fn(caller::renew))
        .wrap(Condition::new(!site.origins.is_empty(), origins(&site.origins)))
        .wrap(from_fn(access::record))
        .wrap(Compress::default())
        .wrap(careful(site.https))
}

/// A path to read: what answers GET answers HEAD too, without the body.
fn readable<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path).route(web::get().to(handler.clone())).route(web::head().to(handler))
}

/// Headers for every answer that does not set its own. Only pages load anything, and they bring their own policy. Over https,
/// browsers are told to come no other way for a year.
fn careful(https: bool) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::REFERRER_POLICY, "no-referrer"))
        .add((header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .add((header::X_FRAME_OPTIONS, "DENY"))
        .add(("cross-origin-opener-policy", "same-origin"))
        .add(("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"));
    if https { headers.add((header::STRICT_TRANSPORT_SECURITY, "max-age=31536000")) } else { headers }
}

/// Pages of the configured origins may read answers. They show who they are by `Authorization`, never by cookies, so
/// credentials stay off and `*` is harmless.
fn origins(origins: &[String]) -> Cors {
    let mut cors = Cors::default()
        .allowed_methods(["GET", "POST"])
        .allowed_headers([
            header::ACCEPT,
            header::ACCEPT_LANGUAGE,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
        ])
        .allowed_headers(["idempotency-key", "x-ketnoi-preflight", "x-request-id"])
        .expose_headers(["etag", "retry-after", "x-request-id"])
        .max_age(3600);
    for origin in origins {
        cors = if origin == "*" { cors.allow_any_origin() } else { cors.allowed_origin(origin) };
    }
    cors
}
