//! What this room says no to: registers and the organisations in them. The sentences stand in `words/refusals`.

use crate::kernel::refusals;

refusals! {
    CsvColumnMissing "csv-column-missing" 422,
    CsvColumnTwice "csv-column-twice" 422,
    CsvRows "csv-rows" 422,
    CsvNotUtf8 "csv-not-utf8" 422,
    CsvOtherFile "csv-other-file" 422,
    CsvQuoteOpen "csv-quote-open" 422,
    CsvUnreadable "csv-unreadable" 422,
    CsvTooManyRows "csv-too-many-rows" 422,
    OrganisationUnknown "organisation-unknown" 422,
}
