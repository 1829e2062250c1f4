//! Tables of options with one key for each chain, as serde reads them.

use serde::de::{Deserialize, Deserializer, Error};

/// The key that is named, or serde's message with those that there are.
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

/// The value of a key that has to be there.
pub(crate) fn stated<T: Copy, E: Error>(value: &Option<T>, key: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(key))
}
