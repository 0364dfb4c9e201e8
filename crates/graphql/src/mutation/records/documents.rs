//! Documents, what they say, and risks.

use async_graphql::ID;
use ketnoi_domain::{Document, DocumentCategory, Lang, Likelihood, Qualifier, Risk, RiskStatus, StatedFigure, Statement};

use super::writable;
use crate::{
    enums::E,
    mutation::input::TextInput,
    scalars::{Decimal, PartialDateInput},
};

writable! { DocumentMutations {
    Document as document "SaveDocumentPayload" {
        /// Registers a document, to be cited or attached.
        create_document "CreateDocumentInput",
        /// Changes a document.
        update_document "UpdateDocumentInput";
        fixed {}
        fields {
            /// Its title, by language.
            title: Needed Vec<TextInput>;
            /// What it is.
            category: Needed E<DocumentCategory>;
            /// Who published it.
            publisher: Maybe String;
            /// When it was published.
            published: Maybe PartialDateInput;
            /// When it says that it was last changed.
            modified: Maybe PartialDateInput;
            /// Where it is found.
            url: Maybe String;
            /// The language it is written in.
            language: Maybe E<Lang>;
            /// What a reader should know of it, by language.
            note: Maybe Vec<TextInput>;
            /// The programme that it is attached to.
            programme: Maybe ID;
            /// The organisation that it is attached to.
            organisation: Maybe ID;
            /// The event that it is attached to.
            event: Maybe ID;
        }
    }
    Statement as statement "SaveStatementPayload" {
        /// Notes what a source says of a property of a record, or that it stands behind the record as a whole.
        create_statement "CreateStatementInput",
        /// Changes what is noted of a source.
        update_statement "UpdateStatementInput";
        fixed {
            /// The record that it speaks of, by its opaque id.
            #[graphql(name = "subjectId")]
            subject: ID;
            /// The source.
            document: ID;
        }
        fields {
            /// The property, as the field is called; left out where the source stands behind the record as a whole.
            property: Maybe String;
            /// What it says, in our reading, by language.
            value: Maybe Vec<TextInput>;
            /// The text as it stands in the source, where our reading corrects it.
            raw: Maybe String;
            /// Whether the registry follows it. Of what sources say of one property one statement is current.
            current: Needed bool;
            /// Where in the source.
            locator: Maybe String;
            /// Of which date it speaks or was made.
            stated: Maybe PartialDateInput;
            /// Why it is followed or not, by language.
            note: Maybe Vec<TextInput>;
        }
    }
    StatedFigure as stated_figure "SaveStatedFigurePayload" {
        /// Notes a figure that a source states and nobody can count from the registry.
        create_stated_figure "CreateStatedFigureInput",
        /// Changes a stated figure.
        update_stated_figure "UpdateStatedFigureInput";
        fixed {
            /// The record that it speaks of, by its opaque id.
            #[graphql(name = "subjectId")]
            subject: ID;
            /// The source.
            document: ID;
        }
        fields {
            /// What is counted, as a short key: member_cities.
            measure: Needed String;
            /// What is counted, in words, by language.
            label: Maybe Vec<TextInput>;
            /// The number.
            value: Needed Decimal;
            /// How it is meant.
            qualifier: Needed E<Qualifier>;
            /// Of which date.
            as_of: Maybe PartialDateInput;
        }
    }
    Risk as risk "SaveRiskPayload" {
        /// Adds a risk to a programme.
        create_risk "CreateRiskInput",
        /// Changes a risk.
        update_risk "UpdateRiskInput";
        fixed {
            /// The programme.
            programme: ID;
        }
        fields {
            /// What may happen, by language.
            title: Needed Vec<TextInput>;
            /// How likely.
            likelihood: Needed E<Likelihood>;
            /// How grave.
            impact: Needed E<Likelihood>;
            /// What is done about it, by language.
            mitigation: Maybe Vec<TextInput>;
            /// Who watches it.
            owner: Maybe ID;
            /// Where it stands.
            status: Needed E<RiskStatus>;
        }
    }
} }
