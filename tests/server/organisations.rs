//! The register.

use serde_json::Value;

use crate::world::server::REGISTER;

pub fn register() -> String {
    std::fs::read_to_string(REGISTER).unwrap()
}

fn case_path(file: &str) -> String {
    format!("{}/tests/vectors/cases/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn case(file: &str) -> Vec<u8> {
    std::fs::read(case_path(file)).unwrap()
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

    async fn files_of_every_spreadsheet_program_are_read_or_told_apart(world) {
        let ana = world.coordinator().await;
        let added = |reply: Value| reply["added"].as_i64();
        assert_eq!(added(ana.imports(case("16-semicolon.csv")).await.good()), Some(2));
        for (reference, name) in [("ORG-801", "Collectif « Écoute précoce » du Léman"), ("ORG-802", "Asociación Niñez del Río; Filial Norte")] {
            let found = ana.send(ana.request("GET", "/api/organisations").query(&[("search", reference)])).await.good();
            assert_eq!(found["organisations"][0]["name"], name);
        }
        assert_eq!(added(ana.imports(case("17-trailing-commas.csv")).await.good()), Some(2));

        let old = ana.imports(case("16-cp1252.csv")).await;
        old.refused(422, "csv-not-utf8");
        let detail = old.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("row 2") && detail.contains("Collectif") && detail.contains("CSV UTF-8"), "{detail}");
        for (file, code) in [
            (b"PK\x03\x04 a workbook".to_vec(), "csv-other-file"),
            (register().replacen("Baobab Circle", "\"Baobab Circle", 1).into_bytes(), "csv-unreadable"),
            (String::from_utf8(case("20-scripts.csv")).unwrap().replacen("Rights at", "\"Rights at", 1).into_bytes(), "csv-quote-open"),
            (register().replacen("org_id", "org_id,org_id", 1).into_bytes(), "csv-column-twice"),
        ] {
            ana.imports(file).await.refused(422, code);
        }
        let before = ana.get("/api/organisations").await.good()["total"].as_i64();
        assert_eq!(before, Some(75), "what was refused left nothing behind");
    }

    async fn a_fault_is_named_by_the_row_that_the_spreadsheet_shows(world) {
        let ana = world.coordinator().await;
        let rows = |reply: &crate::world::people::Reply| -> Vec<(i64, String, String)> {
            let word = |value: &Value| value.as_str().unwrap().to_owned();
            let all = reply.json()["params"]["rows"].as_array().unwrap().clone();
            all.iter().map(|row| (row["row"].as_i64().unwrap(), word(&row["column"]), word(&row["reason"]))).collect()
        };
        let blank = ana.imports(case("17-blank-line-inside.csv")).await;
        blank.refused(422, "csv-rows");
        assert_eq!(rows(&blank).iter().map(|(row, column, _)| (*row, column.as_str())).collect::<Vec<_>>(), [(5, "country_iso2")]);
        let text = String::from_utf8(case("17-blank-line-inside.csv")).unwrap();
        let broken = text.replacen("Lantern Path Trust,Lantern", "\"Lantern Path\r\nTrust\",Lantern", 1);
        assert_eq!(rows(&ana.imports(broken.into_bytes()).await)[0].0, 2, "a line break in a cell makes no row");
        let old = text.replace("\r\n", "\r");
        assert_eq!(rows(&ana.imports(old.into_bytes()).await)[0].0, 5, "line ends of an old Macintosh");

        let scripts = ana.imports(case("20-scripts.csv")).await;
        scripts.refused(422, "csv-rows");
        let told = rows(&scripts);
        assert_eq!(told.iter().map(|(row, column, _)| (*row, column.as_str())).collect::<Vec<_>>(), [(2, "display_name"), (3, "display_name"), (4, "display_name")]);
        for (place, code) in [(0, "U+1110C"), (1, "U+ABC3"), (2, "U+1F331")] {
            assert!(told[place].2.contains(code), "{}", told[place].2);
        }
        let unseen = text.replacen("Harbour Watch,Harbour", "Harbour\u{202e}hctaW,Harbour", 1).replace(",KX,", ",KE,");
        let told = rows(&ana.imports(unseen.into_bytes()).await);
        assert!(told[0].0 == 4 && told[0].2.contains("right-to-left override (U+202E) in “Harbour⟨U+202E⟩hctaW”"), "{told:?}");
    }

    async fn the_operators_command_judges_a_file_as_the_page_does(world) {
        for (file, wanted) in [
            ("16-semicolon.csv", "2 organisations added"),
            ("17-trailing-commas.csv", "2 organisations added"),
        ] {
            let said = world.command(&["import", "organisations", &case_path(file)]);
            assert!(said.contains(wanted), "{file}: {said}");
        }
        for (file, wanted) in [
            ("16-cp1252.csv", "not saved in UTF-8 (see row 2, after “Collectif"),
            ("17-blank-line-inside.csv", "row 5, country_iso2"),
            ("20-scripts.csv", "row 4, display_name: no font of the files has “🌱” (U+1F331)"),
        ] {
            let said = world.refused_command(&["import", "organisations", &case_path(file)]);
            assert!(said.contains(wanted), "{file}: {said}");
        }
    }

    async fn the_operators_import_says_which_row_is_wrong(world) {
        let file = world.data.join("bad.csv");
        std::fs::write(&file, register().replacen(",KE,KEN,", ",KX,KEN,", 1)).unwrap();
        let said = world.refused_command(&["import", "organisations", file.to_str().unwrap()]);
        assert!(said.contains("row 2, country_iso2: “KX” is not a country code"), "{said}");
    }
}
