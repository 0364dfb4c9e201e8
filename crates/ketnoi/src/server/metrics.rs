//! The figures that Prometheus collects.

use std::time::Duration;

use actix_web::http::Method;
use ketnoi_graphql::http::Sockets;
use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, Opts, PullingGauge, Registry, TextEncoder,
};

/// The counters of one server; every clone counts into the same.
#[derive(Clone)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    in_flight: IntGauge,
    cached: IntCounter,
    cost: IntCounter,
}

impl Metrics {
    pub(crate) fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let requests = Opts::new("ketnoi_http_requests_total", "Requests answered, by method, route and status.");
        let seconds = HistogramOpts::new("ketnoi_http_request_duration_seconds", "Time until an answer was ready, by route.")
            .buckets(vec![0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0]);
        let metrics = Self {
            requests: IntCounterVec::new(requests, &["method", "route", "status"])?,
            seconds: HistogramVec::new(seconds, &["route"])?,
            in_flight: IntGauge::new("ketnoi_http_requests_in_flight", "Requests being answered now.")?,
            cached: IntCounter::new("ketnoi_graphql_cached_answers_total", "Answers to operations taken from the cache.")?,
            cost: IntCounter::new("ketnoi_graphql_cost_total", "Cost of the operations admitted.")?,
            registry,
        };
        metrics.registry.register(Box::new(metrics.requests.clone()))?;
        metrics.registry.register(Box::new(metrics.seconds.clone()))?;
        metrics.registry.register(Box::new(metrics.in_flight.clone()))?;
        metrics.registry.register(Box::new(metrics.cached.clone()))?;
        metrics.registry.register(Box::new(metrics.cost.clone()))?;
        Ok(metrics)
    }

    /// Tells of the sockets too.
    pub(super) fn sockets(&self, sockets: &Sockets) -> Result<(), prometheus::Error> {
        let gauge = |name: &str, help: &str, count: fn(&Sockets) -> usize| {
            let sockets = sockets.clone();
            PullingGauge::new(name, help, Box::new(move || count(&sockets) as f64)).map(Box::new)
        };
        self.registry.register(gauge("ketnoi_sockets_open", "Sockets that are open now.", Sockets::open_now)?)?;
        self.registry.register(gauge("ketnoi_subscriptions", "Subscriptions that run now.", Sockets::subscriptions)?)
    }

    /// Counts a request as in flight until the guard is dropped, which happens too when the client goes away.
    pub(super) fn begin(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    /// Counts an answer. Clients choose paths and methods, so neither is taken as it comes: `route` is a pattern of ours.
    pub(super) fn answered(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let method = match *method {
            Method::GET | Method::POST | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE | Method::PATCH => {
                method.as_str()
            }
            _ => "other",
        };
        self.requests.with_label_values(&[method, route, &status.to_string()]).inc();
        self.seconds.with_label_values(&[route]).observe(took.as_secs_f64());
    }

    /// Counts an operation.
    pub(super) fn operation(&self, cost: u64, cached: bool) {
        self.cost.inc_by(cost);
        if cached {
            self.cached.inc();
        }
    }

    /// The figures in Prometheus' text format.
    pub(super) fn text(&self) -> Result<Vec<u8>, prometheus::Error> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}

/// A request that is being answered.
pub(super) struct InFlight(IntGauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}
