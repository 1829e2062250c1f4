//! TOML tables with one key for each chain, deserialised with serde.

use serde::de::{Deserialize, Deserializer, Error};

/// Deserialises a key, one of `keys`; any other is an error in serde's words that lists those expected.
pub(crate) fn key<'de, D: Deserializer<'de>, K>(
    deserializer: D,
    keys: impl Iterator<Item = (&'static str, K)>,
) -> Result<K, D::Error> {
    let name = String::deserialize(deserializer)?;
    let mut known = Vec::new();
    for (key, value) in keys {
        if key == name {
            return Ok(value);
        }
        known.push(format!("`{key}`"));
    }
    let expected = match known.as_slice() {
        [one, other] => format!("{one} or {other}"),
        _ => format!("one of {}", known.join(", ")),
    };
    Err(D::Error::custom(format!("unknown field `{name}`, expected {expected}")))
}

/// The value of a required key; serde's error for a missing field if there is none.
pub(crate) fn stated<T: Copy, E: Error>(value: &Option<T>, key: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(key))
}
