//! What later stages make of a ledger once and keep with it, for the next question. The ledger does not know what it is.

use std::any::Any;
use std::sync::{Arc, OnceLock};

/// A place for one thing that is made of a ledger. Clones of the ledger share it; nothing in a ledger changes after it
/// was read, so what was made of it stays true.
#[derive(Clone, Default)]
pub(crate) struct Prepared(Arc<OnceLock<Arc<dyn Any + Send + Sync>>>);

impl Prepared {
    /// The thing that is kept, made now if there is none.
    pub(crate) fn kept<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let kept = self.0.get_or_init(|| Arc::new(T::default()));
        // Of another type it would be of another stage: then nothing is kept for this one.
        Arc::clone(kept).downcast().unwrap_or_default()
    }
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Prepared")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::Prepared;

    #[test]
    fn clones_share_what_was_made() {
        let one = Prepared::default();
        let other = one.clone();
        one.kept::<Mutex<Vec<u8>>>().lock().expect("a lock").push(7);
        assert_eq!(*other.kept::<Mutex<Vec<u8>>>().lock().expect("a lock"), [7]);
        assert!(Prepared::default().kept::<Mutex<Vec<u8>>>().lock().expect("a lock").is_empty());
    }
}
