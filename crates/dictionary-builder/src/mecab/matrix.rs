//! Connection costs (`matrix.bin`): the cost of one word following another.

use anyhow::{Result, ensure};

use super::{i16_at, u16_at};

/// Length of the header in bytes: two u16 sizes.
const HEADER_SIZE: usize = 4;

/// The connection costs, read from the file's bytes on demand.
#[derive(Debug)]
pub(crate) struct Matrix<'a> {
    bytes: &'a [u8],
    /// Number of right context ids, those of the word before.
    pub(crate) left_size: u16,
    /// Number of left context ids, those of the word after.
    pub(crate) right_size: u16,
}

impl<'a> Matrix<'a> {
    /// Reads the header and checks the file's size.
    ///
    /// # Errors
    ///
    /// Fails if the file does not hold exactly `left_size * right_size` costs.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self> {
        let (left_size, right_size) = (u16_at(bytes, 0)?, u16_at(bytes, 2)?);
        let expected = HEADER_SIZE + 2 * usize::from(left_size) * usize::from(right_size);
        ensure!(
            bytes.len() == expected,
            "{left_size} x {right_size} costs take {expected} bytes, the file has {}",
            bytes.len()
        );
        Ok(Self { bytes, left_size, right_size })
    }

    /// Returns the cost of a word with left id `next_left_id` after one with right id `previous_right_id`.
    ///
    /// # Errors
    ///
    /// Fails if an id is outside the matrix.
    pub(crate) fn cost(&self, previous_right_id: u16, next_left_id: u16) -> Result<i16> {
        ensure!(
            previous_right_id < self.left_size && next_left_id < self.right_size,
            "no cost for the ids {previous_right_id} and {next_left_id}"
        );
        let cell = usize::from(previous_right_id) + usize::from(self.left_size) * usize::from(next_left_id);
        i16_at(self.bytes, HEADER_SIZE + 2 * cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_lie_by_next_word_then_previous_word() {
        let mut bytes = vec![2, 0, 3, 0];
        for cost in [0_i16, -1, 2, 3, 4, 5] {
            bytes.extend(cost.to_le_bytes());
        }
        let matrix = Matrix::read(&bytes).unwrap();
        assert_eq!(matrix.cost(1, 0).unwrap(), -1);
        assert_eq!(matrix.cost(0, 2).unwrap(), 4);
        assert!(matrix.cost(2, 0).is_err());
        assert!(matrix.cost(0, 3).is_err());
        assert!(Matrix::read(&bytes[..15]).is_err());
    }
}
