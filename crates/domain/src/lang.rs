use crate::coded::coded;

coded! {
    /// A language that the registry keeps texts in and answers in.
    pub enum Lang {
        /// Vietnamese.
        Vi = "vi" / "vi",
        /// English.
        En = "en" / "en",
        /// French.
        Fr = "fr" / "fr",
        /// German.
        De = "de" / "de",
    }
}
