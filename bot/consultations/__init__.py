"""Written consultations, from the launch to the explained result."""
