//! gzip with any number of members, and with what some tools leave behind the last. Web archives have a member for every page,
//! so one that is damaged costs no other: the beginning of each is held back until it is known to be sound.

mod rewound;

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use crate::ingest::event::Reason;
use crate::ingest::packed::gunzip::rewound::Rewound;

/// Bytes of a member that are held back. Of a longer one, as of a file that is one member, all up to the damage is passed on.
const HELD_BYTES: usize = 4 << 20;
/// Bytes that are looked at in vain, after which no sound member is looked for: what is made to look like the beginnings of
/// many must not take for ever.
const MAX_VAIN_BYTES: u64 = 64 << 20;

/// A gzip stream, unpacked.
pub(crate) struct Gunzip<R: BufRead> {
    member: Option<GzDecoder<Rewound<R>>>,
    /// The file name that the first member states.
    name: Option<Vec<u8>>,
    has_garbage: bool,
    /// The beginning of the member, and the number of its bytes that were passed on.
    held: Vec<u8>,
    taken: usize,
    /// True while nothing of the member was read.
    is_new: bool,
    /// The error that comes behind what is held.
    error: Option<io::Error>,
    /// Bytes between sound members that are not reported yet.
    skipped: u64,
    vain: u64,
}

impl<R: BufRead> Gunzip<R> {
    pub(crate) fn new(input: R) -> Gunzip<R> {
        // Reads the header, if it is there at once.
        let member = GzDecoder::new(Rewound::new(input));
        let name = member.header().and_then(|header| header.filename()).map(<[u8]>::to_vec);
        Gunzip {
            member: Some(member),
            name,
            has_garbage: false,
            held: Vec::new(),
            taken: 0,
            is_new: true,
            error: None,
            skipped: 0,
            vain: 0,
        }
    }

    /// The stored file name, without folders.
    pub(crate) fn name(&self) -> Option<String> {
        let name = String::from_utf8_lossy(self.name.as_ref()?);
        name.rsplit(['/', '\\']).next().map(str::to_owned)
    }

    /// True if something that is no gzip follows the last member.
    pub(crate) fn has_garbage(&self) -> bool {
        self.has_garbage
    }

    /// Holds back the beginning of a new member, or that of the next sound one.
    fn hold(&mut self) -> io::Result<()> {
        let Some(member) = &mut self.member else { return Ok(()) };
        (self.taken, self.is_new) = (0, false);
        let Err(error) = read_beginning(member, &mut self.held) else { return Ok(()) };
        // What is packed in another way, or the disk, is not sound further on.
        let is_ours = Reason::within(&error).is_none() && error.raw_os_error().is_none();
        let resumed = match self.member.take() {
            Some(damaged) if is_ours => self.resume(damaged.into_inner())?,
            _ => false,
        };
        if !resumed {
            self.error = Some(error);
        }
        Ok(())
    }

    /// Goes on with the next sound member; false if there is none, and what was held before is kept.
    fn resume(&mut self, mut input: Rewound<R>) -> io::Result<bool> {
        let mut passed = 0;
        let mut held = Vec::new();
        while self.vain < MAX_VAIN_BYTES {
            let Some(bytes) = input.seek_member()? else { return Ok(false) };
            passed += bytes;
            let mut member = GzDecoder::new(input);
            if read_beginning(&mut member, &mut held).is_ok() {
                self.skipped += passed;
                (self.member, self.held) = (Some(member), held);
                return Ok(true);
            }
            input = member.into_inner();
            self.vain += input.cost();
        }
        Ok(false)
    }

    /// Behind the end of a member.
    fn end_member(&mut self) -> io::Result<()> {
        let Some(member) = self.member.take() else { return Ok(()) };
        let mut input = member.into_inner();
        match input.fill_buf()?.first().copied() {
            None => {}
            Some(0x1F) => {
                input.restart();
                (self.member, self.is_new) = (Some(GzDecoder::new(input)), true);
            }
            Some(_) if is_padding(&mut input)? => {}
            // The mark of the next member may be what is damaged.
            Some(_) => {
                input.restart();
                self.taken = 0;
                self.held.clear();
                self.has_garbage = !self.resume(input)?;
            }
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Gunzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if self.is_new {
                self.hold()?;
            }
            if self.taken < self.held.len() {
                let count = (&self.held[self.taken..]).read(buffer)?;
                self.taken += count;
                return Ok(count);
            }
            if let Some(error) = self.error.take() {
                return Err(error);
            }
            let Some(member) = &mut self.member else { break };
            let count = member.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            self.end_member()?;
        }
        // Reported at the end, so that what reads it goes on to there.
        match std::mem::take(&mut self.skipped) {
            0 => Ok(0),
            passed => {
                let fault = format!("the gzip data is damaged: {passed} bytes of it are skipped");
                let reason = Reason::from(fault).then("the intact data before and after them is kept");
                Err(io::Error::new(io::ErrorKind::InvalidData, reason))
            }
        }
    }
}

/// Reads the beginning of a member, and if that is all of it, what says that it is sound.
fn read_beginning(member: &mut impl Read, held: &mut Vec<u8>) -> io::Result<()> {
    held.clear();
    member.take(HELD_BYTES as u64).read_to_end(held).map(|_| ())
}

/// True if only zero bytes are left, as on tapes. Reads no further than to what is none.
fn is_padding(input: &mut dyn BufRead) -> io::Result<bool> {
    loop {
        let block = input.fill_buf()?;
        if block.is_empty() {
            return Ok(true);
        }
        let zeros = block.iter().take_while(|&&byte| byte == 0).count();
        let is_padding = zeros == block.len();
        input.consume(zeros);
        if !is_padding {
            return Ok(false);
        }
    }
}
