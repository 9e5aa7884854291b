"""The program without a window.  One file per group of commands; what is printed is decided in ``printing``."""
