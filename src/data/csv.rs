//! CSV into typed columns.
