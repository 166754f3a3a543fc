//! Fingerprints: what has the same is the same, byte by byte.

use sha2::{Digest, Sha256};

/// The SHA-256 of bytes, in 64 hexadecimal digits.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first twelve digits of it, to be read by people.
pub(crate) fn short(bytes: &[u8]) -> String {
    fingerprint(bytes).chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_that_of_the_standard() {
        // FIPS 180-2, appendix B.1.
        let whole = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((fingerprint(b"abc").as_str(), short(b"abc").as_str()), (whole, "ba7816bf8f01"));
    }
}
