//! Programmes, and the parts that organisations take in them.

use async_graphql::ID;
use ketnoi_domain::{Participation, Programme, ProgrammeLevel, ProgrammeStatus, Role, Scheme};
use ketnoi_registry::{Reading, each};

use super::{sources, writable};
use crate::{
    enums::E,
    mutation::input::{ClassificationInput, Input, PeriodInput, PlaceInput, RelatedProgrammeInput, TextInput, classifications},
};

/// Puts the codes of one list in the place of those it had; the lists keep their order.
fn classify(record: &mut Programme, scheme: Scheme, given: Option<&[ClassificationInput]>, reading: &mut Reading) {
    record.classifications.retain(|c| c.scheme != scheme);
    record.classifications.extend(classifications(given.unwrap_or_default(), scheme, reading));
    record.classifications.sort_by_key(|c| c.scheme);
}

fn sectors(record: &mut Programme, given: Option<&[ClassificationInput]>, reading: &mut Reading) {
    classify(record, Scheme::Sector, given, reading);
}

fn countries(record: &mut Programme, given: Option<&[ClassificationInput]>, reading: &mut Reading) {
    classify(record, Scheme::Country, given, reading);
}

fn sdgs(record: &mut Programme, given: Option<&[ClassificationInput]>, reading: &mut Reading) {
    classify(record, Scheme::Sdg, given, reading);
}

fn policy_markers(record: &mut Programme, given: Option<&[ClassificationInput]>, reading: &mut Reading) {
    classify(record, Scheme::PolicyMarker, given, reading);
}

fn related(record: &mut Programme, given: Option<&[RelatedProgrammeInput]>, reading: &mut Reading) {
    record.relations = each(given.unwrap_or_default(), reading, Input::read);
}

writable! { ProgrammeMutations {
    Programme as programme "SaveProgrammePayload" {
        /// Registers a programme, a project or a component.
        create_programme "CreateProgrammeInput",
        /// Changes a programme, a project or a component.
        update_programme "UpdateProgrammeInput";
        fixed {}
        fields {
            /// Where it stands in its tree.
            level: Needed E<ProgrammeLevel>;
            /// The partnership between local authorities that it belongs to.
            partnership: Maybe ID;
            /// The activity that it is a part of.
            parent: Maybe ID;
            /// Its title, by language.
            title: Needed Vec<TextInput>;
            /// Its acronym.
            acronym: Maybe String;
            /// What it is about, by language.
            description: Maybe Vec<TextInput>;
            /// Who reports it.
            reporting_organisation: Maybe ID;
            /// How far it has come.
            status: Maybe E<ProgrammeStatus>;
            /// The period that was planned.
            planned: Maybe PeriodInput;
            /// The period that it really took.
            actual: Maybe PeriodInput;
            /// Its identifier in IATI or at its funder.
            iati_identifier: Maybe String;
            /// Where it happens.
            places: Maybe Vec<PlaceInput>;
        }
        through {
            /// Its sectors, OECD DAC CRS purpose codes.
            sectors: ClassificationInput = sectors;
            /// The countries that benefit, ISO 3166-1 alpha-2.
            recipient_countries: ClassificationInput = countries;
            /// The Sustainable Development Goals that it serves, 1 to 17.
            sdgs: ClassificationInput = sdgs;
            /// Its policy markers, 1 to 12, each with its significance.
            policy_markers: ClassificationInput = policy_markers;
            /// What it is related to.
            related: RelatedProgrammeInput = related;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
        start { classifications: Vec::new(), relations: Vec::new() }
    }
    Participation as participation "SaveParticipationPayload" {
        /// Notes the part that an organisation takes in a programme.
        create_participation "CreateParticipationInput",
        /// Changes the part that an organisation takes in a programme.
        update_participation "UpdateParticipationInput";
        fixed {
            /// The programme.
            programme: ID;
        }
        fields {
            /// The organisation.
            organisation: Needed ID;
            /// What it does.
            role: Needed E<Role>;
            /// The name that the source gives it, by language.
            stated_name: Maybe Vec<TextInput>;
            /// The organisation that its money or work passes through.
            via: Maybe ID;
            /// From when to when, where that differs from the programme's.
            period: Maybe PeriodInput;
            /// What else is to be said, by language.
            note: Maybe Vec<TextInput>;
        }
        once {
            /// The documents that stand behind it: their ids or codes.
            sources: ID = sources;
        }
    }
} }
