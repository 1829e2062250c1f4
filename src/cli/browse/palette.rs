//! The styles of the screen: the sixteen colours of a terminal, or none of them.

use ratatui::style::{Color, Modifier, Style};

use crate::cli::browse::pane::Tone;

/// The styles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    /// False for bold, underlined and reversed text alone.
    pub(super) colour: bool,
}

impl Palette {
    fn with(self, style: Style, colour: Color) -> Style {
        if self.colour { style.fg(colour) } else { style }
    }

    /// The style of a stretch of text.
    pub(super) fn tone(self, tone: Tone) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match tone {
            Tone::Plain => Style::new(),
            Tone::Title => bold,
            Tone::Facts => self.with(Style::new(), Color::Cyan),
            Tone::Quiet => Style::new().add_modifier(Modifier::DIM),
            Tone::Typed if self.colour => self.with(bold, Color::Red),
            Tone::Typed => bold.add_modifier(Modifier::UNDERLINED),
            Tone::Added if self.colour => self.with(bold, Color::Yellow),
            Tone::Added => Style::new().add_modifier(Modifier::UNDERLINED),
        }
    }

    /// The style of the selected result, over that of its texts.
    pub(super) fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The style of the border of the pane that keys go to.
    pub(super) fn border(self, has_focus: bool) -> Style {
        if has_focus {
            self.with(Style::new().add_modifier(Modifier::BOLD), Color::Green)
        } else {
            self.tone(Tone::Quiet)
        }
    }
}
