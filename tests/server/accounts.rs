//! Signing in and out.

use serde_json::json;

use crate::world::people::link;

both_databases! {
    /// Mail scanners open every link, some run a page's scripts: opening must consume nothing.
    async fn opening_a_sign_in_link_consumes_nothing(world) {
        let ana = world.stranger();
        let ana = crate::world::Person::new(&ana.url, crate::world::server::COORDINATOR, &world.letters_folder());
        ana.form("/sign-in", &[("email", &ana.email)]).await;
        let link = link(&ana.newest_letter(|text| text.contains("/sign-in/")).await, "/sign-in/");
        for _ in 0..3 {
            assert_eq!(ana.get(&link).await.status, 200);
            let head = ana.send(ana.request("HEAD", &link)).await;
            assert!(head.status == 200 && head.body.is_empty());
        }
        assert_eq!(ana.get("/api/me").await.status, 401);
        assert_eq!(ana.form(&link, &[]).await.status, 303);
        assert_eq!(ana.get("/api/me").await.good()["coordinator"], true);
    }

    async fn a_sign_in_link_works_once_and_for_ten_minutes(world) {
        let ana = world.coordinator().await;
        let used = link(&ana.newest_letter(|text| text.contains("/sign-in/")).await, "/sign-in/");
        assert_eq!(world.stranger().form(&used, &[]).await.status, 410);

        let late = crate::world::Person::new(&world.url, &ana.email, &world.letters_folder());
        late.form("/sign-in", &[("email", &ana.email)]).await;
        let letter = late.letter_after(1, |text| text.contains("/sign-in/")).await;
        world.advance(601).await;
        assert_eq!(late.form(&link(&letter, "/sign-in/"), &[]).await.status, 410);
    }

    async fn nobody_learns_whether_an_address_is_known(world) {
        let known = world.stranger().form("/sign-in", &[("email", crate::world::server::COORDINATOR)]).await;
        let unknown = world.stranger().form("/sign-in", &[("email", "nobody@nowhere.example")]).await;
        assert_eq!(known.status, unknown.status);
        let same = |text: String, address: &str| text.replace(address, "");
        assert_eq!(same(known.text(), crate::world::server::COORDINATOR), same(unknown.text(), "nobody@nowhere.example"));
    }

    async fn a_mailbox_cannot_be_buried(world) {
        let stranger = world.stranger();
        for _ in 0..12 {
            stranger.form("/sign-in", &[("email", crate::world::server::COORDINATOR)]).await;
        }
        let ana = crate::world::Person::new(&world.url, crate::world::server::COORDINATOR, &world.letters_folder());
        ana.letter_after(5, |text| text.contains("/sign-in/")).await;
        // A letter to somebody else, sent later, shows that the sender has nothing left of the first twelve.
        let ben = crate::world::Person::new(&world.url, "focalpoint@bcap-ke.example", &world.letters_folder());
        ben.signs_in().await;
        assert_eq!(ana.letters_with(|text| text.contains("/sign-in/")).len(), 6);
    }

    async fn signing_out_ends_the_session_wherever_its_cookie_was_copied(world) {
        let ana = world.coordinator().await;
        let cookie = ana.cookie().await;
        let thief = world.stranger();
        let with = |path: &str| thief.request("GET", path).header("cookie", &cookie);
        assert_eq!(thief.send(with("/api/me")).await.status, 200);
        let out = thief.request("POST", "/api/sign-out").header("cookie", &cookie);
        assert_eq!(thief.send(out).await.status, 204);
        thief.send(with("/api/me")).await.refused(401, "signed-out");
        assert_eq!(ana.get("/api/me").await.status, 200, "another session of the same person goes on");
    }

    async fn a_session_ends_when_it_is_not_used_and_after_a_week_in_any_case(world) {
        let ana = world.coordinator().await;
        world.advance(11 * 3600).await;
        assert_eq!(ana.get("/api/me").await.status, 200);
        world.advance(11 * 3600).await;
        assert_eq!(ana.get("/api/me").await.status, 200, "use keeps it alive");
        world.advance(13 * 3600).await;
        ana.get("/api/me").await.refused(401, "signed-out");
    }

    async fn the_server_keeps_no_secret_of_a_session(world) {
        let ana = world.coordinator().await;
        let cookie = ana.cookie().await;
        let secret = cookie.split('=').nth(1).unwrap().to_owned();
        assert!(secret.len() > 40);
        for (path, bytes) in crate::world::server::files_under(&world.data) {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{} holds a session's secret", path.display());
        }
    }

    async fn the_demos_page_of_letters_does_not_exist_in_earnest(world) {
        assert_eq!(world.stranger().get("/letters").await.status, 404);
        assert_eq!(world.coordinator().await.get("/letters").await.status, 404);
    }

    async fn a_ticket_is_only_for_somebody_who_may_open_the_draft(world) {
        let ana = world.coordinator().await;
        let drafters = world.ids(&["ORG-001"]).await;
        let statement = ana.starts_a_statement("Keep the library open", &drafters, "Books are for everybody.").await;
        let path = format!("/api/statements/{statement}/ticket");
        world.stranger().post(&path, json!({})).await.refused(401, "signed-out");
        world.person("focalpoint@ajo-ch.example").await.post(&path, json!({})).await.refused(404, "not-found");
        let ticket = world.person("focalpoint@bcap-ke.example").await.post(&path, json!({})).await.good();
        assert_eq!(ticket["ticket"].as_str().unwrap().split('.').count(), 3);
    }
}
