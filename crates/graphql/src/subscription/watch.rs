//! Who watches, asked anew before each event; and events that are resolved as that viewer sees them then.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, Data, OutputType, Positioned, ServerResult, Value, parser::types::Field,
    registry::Registry as SchemaRegistry,
};
use futures_util::{StreamExt as _, stream};
use ketnoi_domain::Lang;
use ketnoi_registry::{Pass, Registry, Session};

use super::Events;
use crate::{
    error::{Error, Result, from_registry},
    exec::One,
    http::Code,
    request::{RequestData, data},
};

/// Who watches, in which language, by which request.
#[derive(Debug)]
pub(super) struct Watch {
    pub(super) registry: Registry,
    pass: Pass,
    lang: Lang,
    request: Option<Arc<str>>,
}

impl Watch {
    pub(super) fn of(ctx: &Context<'_>) -> Self {
        let data = data(ctx);
        Self { registry: data.registry.clone(), pass: data.pass.clone(), lang: data.lang, request: data.request.clone() }
    }

    /// Reads for whoever the subscriber is now. Where what they came with no longer holds, the subscription ends.
    pub(super) async fn session(&self) -> Result<Session> {
        match self.registry.still(&self.pass).await.map_err(from_registry)? {
            Some(viewer) => Ok(self.registry.session(viewer)),
            None => {
                Err(Code::Unauthenticated.error("What you came with no longer holds: sign in or bring a key, and connect anew."))
            }
        }
    }

    /// An event, to be resolved by reads of this session.
    pub(super) fn event<T>(&self, session: Session, event: T) -> Fresh<T> {
        let fresh = RequestData::new(self.registry.clone(), session, self.lang);
        let mut data = Data::default();
        data.insert(fresh.asked(self.request.clone(), None).came_with(self.pass.clone()));
        Fresh { data, event: One(event) }
    }
}

/// An event with the data of a request of its own, in the place of those of the request that subscribed.
pub(super) struct Fresh<T> {
    data: Data,
    event: One<T>,
}

impl<T: ContainerType> OutputType for Fresh<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }
    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.event.introspection_type_name()
    }
    fn create_type_info(registry: &mut SchemaRegistry) -> String {
        T::create_type_info(registry)
    }
    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let mut fresh: ContextSelectionSet<'_> = ctx.clone();
        // What is looked for is found here first.
        fresh.execute_data = Some(&self.data);
        self.event.resolve(&fresh, field).await
    }
}

/// Something that tells one event after the other.
pub(super) trait Source: Send + Sized + 'static {
    /// What it tells.
    type Event: Send + 'static;

    /// The next event; nothing where there is none to come.
    fn next(&mut self) -> impl Future<Output = Result<Option<Fresh<Self::Event>>>> + Send;

    /// All of its events. An error is the last of them.
    fn events(self) -> Events<Self::Event> {
        let next = |source: Option<Self>| async move {
            let mut source = source?;
            match source.next().await {
                Ok(Some(event)) => Some((Ok(event), Some(source))),
                Ok(None) => None,
                Err(error) => Some((Err::<_, Error>(error), None)),
            }
        };
        stream::unfold(Some(self), next).boxed()
    }
}
