use crate::Visibility;

/// Who asks. Every read takes one; nothing is read without saying for whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// Anyone: sees what is public.
    Stranger,
    /// The administrator of an embedded registry on the same machine: sees and does everything.
    LocalAdministrator,
}

/// What a viewer wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read a record.
    Read,
    /// Change the registry.
    Write,
}

impl Viewer {
    /// The narrowest visibility that this viewer may see.
    pub fn floor(&self) -> Visibility {
        match self {
            Self::Stranger => Visibility::Public,
            Self::LocalAdministrator => Visibility::Draft,
        }
    }

    /// A short name for logs and for the key of a cache: viewers of one class see the same.
    pub fn class(&self) -> &'static str {
        match self {
            Self::Stranger => "stranger",
            Self::LocalAdministrator => "local-administrator",
        }
    }
}

/// Whether the viewer may do this to a thing of that effective visibility.
pub fn may(viewer: &Viewer, action: Action, thing: Visibility) -> bool {
    match action {
        Action::Read => thing >= viewer.floor(),
        Action::Write => matches!(viewer, Viewer::LocalAdministrator),
    }
}
