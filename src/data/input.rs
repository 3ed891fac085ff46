//! Where the bytes of a file come from.

use std::io::{self, Read};

/// Bytes that can be read more than once, from the beginning each time: to find out what they are, and then to read
/// them. Nothing needs to hold them all.
pub trait Input {
    /// The bytes from the first on.
    ///
    /// # Errors
    /// Whatever keeps them from being read.
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>>;
}

impl Input for &[u8] {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(*self))
    }
}

impl Input for Vec<u8> {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(self.as_slice()))
    }
}

/// The bytes of an input behind so many others.
///
/// # Errors
/// If they cannot be read.
pub(super) fn open_at(input: &dyn Input, offset: u64) -> io::Result<Box<dyn Read + Send + '_>> {
    let mut bytes = input.open()?;
    io::copy(&mut (&mut bytes).take(offset), &mut io::sink())?;
    Ok(bytes)
}

/// Fills a buffer as far as there are bytes, and returns how many there were.
pub(super) fn fill(input: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match input.read(rest) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
