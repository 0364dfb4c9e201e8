//! Making and changing records of any kind that people and programs write.

use ketnoi_domain::{Action, Head};

use super::{Author, NewHead, Reading, Reference, Saved, Writable, WriteError, save::Writing, told::below};
use crate::Registry;

impl Registry {
    /// Makes a record. `build` makes it of its head, by what a client wrote: it may be asked twice, the second time with all
    /// that the first pointed at looked up, so it only reads.
    ///
    /// Everything that is wrong is told at once: what cannot be read, what is not there, the record's own rules and those
    /// between it and others, a code that is taken.
    pub async fn create<T: Writable>(
        &self,
        author: &Author,
        new: &NewHead,
        build: impl Fn(&mut Reading, Head<T>) -> T + Send + Sync,
    ) -> Result<Saved, WriteError> {
        self.change(author, Action::Write, T::ACTIONS.create, async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let saved = writing.create::<T>("", new, &build).await?;
            writing.end(saved)
        })
        .await
    }

    /// Makes several records, all of them or none. `build` is told which of them it makes; errors stand below `list` and the
    /// number.
    pub async fn create_many<T: Writable>(
        &self,
        author: &Author,
        list: &str,
        new: &[NewHead],
        build: impl Fn(usize, &mut Reading, Head<T>) -> T + Send + Sync,
    ) -> Result<Vec<Saved>, WriteError> {
        self.change(author, Action::Write, T::ACTIONS.create, async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let mut all = Vec::with_capacity(new.len());
            for (i, head) in new.iter().enumerate() {
                let build = |reading: &mut Reading, head: Head<T>| build(i, reading, head);
                all.extend(writing.create::<T>(&below(list, &i.to_string()), head, &build).await?);
            }
            writing.end(Some(all))
        })
        .await
    }

    /// Changes a record. `expected` is the version that the client has read: if it has another by now, nothing is changed
    /// and the client is told which. `edit` may be asked twice, as in [`Registry::create`]; it leaves id and code alone.
    pub async fn update<T: Writable>(
        &self,
        author: &Author,
        which: &Reference,
        expected: Option<i64>,
        edit: impl Fn(&mut Reading, &mut T) + Send + Sync,
    ) -> Result<Saved, WriteError> {
        self.change(author, Action::Write, T::ACTIONS.update, async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let saved = writing.update::<T>("", which, expected, &edit).await?;
            writing.end(saved)
        })
        .await
    }

    /// Changes several records, all of them or none. `edit` is told which of them it changes; errors stand below `list` and
    /// the number.
    pub async fn update_many<T: Writable>(
        &self,
        author: &Author,
        list: &str,
        which: &[(Reference, Option<i64>)],
        edit: impl Fn(usize, &mut Reading, &mut T) + Send + Sync,
    ) -> Result<Vec<Saved>, WriteError> {
        self.change(author, Action::Write, T::ACTIONS.update, async |unit| {
            let mut writing = Writing::begin(self, author, unit);
            let mut all = Vec::with_capacity(which.len());
            for (i, (which, expected)) in which.iter().enumerate() {
                let edit = |reading: &mut Reading, record: &mut T| edit(i, reading, record);
                all.extend(writing.update::<T>(&below(list, &i.to_string()), which, *expected, &edit).await?);
            }
            writing.end(Some(all))
        })
        .await
    }
}
