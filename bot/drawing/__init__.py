"""How prompts and notices look: text and buttons in the person's language, for either Telegram library to send."""
