//! Character categories (`char.bin`): their definitions, and the categories of each code point of the basic plane.

use anyhow::{Context, Result, ensure};

use super::{text_before_nul, u32_at};

/// Length in bytes of a category's name, padded with NUL.
const NAME_SIZE: usize = 32;
/// Number of code points in the file, 0 to 65,534; MeCab treats all others like code point 0.
const CODE_POINTS: u16 = 0xffff;
/// Number of bits in a character's word that flag its categories.
const CATEGORY_BITS: u32 = 18;

/// A character category: how unknown words are made of its characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Category {
    /// Name of the category, as in `unk.dic`.
    pub(crate) name: String,
    /// True if unknown words are made even where the dictionary has a word.
    pub(crate) invoke: bool,
    /// True if all adjacent characters of the category are joined to one unknown word.
    pub(crate) group: bool,
    /// Maximum length of further unknown words, in characters; all lengths from one on are made.
    pub(crate) length: u32,
}

/// The contents of `char.def`, recovered from `char.bin`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CharacterTable {
    /// The categories, in the order of their numbers.
    pub(crate) categories: Vec<Category>,
    /// Ranges of characters: the first and last code point, and the numbers of their categories, the default one first; in order,
    /// without gaps.
    pub(crate) ranges: Vec<(u16, u16, Vec<usize>)>,
}

impl CharacterTable {
    /// Reads the table.
    ///
    /// # Errors
    ///
    /// Fails if the file has another size than its header says, names a category that it does not have, gives one
    /// category two definitions, or has a category that no character shows the definition of.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self> {
        let count = usize::try_from(u32_at(bytes, 0)?)?;
        ensure!(
            bytes.len() == 4 + NAME_SIZE * count + 4 * usize::from(CODE_POINTS),
            "the file does not hold {count} categories and {CODE_POINTS} characters"
        );
        let names = bytes[4..].chunks_exact(NAME_SIZE).take(count);
        let names: Vec<&str> = names.map(text_before_nul).collect::<Result<_>>()?;

        let mut definitions: Vec<Option<Category>> = vec![None; count];
        let mut ranges: Vec<(u16, u16, Vec<usize>)> = Vec::new();
        for code_point in 0..CODE_POINTS {
            let word = u32_at(bytes, 4 + NAME_SIZE * count + 4 * usize::from(code_point))?;
            let categories = categories_of(word, count).with_context(|| format!("categories of U+{code_point:04X}"))?;
            let definition = Category {
                name: names[categories[0]].to_owned(),
                invoke: word >> 31 == 1,
                group: word >> 30 & 1 == 1,
                length: word >> 26 & 0xf,
            };
            let known = definitions[categories[0]].get_or_insert_with(|| definition.clone());
            ensure!(*known == definition, "`{}` is defined differently for U+{code_point:04X}", definition.name);
            match ranges.last_mut() {
                Some((_, last, same)) if *same == categories => *last = code_point,
                _ => ranges.push((code_point, code_point, categories)),
            }
        }
        let definitions = definitions.into_iter().zip(names);
        let categories = definitions
            .map(|(definition, name)| definition.with_context(|| format!("no character decides for `{name}`")))
            .collect::<Result<_>>()?;
        Ok(Self { categories, ranges })
    }
}

/// Returns the category numbers in a character's word: the default one, then the others in order.
fn categories_of(word: u32, count: usize) -> Result<Vec<usize>> {
    let default = usize::try_from(word >> CATEGORY_BITS & 0xff)?;
    let members = (0..CATEGORY_BITS).filter(|bit| word >> bit & 1 == 1);
    let mut categories = vec![default];
    for member in members {
        let member = usize::try_from(member)?;
        if member != default {
            categories.push(member);
        }
    }
    ensure!(categories.iter().all(|&category| category < count), "only {count} categories are named");
    Ok(categories)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(word_of: impl Fn(u16) -> u32) -> Vec<u8> {
        let mut bytes = 2_u32.to_le_bytes().to_vec();
        for name in ["DEFAULT", "HANJA"] {
            bytes.extend(name.bytes());
            bytes.resize(bytes.len() + NAME_SIZE - name.len(), 0);
        }
        for code_point in 0..CODE_POINTS {
            bytes.extend(word_of(code_point).to_le_bytes());
        }
        bytes
    }

    #[test]
    fn reads_definitions_and_ranges() {
        let default = 1 | 1 << 30;
        let hanja = 0b11 | 1 << 18 | 3 << 26 | 1 << 31;
        let bytes = table(|code_point| if (10..12).contains(&code_point) { hanja } else { default });
        let read = CharacterTable::read(&bytes).unwrap();
        let category = |name: &str, invoke, group, length| Category { name: name.to_owned(), invoke, group, length };
        assert_eq!(read.categories, [category("DEFAULT", false, true, 0), category("HANJA", true, false, 3)]);
        assert_eq!(read.ranges, [(0, 9, vec![0]), (10, 11, vec![1, 0]), (12, CODE_POINTS - 1, vec![0])]);
    }

    #[test]
    fn refuses_what_does_not_add_up() {
        let fails = |bytes: &[u8]| format!("{:#}", CharacterTable::read(bytes).unwrap_err());
        assert_eq!(fails(&table(|_| 1)), "no character decides for `HANJA`");
        assert_eq!(fails(&table(|_| 5 << 18)), "categories of U+0000: only 2 categories are named");
        assert!(fails(&table(|code_point| u32::from(code_point > 9) << 30)).contains("defined differently for U+000A"));
        assert!(CharacterTable::read(&[1]).is_err());
    }
}
