//! Events with all that belongs to them.

use async_graphql::ID;
use ketnoi_domain::{
    Delegation, Event, EventKind, EventOutcome, EventSeries, EventSession, OutcomeKind, ParticipantCategory, ParticipantCount,
    SessionFormat,
};

use super::{sources, writable};
use crate::{
    enums::E,
    mutation::input::{PeriodInput, TextInput},
    scalars::PartialDateInput,
};

writable! { EventMutations {
    EventSeries as event_series "SaveEventSeriesPayload" {
        /// Registers a series of events that come again.
        create_event_series "CreateEventSeriesInput",
        /// Changes a series of events.
        update_event_series "UpdateEventSeriesInput";
        fixed {}
        fields {
            /// What it is called, by language.
            name: Needed Vec<TextInput>;
            /// What it is about, by language.
            description: Maybe Vec<TextInput>;
            /// Who holds it.
            organiser: Maybe ID;
            /// The programme that it belongs to.
            programme: Maybe ID;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    Event as event "SaveEventPayload" {
        /// Registers an event.
        create_event "CreateEventInput",
        /// Changes an event.
        update_event "UpdateEventInput";
        fixed {}
        fields {
            /// The series that it belongs to.
            series: Maybe ID;
            /// Which one of its series, from 1.
            number: Maybe i64;
            /// What it is.
            kind: Needed E<EventKind>;
            /// What it is called, by language.
            title: Needed Vec<TextInput>;
            /// The message that it was held under, by language.
            motto: Maybe Vec<TextInput>;
            /// What it was about, by language.
            description: Maybe Vec<TextInput>;
            /// Who held it.
            organiser: Maybe ID;
            /// Who held it with them.
            co_organisers: Maybe Vec<ID>;
            /// The programme that it belongs to.
            programme: Maybe ID;
            /// The city where it was held.
            authority: Maybe ID;
            /// The country where it was held, ISO 3166-1 alpha-2.
            country: Maybe String;
            /// The house where it was held, by language.
            venue: Maybe Vec<TextInput>;
            /// The cluster of cities that met.
            cluster: Maybe ID;
            /// From when to when.
            period: Maybe PeriodInput;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    EventSession as event_session "SaveEventSessionPayload" {
        /// Adds a session to an event.
        create_event_session "CreateEventSessionInput",
        /// Changes a session.
        update_event_session "UpdateEventSessionInput";
        fixed {
            /// The event.
            event: ID;
        }
        fields {
            /// Its place among the event's sessions, from 1.
            number: Needed i64;
            /// Its form.
            format: Needed E<SessionFormat>;
            /// What it is called, by language.
            title: Needed Vec<TextInput>;
            /// What it was about, by language.
            topic: Maybe Vec<TextInput>;
            /// When.
            date: Maybe PartialDateInput;
            /// Whom those who went met there.
            counterparts: Maybe Vec<ID>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    Delegation as delegation "SaveDelegationPayload" {
        /// Registers those who go to an event together.
        create_delegation "CreateDelegationInput",
        /// Changes a delegation.
        update_delegation "UpdateDelegationInput";
        fixed {
            /// The event.
            event: ID;
        }
        fields {
            /// What it is called, by language.
            title: Needed Vec<TextInput>;
            /// Who they were and what for, by language.
            description: Maybe Vec<TextInput>;
            /// Who sent them.
            organiser: Maybe ID;
            /// The programme that they went for.
            programme: Maybe ID;
            /// The agreement that paid.
            agreement: Maybe ID;
            /// The country that they came from, ISO 3166-1 alpha-2.
            country: Maybe String;
            /// The sessions that they attended.
            attended: Maybe Vec<ID>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
    ParticipantCount as participant_count "SaveParticipantCountPayload" {
        /// Notes how many came to an event on one side.
        create_participant_count "CreateParticipantCountInput",
        /// Changes how many came.
        update_participant_count "UpdateParticipantCountInput";
        fixed {
            /// The event.
            event: ID;
        }
        fields {
            /// The delegation that they belonged to.
            delegation: Maybe ID;
            /// The session, where only it was counted.
            session: Maybe ID;
            /// On whose side they came.
            category: Needed E<ParticipantCategory>;
            /// The organisation that they came from.
            organisation: Maybe ID;
            /// How many women.
            women: Maybe i64;
            /// How many men.
            men: Maybe i64;
            /// How many in all.
            total: Maybe i64;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
        start { withheld: false }
    }
    EventOutcome as event_outcome "SaveEventOutcomePayload" {
        /// Notes something that came of an event.
        create_event_outcome "CreateEventOutcomeInput",
        /// Changes what came of an event.
        update_event_outcome "UpdateEventOutcomeInput";
        fixed {
            /// The event.
            event: ID;
        }
        fields {
            /// The delegation for which it came of it.
            delegation: Maybe ID;
            /// What sort of thing.
            kind: Needed E<OutcomeKind>;
            /// What came of it, by language.
            title: Needed Vec<TextInput>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
} }
