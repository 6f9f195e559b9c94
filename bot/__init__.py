"""Everything about a committee's consultations that stays true without Telegram."""
