"""What is asked, in what order. Pure: no input or output, no clock, no database, no Telegram."""
