//! The register.

use crate::world::server::REGISTER;

fn register() -> String {
    std::fs::read_to_string(REGISTER).unwrap()
}

both_databases! {
    async fn the_sample_register_is_there_whole_and_can_be_searched(world) {
        let ana = world.coordinator().await;
        let all = ana.get("/api/organisations").await.good();
        assert_eq!((all["total"].as_i64(), all["organisations"].as_array().map(Vec::len)), (Some(71), Some(71)));
        for (search, found) in [("doorstep", 4), ("TÉMOINS", 1), ("temoins", 1), ("晨钟", 1), ("kenya", 2), ("ORG-045", 1), ("nothing like it", 0), ("%", 0), ("_", 0)] {
            let answer = ana.send(ana.request("GET", "/api/organisations").query(&[("search", search)])).await.good();
            assert_eq!(answer["total"], found, "{search}");
        }
        let general = ana.get("/api/organisations?status=general").await.good();
        assert_eq!(general["total"], 2);
        assert_eq!(ana.get("/api/organisations?visibility=withheld").await.good()["total"], 10);
    }

    async fn importing_the_same_file_again_changes_nothing(world) {
        let ana = world.coordinator().await;
        let again = ana.imports(&register()).await.good();
        assert_eq!((again["added"].as_i64(), again["updated"].as_i64(), again["unchanged"].as_i64()), (Some(0), Some(0), Some(71)));
        let renamed = ana.imports(&register().replacen("Baobab Circle for Atrocity Prevention", "Baobab Ring", 1)).await.good();
        assert_eq!((renamed["updated"].as_i64(), renamed["unchanged"].as_i64()), (Some(1), Some(70)));
    }

    async fn a_file_with_a_wrong_row_is_refused_whole_and_the_row_named(world) {
        let ana = world.coordinator().await;
        let cases = [
            (register().replacen("country_iso2", "country", 1), "csv-column-missing", None),
            (register().replacen(",KE,KEN,", ",KX,KEN,", 1), "csv-rows", Some((2, "country_iso2"))),
            (register().replacen("ORG-002", "ORG-001", 1), "csv-rows", Some((3, "org_id"))),
            (register().replacen("Africa/Bamako", "Bamako", 1), "csv-rows", Some((4, "timezone"))),
            (format!("{}ORG-900,too,short\n", register()), "csv-unreadable", None),
        ];
        for (file, code, place) in cases {
            // A new name in the same file shows that nothing of it came in.
            let answer = ana.imports(&file.replacen("Great Lakes Listening Posts", "Quux Imported", 1)).await;
            answer.refused(422, code);
            if let Some((row, column)) = place {
                let first = &answer.json()["params"]["rows"][0];
                assert_eq!((first["row"].as_i64(), first["column"].as_str()), (Some(row), Some(column)));
            }
        }
        assert_eq!(ana.get("/api/organisations?search=Quux").await.good()["total"], 0);
    }

    async fn members_do_not_see_who_withholds_its_name(world) {
        let member = world.person("focalpoint@bcap-ke.example").await;
        let seen = member.get("/api/organisations").await;
        let text = seen.text();
        assert_eq!(seen.good()["total"], 61);
        assert!(!text.contains("rmvb-cm.example") && !text.contains("Bénoué"));
        let hidden = world.ids(&["ORG-004"]).await;
        member.get(&format!("/api/organisations/{}", hidden[0])).await.refused(404, "not-found");
        // Its own people see it.
        let own = world.person("focalpoint@rmvb-cm.example").await;
        assert_eq!(own.get(&format!("/api/organisations/{}", hidden[0])).await.good()["acronym"], "RMVB");
        // People and addresses are for coordinators and an organisation itself.
        let other = world.ids(&["ORG-056"]).await;
        assert_eq!(member.get(&format!("/api/organisations/{}", other[0])).await.good()["people"], serde_json::Value::Null);
    }

    async fn a_file_that_is_wrong_everywhere_is_refused_soon(world) {
        let ana = world.coordinator().await;
        let heading = register().lines().next().unwrap().to_owned();
        let file = format!("{heading}\n{}", "\u{202e},,,,,,,,,,,,,,,,,,,,\n".repeat(5_000));
        let answer = ana.send(ana.request("POST", "/api/organisations/import").header("content-type", "text/csv").body(file)).await;
        answer.refused(422, "csv-rows");
        assert_eq!(answer.json()["params"]["rows"].as_array().map(Vec::len), Some(100));
        for query in ["search=%00", "region=%00", "region=%E2%80%8B%0A"] {
            assert_eq!(ana.get(&format!("/api/organisations?{query}")).await.status, 422, "{query}");
        }
    }

    async fn only_coordinators_import(world) {
        let member = world.person("focalpoint@bcap-ke.example").await;
        let request = member.request("POST", "/api/organisations/import").header("content-type", "text/csv").body(register());
        member.send(request).await.refused(403, "not-allowed");
        let request = world.stranger().request("POST", "/api/organisations/import").header("content-type", "text/csv").body(register());
        world.stranger().send(request).await.refused(401, "signed-out");
    }

    async fn the_operators_import_says_which_row_is_wrong(world) {
        let file = world.data.join("bad.csv");
        std::fs::write(&file, register().replacen(",KE,KEN,", ",KX,KEN,", 1)).unwrap();
        let said = world.refused_command(&["import", "organisations", file.to_str().unwrap()]);
        assert!(said.contains("row 2, country_iso2: “KX” is not a country code"), "{said}");
    }
}
