"""Rules and lists of the field: plain values in, plain values out; knows nothing of this program."""
