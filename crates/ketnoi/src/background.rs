//! What a serving process does besides answering: reports that were asked for, and letting go what is kept for a time only.
//!
//! It runs beside the supervisor of the server, on a thread that otherwise waits; pages of reports are set on threads of their own.

use std::time::Duration;

use actix_web::rt::{self, task::JoinHandle};
use ketnoi_registry::{Registry, Worker};
use tokio::sync::watch;

/// How often it is looked for what is no longer kept.
const TIDY: Duration = Duration::from_secs(6 * 3600);

/// How long work at hand may take to end once the process is told to stop.
const GRACE: Duration = Duration::from_secs(20);

/// Work in the background; it goes on until it is told to stop.
pub(crate) struct Background {
    stop: watch::Sender<bool>,
    tasks: [JoinHandle<()>; 2],
}

impl Background {
    /// Starts all of it.
    pub(crate) fn start(registry: &Registry) -> Self {
        let (stop, told) = watch::channel(false);
        let worker = Worker::new(registry.clone());
        let reports = rt::spawn({
            let told = told.clone();
            async move { worker.run(told).await }
        });
        let tidying = rt::spawn(tidy(registry.clone(), told));
        Self { stop, tasks: [reports, tidying] }
    }

    /// Lets what is at hand end.
    pub(crate) async fn stop(self) {
        // Nobody listens any more only where both have ended already.
        _ = self.stop.send(true);
        for task in self.tasks {
            if tokio::time::timeout(GRACE, task).await.is_err() {
                tracing::warn!("work in the background did not end in time; its lease runs out and it is done anew");
            }
        }
    }
}

async fn tidy(registry: Registry, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = registry.tidy().await {
            tracing::error!(%error, "what is kept for a time only could not be let go");
        }
        tokio::select! {
            _ = stop.changed() => {}
            () = tokio::time::sleep(TIDY) => {}
        }
    }
}
