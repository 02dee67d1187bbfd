//! Nothing of our own: this package only names what is built.
