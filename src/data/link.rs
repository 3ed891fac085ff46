//! Raw tables into a dataset.
