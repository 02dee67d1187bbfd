//! The web files are embedded; a checkout that has not built them yet still compiles, and serves a page that says so.
fn main() {
    std::fs::create_dir_all("web/dist").expect("web/dist can be made");
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=web/dist");
}
