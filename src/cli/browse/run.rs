//! The loop: events become actions, requests go to the worker, answers come back, and the picture is drawn.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ratatui::crossterm::event::{poll, read};
use tradewire::output::one_line;

use crate::cli::browse::action::action_of;
use crate::cli::browse::article_file::ArticleFile;
use crate::cli::browse::browser::{Browser, Effect};
use crate::cli::browse::mailbox::{Answer, Content, Mailbox};
use crate::cli::browse::palette::Palette;
use crate::cli::browse::screen::Screen;
use crate::cli::browse::view::draw;

/// How long a picture waits for the answer to what was just asked, so that most keys need one picture, not two.
const PATIENCE: Duration = Duration::from_millis(20);
/// How often the worker is looked at while it works, and signals while it does not.
const WHILE_WORKING: Duration = Duration::from_millis(4);
const WHILE_IDLE: Duration = Duration::from_millis(100);

/// How the browser ended.
pub(super) enum End {
    /// The selected result is to be printed.
    Print,
    /// Without a result.
    Left,
    /// By a signal.
    Signal,
}

/// The signals that the browser answers.
pub(super) struct Signals {
    /// Set by SIGTERM and SIGINT.
    pub(super) end: Arc<AtomicBool>,
    /// Set by SIGCONT, after the program was stopped from outside.
    pub(super) continued: Arc<AtomicBool>,
}

/// The outside of the browser.
pub(super) struct Outside<'a> {
    pub(super) screen: Screen,
    pub(super) mailbox: &'a Mailbox,
    pub(super) answers: Receiver<Answer>,
    pub(super) signals: Signals,
    pub(super) palette: Palette,
}

impl Outside<'_> {
    /// Runs the browser until it ends.
    ///
    /// # Errors
    ///
    /// When the terminal fails.
    pub(super) fn run(&mut self, browser: &mut Browser) -> Result<End> {
        let mut must_draw = true;
        loop {
            must_draw |= self.ask(browser);
            if must_draw {
                self.screen.terminal.draw(|frame| draw(frame, browser, self.palette)).context("drawing")?;
            }
            must_draw = false;
            let patience = if browser.is_waiting() { WHILE_WORKING } else { WHILE_IDLE };
            if poll(patience).context("reading keys")? {
                // All that is there, since a paste or a burst of keys is one change.
                while poll(Duration::ZERO).context("reading keys")? {
                    let event = read().context("reading keys")?;
                    let effect = action_of(&event, browser.focus).and_then(|action| browser.apply(&action));
                    must_draw = true;
                    if let Some(effect) = effect
                        && let Some(end) = self.perform(effect, browser)?
                    {
                        return Ok(end);
                    }
                }
            }
            while let Ok(answer) = self.answers.try_recv() {
                browser.answer(answer);
                must_draw = true;
            }
            if self.signals.end.load(Ordering::Relaxed) {
                return Ok(End::Signal);
            }
            if self.signals.continued.swap(false, Ordering::Relaxed) {
                self.screen.without(|| Ok(()))?;
                must_draw = true;
            }
        }
    }

    /// Asks the worker for what the state needs, and waits a moment for it. True if something has come.
    fn ask(&self, browser: &mut Browser) -> bool {
        let mut has_changed = false;
        let until = Instant::now() + PATIENCE;
        loop {
            let search = browser.search_request();
            let pane = browser.pane_request();
            let has_asked = search.is_some() || pane.is_some();
            search.into_iter().for_each(|request| self.mailbox.search(request));
            pane.into_iter().for_each(|request| self.mailbox.pane(request));
            let is_settled = !has_changed || !browser.is_waiting();
            if !has_asked && is_settled {
                return has_changed;
            }
            match self.answers.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(answer) => browser.answer(answer),
                Err(_) => return true,
            }
            has_changed = true;
        }
    }

    /// Performs an effect; returns the end if it is one.
    fn perform(&mut self, effect: Effect, browser: &mut Browser) -> Result<Option<End>> {
        let done = match effect {
            Effect::Leave => return Ok(Some(End::Left)),
            Effect::Print => return Ok(Some(End::Print)),
            Effect::Redraw => self.screen.renew(),
            Effect::Suspend => self.suspend(),
            Effect::Open(address) => open::that_detached(&address).with_context(|| format!("opening {address}")),
            Effect::Copy(text) => {
                // OSC 52: the terminal puts it on the clipboard, over ssh too.
                let copied = self.screen.write(&format!("\x1b]52;c;{}\x07", STANDARD.encode(&text)));
                copied.map(|()| browser.message = Some(format!("copied: {text}")))
            }
            Effect::Editor => self.read_outside(browser, ArticleFile::editor),
            Effect::Pager => self.read_outside(browser, ArticleFile::pager),
        };
        if let Err(error) = done {
            browser.message = Some(one_line(&format!("{error:#}")).into_owned());
        }
        Ok(None)
    }

    /// Stops the program as Ctrl-Z does elsewhere, with the terminal given back.
    fn suspend(&mut self) -> Result<()> {
        self.screen.without(|| {
            #[cfg(unix)]
            signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP).context("stopping")?;
            Ok(())
        })?;
        self.signals.continued.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// Shows the article in another program, which has the terminal meanwhile.
    fn read_outside(&mut self, browser: &Browser, command: fn(&ArticleFile) -> Result<Command>) -> Result<()> {
        let Some(Content::Article(article)) = browser.content() else {
            bail!("the article is still being read");
        };
        let at = browser.hit().map_or(0, |hit| hit.passage.range.start);
        let file = ArticleFile::write(article, at)?;
        let mut command = command(&file)?;
        self.screen.without(|| {
            let name = command.get_program().to_string_lossy().into_owned();
            let ended = command.stdin(Stdio::inherit()).status();
            let ended = ended.with_context(|| format!("starting `{name}`"))?;
            if !ended.success() {
                bail!("`{name}` ended with {ended}");
            }
            Ok(())
        })
    }
}
