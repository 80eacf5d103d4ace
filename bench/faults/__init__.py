"""`make faults`: each part of a running assistant is broken in turn, with parents talking."""
