//! The screen: the terminal while the browser has it. Leaving it restores the terminal, by a signal and by a panic too, since it is
//! left when the screen is dropped.

use std::io::{self, IsTerminal, Stderr, Stdout, Write};

use anyhow::{Context, Result, bail};
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

/// The stream that the picture is written to: standard output, or standard error where the output is read by another program.
pub(super) enum Stream {
    Out(Stdout),
    Error(Stderr),
}

impl Stream {
    fn of_terminal() -> Result<Stream> {
        if !io::stdin().is_terminal() {
            bail!("browse reads keys from a terminal, but standard input is none; use `tradewire search` in scripts");
        }
        if io::stdout().is_terminal() {
            return Ok(Stream::Out(io::stdout()));
        }
        if io::stderr().is_terminal() {
            return Ok(Stream::Error(io::stderr()));
        }
        bail!(
            "browse draws on a terminal, but neither standard output nor standard error is one; use `tradewire search`"
        )
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Stream::Out(out) => out.write(bytes),
            Stream::Error(error) => error.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Stream::Out(out) => out.flush(),
            Stream::Error(error) => error.flush(),
        }
    }
}

/// The terminal, taken over by the browser.
pub(super) struct Screen {
    pub(super) terminal: Terminal<CrosstermBackend<Stream>>,
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn open() -> Result<Screen> {
        let mut screen = Screen { terminal: terminal()? };
        screen.enter()?;
        Ok(screen)
    }

    fn enter(&mut self) -> Result<()> {
        enable_raw_mode().context("taking the terminal over")?;
        // Mouse events are for the wheel; with Shift the terminal selects text as ever.
        execute!(self.terminal.backend_mut(), EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture)
            .context("taking the terminal over")?;
        self.renew()
    }

    /// Clears the screen and takes its size, so that the next picture is drawn whole.
    pub(super) fn renew(&mut self) -> Result<()> {
        self.terminal = terminal()?;
        execute!(self.terminal.backend_mut(), Clear(ClearType::All)).context("clearing the screen")
    }

    fn leave(&mut self) -> io::Result<()> {
        give_back(self.terminal.backend_mut())
    }

    /// Gives the terminal back, does something, and takes it over again.
    ///
    /// # Errors
    ///
    /// Those of `what`, after the terminal was taken over again, and when it cannot be.
    pub(super) fn without<T>(&mut self, what: impl FnOnce() -> Result<T>) -> Result<T> {
        self.leave().context("giving the terminal back")?;
        let done = what();
        self.enter()?;
        done
    }

    /// Writes a control sequence as it is.
    pub(super) fn write(&mut self, sequence: &str) -> Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(sequence.as_bytes()).and_then(|()| Write::flush(out)).context("writing to the terminal")
    }
}

/// Leaves the terminal as it was found.
fn give_back(out: &mut impl Write) -> io::Result<()> {
    execute!(out, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show)?;
    disable_raw_mode()
}

/// Ends the process when the terminal is closed, after giving it back in case it is only said to be. Reading keys from a terminal
/// that is gone never ends, so this is no matter of the loop that reads them.
///
/// # Errors
///
/// When the signal cannot be waited for.
#[cfg(unix)]
pub(super) fn end_with_terminal() -> Result<()> {
    use signal_hook::consts::SIGHUP;
    use signal_hook::iterator::Signals;
    let mut hangups = Signals::new([SIGHUP]).context("waiting for signals")?;
    std::thread::spawn(move || {
        if hangups.forever().next().is_some() {
            let _ = Stream::of_terminal().map(|mut terminal| give_back(&mut terminal));
            let _ = signal_hook::low_level::emulate_default_handler(SIGHUP);
        }
    });
    Ok(())
}

/// The terminal with its size now. The size is fixed until it is made again: ratatui would ask for the place of the cursor on
/// standard output, which need not be a terminal.
fn terminal() -> Result<Terminal<CrosstermBackend<Stream>>> {
    let (columns, rows) = size().context("reading the size of the terminal")?;
    let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
    let backend = CrosstermBackend::new(Stream::of_terminal()?);
    Terminal::with_options(backend, TerminalOptions { viewport }).context("reading the terminal")
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.leave();
    }
}
