//! Every kind of faulty row, and what becomes of it.

use crate::data::testing::{FIRMS, Loaded, UNIONS, load, rows, schema, told};
use crate::diagnostic::Language;
use crate::schema::TableId;

/// What comes of rows of firms under the unions A and B.
struct Case {
    what: &'static str,
    firms: &'static str,
    /// The findings, without the name of the file.
    told: &'static [&'static str],
    /// The rows that are left.
    rows: &'static [&'static str],
    set_aside: usize,
}

const CASES: &[Case] = &[
    Case {
        what: "nothing is wrong",
        firms: "001,A,30,2020-01-01,Có,<good>,B\n002,B,25.5,,Không,poor,A\n",
        told: &[],
        rows: &["001: 001 @A 30 2020-01-01 true <good> @B", "002: 002 @B 25.5 - false <poor> @A"],
        set_aside: 0,
    },
    Case {
        what: "cells of the wrong type, out of range, unknown words",
        firms: "001,A,many,2020-02-30,maybe,best,C\n002,A,-1,,1,poor,A\n3,B,1001,,1,poor,A\n",
        told: &[
            "not-a-number 2 [Workers] «many»",
            "not-a-date 2 [Founded] «2020-02-30»",
            "not-a-flag 2 [State] «maybe»",
            "unknown-word 2 [Grade] «best»",
            "number-out-of-range 3 [Workers] «-1»",
            "wrong-length 4 [MST] «3»",
            "number-out-of-range 4 [Workers] «1001»",
            "link-not-found 2 [Sponsor] «C»",
        ],
        rows: &["001: 001 @A ? ? ? ? ?", "002: 002 @A ? - true <poor> @A", "line 4: ? @B ? - true <poor> @A"],
        set_aside: 0,
    },
    Case { what: "blank cells", firms: "001,A,,,,,\n", told: &[], rows: &["001: 001 @A ? - ? ? ?"], set_aside: 0 },
    Case {
        what: "too few cells",
        firms: "001,A,30\n002\n",
        told: &["too-few-cells 2", "too-few-cells 3", "parent-blank 3 [Union] «»"],
        rows: &["001: 001 @A 30 ? ? ? ?"],
        set_aside: 1,
    },
    Case {
        what: "too many cells",
        firms: "001,A,1,000,2020-01-01,Có,<good>,B\n",
        told: &["too-many-cells 2"],
        rows: &["001: 001 @A ? ? ? ? ?"],
        set_aside: 0,
    },
    Case {
        what: "a key twice, with the same cells",
        firms: "001,A,30,,Có,good,B\n001,A,30.0,,true,<good>,B\n001,A,30,,1,good,B\n",
        told: &["repeated-row 3 [MST] «001»", "repeated-row 4 [MST] «001»"],
        rows: &["001: 001 @A 30 - true <good> @B"],
        set_aside: 0,
    },
    Case {
        what: "a key twice, with different cells",
        firms: "001,A,30,,Có,good,B\n001,A,31,,Có,good,A\n001,A,30,2020-01-01,Có,good,B\n",
        told: &["repeated-key 3 [MST] «001»", "repeated-key 4 [MST] «001»"],
        rows: &["001: 001 @A ? ? true <good> ?"],
        set_aside: 0,
    },
    Case {
        what: "a key twice, under different parents",
        firms: "001,A,30,,Có,good,B\n002,B,1,,1,good,A\n001,B,30,,Có,good,B\n001,A,30,,Có,good,B\n",
        told: &["repeated-key-parents 4 [MST] «001»", "repeated-row 5 [MST] «001»"],
        rows: &["002: 002 @B 1 - true <good> @A"],
        set_aside: 3,
    },
    Case {
        what: "a blank key",
        firms: " ,A,x,,Có,good,B\n001,A,1,,Có,good,B\n",
        told: &["blank-key 2 [MST] «»", "not-a-number 2 [Workers] «x»"],
        rows: &["001: 001 @A 1 - true <good> @B"],
        set_aside: 1,
    },
    Case {
        what: "a parent that is blank or not found",
        firms: "001,,30,,Có,good,B\n002,AA,30,,Có,good,B\n003,B,1,,0,good,A\n",
        told: &["parent-blank 2 [Union] «»", "parent-not-found 3 [Union] «AA»"],
        rows: &["003: 003 @B 1 - false <good> @A"],
        set_aside: 2,
    },
    Case {
        what: "blank lines, cells with commas, quotes and line breaks, and lines that are still right",
        firms: "\n,,,,,,\n001,A,x,,Có,\"<go\nod>\",B\r\n\r\n002,A,\"1,5\",,\"C\"\"ó\",good,B",
        told: &[
            "not-a-number 4 [Workers] «x»",
            "unknown-word 4 [Grade] «<go\nod>»",
            "not-a-number 7 [Workers] «1,5»",
            "not-a-flag 7 [State] «C\"ó»",
        ],
        rows: &["001: 001 @A ? - true ? @B", "002: 002 @A ? - ? <good> @B"],
        set_aside: 0,
    },
];

#[test]
fn faulty_rows_become_what_the_guide_says() {
    let schema = schema();
    for Case { what, firms, told: expected, rows: left, set_aside } in CASES {
        let Loaded { dataset, faults } = load(&schema, &[("unions", UNIONS), ("firms", &(FIRMS.to_owned() + firms))]);
        let told: Vec<_> = told(&faults).iter().map(|line| line.replace("firms.csv:", "")).collect();
        assert_eq!(told, *expected, "{what}");
        let dataset = dataset.unwrap();
        assert_eq!(rows(&schema, &dataset, "firms"), *left, "{what}");
        let intake = &dataset.table(TableId(1)).intake;
        assert_eq!((intake.faults, intake.set_aside), (expected.len(), *set_aside), "{what}");
        for fault in &faults {
            let (english, vietnamese) = (fault.message(Language::En), fault.message(Language::Vi));
            assert!(!english.contains('{') && !vietnamese.contains('{'), "{english} / {vietnamese}");
        }
    }
}
