"""What is confirmed for a day to come is called off before it: asked by the office, confirmed by a second person."""
