"""What has happened in a consultation: of everybody, or what one member needs of it."""
