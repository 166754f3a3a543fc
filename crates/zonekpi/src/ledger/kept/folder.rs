//! The folder of a kept ledger: which files in it are the ledger's, and how they are put there so that whoever looks,
//! at whatever moment, finds a whole ledger.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::manifest;
use crate::error::{Error, ErrorKind, Place, Result, nearest};
use crate::message::{ErrorCode, Message};

/// The file that says which others are the ledger.
pub(super) const MANIFEST: &str = "ledger.json";

/// Held by whoever saves, so that two do not remove each other's files.
const LOCK: &str = ".lock";

/// What operating systems put into folders by themselves.
const OF_SYSTEMS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Whether a folder seems to hold a ledger that was saved.
pub(in crate::ledger) fn is_one(folder: &Path) -> bool {
    folder.join(MANIFEST).is_file()
}

/// What is done to files, step by step: a test may end it at any of them.
pub(super) trait Disk {
    /// Writes a file, and returns once it would outlast a loss of power.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Puts a file in the place of another, at once and for good.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// The disk of this machine.
pub(super) struct Local;

impl Disk for Local {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)?;
        // The name is in the folder, which is written by itself. Some systems have no such call for folders.
        if let Some(Ok(folder)) = to.parent().map(File::open) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// The name of a file that holds what has this fingerprint.
pub(super) fn named(what: &str, fingerprint: &str) -> String {
    let short: String = fingerprint.chars().take(16).collect();
    format!("{what}-{short}.parquet")
}

/// Whether a name is one that [`named`] gives.
fn is_named(name: &str) -> bool {
    let parts = name.strip_suffix(".parquet").and_then(|stem| stem.rsplit_once('-'));
    parts.is_some_and(|(what, digits)| {
        !what.is_empty()
            && what.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            && digits.len() == 16
            && digits.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

/// The name of a file that is not whole yet.
fn unfinished(name: &str) -> String {
    format!(".{name}.tmp")
}

fn is_unfinished(name: &str) -> bool {
    let of = name.strip_prefix('.').and_then(|rest| rest.strip_suffix(".tmp"));
    of.is_some_and(|name| name == MANIFEST || is_named(name))
}

pub(super) struct Folder<'a> {
    path: &'a Path,
}

impl<'a> Folder<'a> {
    pub(super) fn at(path: &'a Path) -> Self {
        Self { path }
    }

    /// The place of a file in the folder.
    pub(super) fn place(&self, name: &str) -> Place {
        Place { file: Some(self.path.join(name).display().to_string()), ..Place::default() }
    }

    fn refused(&self, kind: ErrorKind, message: Message) -> Error {
        let place = Place { file: Some(self.path.display().to_string()), ..Place::default() };
        Error::new(kind, message).at(place)
    }

    fn unwritable(&self, error: io::Error) -> Error {
        let message = ErrorCode::FolderUnwritable.message().with("detail", &error);
        self.refused(ErrorKind::Io, message).caused_by(error)
    }

    /// Makes the folder if need be, and keeps others from saving into it for as long as the file is open.
    pub(super) fn claim(&self) -> Result<File> {
        // Made first and looked at after, so that of two who save at once either may be quicker.
        match fs::create_dir(self.path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if !self.path.is_dir() {
                    return Err(self.refused(ErrorKind::Query, ErrorCode::PathIsFile.message()));
                }
                self.is_free()?;
            }
            Err(error) => {
                let parent = self.path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
                if error.kind() == io::ErrorKind::NotFound && !parent.is_dir() {
                    let message = ErrorCode::FolderNotFound.message().with("folder", parent.display());
                    return Err(self.refused(ErrorKind::NotFound, message));
                }
                return Err(self.unwritable(error));
            }
        }
        let lock = File::create(self.path.join(LOCK)).map_err(|error| self.unwritable(error))?;
        match lock.lock() {
            // Some file systems have no locks; then nobody else has one either.
            Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(self.unwritable(error)),
            _ => Ok(lock),
        }
    }

    /// Refuses a folder in which something else is kept. What a save that was cut off has left is the ledger's.
    fn is_free(&self) -> Result<()> {
        let other = |found: &str| {
            let message = ErrorCode::FolderHoldsOther.message().with("found", found);
            Err(self.refused(ErrorKind::Query, message))
        };
        if let Ok(text) = fs::read_to_string(self.path.join(MANIFEST)) {
            let is_one = manifest::is_one(&text).map_err(|error| error.at(self.place(MANIFEST)))?;
            return if is_one { Ok(()) } else { other(MANIFEST) };
        }
        let own = |name: &str| name == LOCK || is_named(name) || is_unfinished(name) || OF_SYSTEMS.contains(&name);
        match self.names()?.into_iter().find(|name| !own(name)) {
            Some(stranger) => other(&stranger),
            None => Ok(()),
        }
    }

    fn names(&self) -> Result<Vec<String>> {
        let entries = fs::read_dir(self.path).map_err(|error| self.unwritable(error))?;
        let mut names: Vec<String> =
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        Ok(names)
    }

    /// Puts a file into the folder, whole or not at all.
    pub(super) fn put(&self, disk: &dyn Disk, name: &str, bytes: &[u8]) -> Result<()> {
        let (beside, place): (PathBuf, PathBuf) = (self.path.join(unfinished(name)), self.path.join(name));
        let put = disk.write(&beside, bytes).and_then(|()| disk.rename(&beside, &place));
        put.map_err(|error| {
            // The error that is told is the first one.
            let _ = disk.remove(&beside);
            self.unwritable(error)
        })
    }

    /// From here on the folder holds the new ledger.
    pub(super) fn put_manifest(&self, disk: &dyn Disk, text: &str) -> Result<()> {
        self.put(disk, MANIFEST, text.as_bytes())
    }

    /// Removes files of ledgers that were here before. What cannot be removed is in nobody's way.
    pub(super) fn tidy<'n>(&self, disk: &dyn Disk, kept: impl Iterator<Item = &'n str>) {
        let kept: Vec<&str> = kept.collect();
        for name in self.names().unwrap_or_default() {
            if is_unfinished(&name) || (is_named(&name) && !kept.contains(&name.as_str())) {
                let _ = disk.remove(&self.path.join(name));
            }
        }
    }

    /// The text of the manifest.
    pub(super) fn manifest(&self) -> Result<String> {
        let error = match fs::read(self.path.join(MANIFEST)) {
            Ok(bytes) => {
                return String::from_utf8(bytes).map_err(|error| {
                    let message = ErrorCode::SavedUnreadable.message().with("detail", &error);
                    Error::new(ErrorKind::Input, message).caused_by(error).at(self.place(MANIFEST))
                });
            }
            Err(error) => error,
        };
        match fs::metadata(self.path) {
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => Err(self.not_found()),
            Ok(_) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                let message = ErrorCode::NotASavedLedger.message().with("file", MANIFEST);
                Err(self.refused(ErrorKind::Input, message))
            }
            _ => Err(self.unreadable(MANIFEST, error)),
        }
    }

    fn not_found(&self) -> Error {
        let parent = self.path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let names = Folder::at(parent).names().unwrap_or_default();
        let wanted = self.path.file_name().unwrap_or_default().to_string_lossy();
        self.refused(ErrorKind::NotFound, ErrorCode::SavedNotFound.message())
            .suggest(nearest(&wanted, names.iter().map(String::as_str)))
    }

    fn unreadable(&self, name: &str, error: io::Error) -> Error {
        let message = ErrorCode::FileUnreadable.message().with("detail", &error);
        Error::new(ErrorKind::Io, message).caused_by(error).at(self.place(name))
    }

    /// The bytes of a file of the ledger.
    pub(super) fn bytes(&self, name: &str) -> Result<Vec<u8>> {
        self.found(name, |path| fs::read(path))
    }

    /// A file of the ledger, opened.
    pub(super) fn open(&self, name: &str) -> Result<File> {
        self.found(name, |path| File::open(path))
    }

    fn found<T>(&self, name: &str, read: impl Fn(&Path) -> io::Result<T>) -> Result<T> {
        // A manifest that somebody has written by hand does not lead out of its folder.
        if !is_named(name) {
            let message = ErrorCode::SavedUnreadable.message().with("detail", name);
            return Err(Error::new(ErrorKind::Input, message).at(self.place(MANIFEST)));
        }
        read(&self.path.join(name)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Error::new(ErrorKind::NotFound, ErrorCode::SavedFileMissing.message()).at(self.place(name))
            }
            _ => self.unreadable(name, error),
        })
    }
}
