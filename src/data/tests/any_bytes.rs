//! No bytes make it panic.

use crate::data::assemble;
use crate::data::testing::{FIRMS, districts, read_all, schema};
use crate::value::Day;

/// Knuth's linear congruential generator: the same inputs everywhere.
pub(super) struct Lcg(pub u64);

impl Lcg {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

#[test]
fn no_bytes_make_it_panic() {
    const PIECES: [&[u8]; 22] = [
        b",",
        b",",
        b",",
        b"\n",
        b"\n",
        b"\r\n",
        b"\r",
        b"\"",
        b"\"\"",
        b" ",
        b"A",
        b"B",
        b"001",
        b"1.5",
        b"-7",
        b"2024-02-30",
        "Có".as_bytes(),
        "e\u{302}\u{323}".as_bytes(),
        b"\xff",
        b"\0",
        b"\xef\xbb\xbf",
        b"good",
    ];
    let mut random = Lcg(2024);
    let (schema, districts) = (schema(), districts());
    for _ in 0..10_000 {
        let (schema, id, header) = match random.below(4) {
            0 => (&districts, "districts", "Code,Above\n"),
            1 => (&schema, "unions", "Code,Name\n"),
            2 => (&schema, "plans", "Union,Year,Plan\n"),
            _ => (&schema, "firms", FIRMS),
        };
        let mut bytes = if random.below(8) == 0 { Vec::new() } else { header.as_bytes().to_vec() };
        for _ in 0..random.below(60) {
            // Bad bytes are rare, or few inputs would get past the first check.
            let piece = PIECES[random.below(PIECES.len())];
            bytes.extend_from_slice(if piece == b"\xff" && random.below(10) > 0 { b"x" } else { piece });
        }
        let mut faults = Vec::new();
        let raw = read_all(schema, id, &bytes, &mut faults);
        assert!(raw.is_some() || !faults.is_empty(), "{bytes:?}");
        let read = raw.as_ref().map_or(0, |raw| raw.lines.len());
        let dataset = assemble(schema, raw.into_iter().collect(), Day::from_days(20_000), &mut faults);
        assert!(dataset.is_some() || !faults.is_empty(), "{bytes:?}");
        let Some(dataset) = dataset else { continue };
        let table = dataset.table(schema.find(id).unwrap());
        assert!(table.rows + table.intake.set_aside <= read, "{bytes:?}");
        assert!((0..table.rows).all(|row| !table.key(row).is_empty()), "{bytes:?}");
        assert!(table.columns.iter().flatten().all(|column| column.len() == table.rows), "{bytes:?}");
    }
}
