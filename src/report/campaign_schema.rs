//! The JSON Schema of `campaign.toml`, for editors: made of the same [`Shape`]s that check it.

use serde_json::{Map, Value, json};

use crate::campaign::layout::{CAMPAIGN, EACH};
use crate::campaign::shape::{CASE, EVERY, Field, Ids, PARAM, Shape, VALUE};

/// A rule with several criteria has criteria below it: the one shape that contains itself.
const CRITERION: &str = "criterion";

/// The JSON Schema of a campaign file.
#[must_use]
pub fn campaign_schema() -> Value {
    let mut schema = shape(&CAMPAIGN);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
        schema.insert("title".into(), "thidua campaign".into());
        schema.insert("definitions".into(), definitions());
    }
    schema
}

fn definitions() -> Value {
    let criterion = if let Shape::Record(fields) = EACH { record(fields) } else { json!({}) };
    json!({
        CRITERION: criterion,
        "day": day(),
        "literal": { "type": ["string", "number", "boolean"] },
        "title": { "oneOf": [{ "type": "string" }, languages()] },
        "value": { "oneOf": [reference("literal"), record(VALUE), { "type": "array", "items": record(CASE) }] },
        "when": { "type": "object", "additionalProperties": one_or_many(&reference("literal")) },
    })
}

fn shape(of: &Shape) -> Value {
    match of {
        Shape::Text => json!({ "type": "string" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Day => reference("day"),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Literal => reference("literal"),
        Shape::Title => reference("title"),
        Shape::Value => reference("value"),
        Shape::Param => json!({ "oneOf": [reference("literal"), record(PARAM)] }),
        Shape::DayOr(words) => json!({ "oneOf": [reference("day"), { "enum": words }] }),
        Shape::Rounds(fields) => {
            json!({ "oneOf": [record(EVERY), { "type": "object", "propertyNames": { "pattern": pattern(Ids::Plain) }, "additionalProperties": record(fields) }] })
        }
        Shape::When => reference("when"),
        Shape::List(item) => json!({ "type": "array", "items": shape(item) }),
        Shape::OneOrMany(item) => one_or_many(&shape(item)),
        Shape::Record(_) if std::ptr::eq(of, &raw const EACH) => reference(CRITERION),
        Shape::Record(fields) => record(fields),
        Shape::Map(item, ids) => json!({
            "type": "object",
            "propertyNames": { "pattern": pattern(*ids) },
            "additionalProperties": shape(item),
        }),
        Shape::Either(first, second) => json!({ "oneOf": [shape(first), shape(second)] }),
        Shape::Any => json!(true),
    }
}

fn record(fields: &[Field]) -> Value {
    let property = |field: &Field| (field.key.to_owned(), described(shape(&field.shape), field.about));
    let properties: Map<String, Value> = fields.iter().map(property).collect();
    let required: Vec<_> = fields.iter().filter(|field| field.missed.is_some()).map(|field| field.key).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if let (false, Some(schema)) = (required.is_empty(), schema.as_object_mut()) {
        schema.insert("required".into(), required.into());
    }
    schema
}

/// Draft 7 ignores everything beside a `$ref`, so a described reference is wrapped.
fn described(schema: Value, about: &str) -> Value {
    match schema {
        Value::Object(mut schema) if !schema.contains_key("$ref") => {
            schema.insert("description".into(), about.into());
            Value::Object(schema)
        }
        schema => json!({ "description": about, "allOf": [schema] }),
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn one_or_many(item: &Value) -> Value {
    json!({ "oneOf": [item, { "type": "array", "items": item }] })
}

/// TOML has days of its own; tools that check TOML against JSON Schema hand them over as texts.
fn day() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
}

fn languages() -> Value {
    let text = |about| json!({ "type": "string", "description": about });
    json!({
        "type": "object",
        "properties": { "vi": text("in Vietnamese"), "en": text("in English") },
        "additionalProperties": false,
    })
}

fn pattern(ids: Ids) -> &'static str {
    match ids {
        Ids::Named => "^[a-z_][a-z0-9_]*$",
        Ids::Plain => "^[a-z0-9_-]+$",
        Ids::Free => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn the_schema_in_the_repository_is_current() {
        testing::checked_in("schemas/campaign.json", &campaign_schema());
    }

    #[test]
    fn criteria_may_stand_below_criteria() {
        let schema = campaign_schema();
        let below = "/definitions/criterion/properties/each/additionalProperties/$ref";
        assert_eq!(schema.pointer(below), Some(&json!("#/definitions/criterion")));
        assert_eq!(schema.pointer("/properties/criteria/additionalProperties"), Some(&reference(CRITERION)));
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let schema = campaign_schema();
        let text = schema.to_string();
        for name in text.split("#/definitions/").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(schema.pointer(&format!("/definitions/{name}")).is_some(), "{name}");
        }
    }
}
