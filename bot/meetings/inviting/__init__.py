"""What a called meeting owes to those invited."""
