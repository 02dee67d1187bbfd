//! Who asked for these words, over HTTP. Every answer is made for one caller, as beside the text: of an organisation that writes unnamed
//! it is told that it wrote and on which day; who and when to its own people alone. What differs only in what is not told is one.

use actix_web::{post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::asked;
use super::super::hub::Hub;
use super::super::journal::SERVER;
use super::super::limits::*;
use super::super::origins::{Chosen, Touch, Traced};
use crate::accounts::{self, SessionCookie};
use crate::http::Here;
use crate::kernel::{Moment, No, PersonId, Refusal, SecretHash, StatementId};
use crate::remarks::{
    model::Author,
    told::{self as remarked, AuthorView},
};
use crate::statements::{self, permits, writers};
use crate::store::{Attempt, Tx};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhoWroteBody {
    /// The chosen letters in the order of the text: `client.clock.length` of each stretch.
    #[schema(min_items = 1, max_items = 1500)]
    letters: Vec<String>,
}

/// Who wrote the chosen letters.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhoWrote {
    /// In the order of the text; together they are all that was chosen.
    pub parts: Vec<WrotePart>,
    /// Whether it is all that can be known. Where not, what was looked at is kept; asked again, it goes on from there.
    pub complete: bool,
}

/// Letters that follow one another, of the same hand and day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WrotePart {
    /// How many, in UTF-16 units.
    pub letters: u32,
    /// Nothing for letters that are not stored yet.
    pub first: Option<Hand>,
    /// Who put them where they stand, if that is told to be another.
    pub brought: Option<Hand>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Hand {
    pub by: AuthorView,
    /// These words stood there before anybody wrote.
    pub began: bool,
    /// In UTC.
    #[schema(format = "date")]
    pub day: String,
    /// The first of that day. Nothing for whoever writes unnamed.
    pub at: Option<Moment>,
}

/// Who first wrote the chosen words of a draft, and who brought them where they stand.
#[utoipa::path(post, path = "/api/statements/{id}/asked", operation_id = "askWhoWrote", params(("id" = StatementId, Path)), request_body = WhoWroteBody,
    responses((status = 200, body = WhoWrote), (status = 422, description = "field-invalid, asked-too-much")), extensions(("x-permit" = json!("drafter"))))]
#[post("/api/statements/{id}/asked")]
pub async fn ask(
    here: Here,
    hub: web::Data<Hub>,
    cookie: SessionCookie,
    id: web::Path<String>,
    body: web::Json<WhoWroteBody>,
) -> Attempt<web::Json<WhoWrote>> {
    let now = here.clock.now();
    let id: StatementId = id.parse().map_err(|_| No::NotFound)?;
    let asked_by = cookie.0;
    // Whether they may ask comes first, and again with the answer.
    here.store.read(move |tx| caller(tx, asked_by, now, id).map(drop)).await?;
    let chosen = chosen(&body.letters)?;
    let (traced, complete) = asked::trace(&hub, id, chosen).await?;
    let told = here.store.read(move |tx| told(tx, asked_by, now, id, &traced));
    Ok(web::Json(WhoWrote { parts: told.await?, complete }))
}

fn caller(tx: &mut Tx, asked: Option<SecretHash>, now: Moment, id: StatementId) -> Attempt<accounts::Caller> {
    let caller = accounts::caller(tx, asked, now)?;
    let statement = statements::load(tx, id)?;
    permits::join(tx, &caller, &statement, now)?;
    Ok(caller)
}

fn chosen(letters: &[String]) -> Result<Vec<Chosen>, Refusal> {
    if letters.len() > ASKED_STRETCHES_MAX {
        return Err(No::AskedTooMuch.into());
    }
    let chosen: Option<Vec<Chosen>> = letters.iter().map(|letters| stretch(letters)).collect();
    let chosen = chosen.filter(|chosen| !chosen.is_empty()).ok_or_else(|| Refusal::new(No::FieldInvalid).with("field", "letters"))?;
    let all: u64 = chosen.iter().map(|stretch| u64::from(stretch.len)).sum();
    if all > ASKED_LETTERS_MAX as u64 { Err(No::AskedTooMuch.into()) } else { Ok(chosen) }
}

fn stretch(letters: &str) -> Option<Chosen> {
    let mut numbers =
        letters.split('.').map(|number| number.parse::<u64>().ok().filter(|_| number.bytes().all(|digit| digit.is_ascii_digit())));
    let (client, clock, len) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let is_sound = numbers.next().is_none() && client <= CLIENT_ID_MAX && len > 0 && clock + len <= CLOCK_MAX.into();
    is_sound.then_some(Chosen { client, clock: clock as u32, len: len as u32 })
}

fn told(tx: &mut Tx, asked: Option<SecretHash>, now: Moment, id: StatementId, traced: &[Traced]) -> Attempt<Vec<WrotePart>> {
    let caller = caller(tx, asked, now, id)?;
    let known = writers::ever_known(tx, id)?;
    let touches = traced.iter().filter_map(|one| one.hand).flat_map(|hand| [hand.first, hand.brought]);
    let mut people: Vec<PersonId> = touches.filter_map(person).collect();
    people.sort();
    people.dedup();
    let names = accounts::names_of(tx, &people)?;
    let view = |touch: Touch| view(touch, |by| remarked::author(&caller, &known, &names, by));
    let mut parts: Vec<WrotePart> = Vec::new();
    for Traced { letters, hand } in traced {
        let first = hand.map(|hand| view(hand.first));
        let brought = hand.map(|hand| view(hand.brought)).filter(|brought| first.as_ref().is_some_and(|first| !first.is_same(brought)));
        match parts.last_mut().filter(|last| is_one(&last.first, &first) && is_one(&last.brought, &brought)) {
            Some(last) => {
                last.letters += letters;
                earlier(&mut last.first, &first);
                earlier(&mut last.brought, &brought);
            }
            None => parts.push(WrotePart { letters: *letters, first, brought }),
        }
    }
    Ok(parts)
}

fn person(touch: Touch) -> Option<PersonId> {
    let (person, _) = touch.by;
    (person != SERVER).then(|| PersonId::from_bytes(person.0.to_be_bytes()))
}

fn view(touch: Touch, told: impl Fn(Author) -> AuthorView) -> Hand {
    let (_, organisation) = touch.by;
    let by = told(Author { person: person(touch), organisation });
    let is_told = organisation.is_none() || by.organisation.is_some();
    let began = person(touch).is_none() && organisation.is_none();
    Hand { began, day: touch.at.utc().date_naive().to_string(), at: is_told.then_some(touch.at), by }
}

impl Hand {
    /// Whether two are told to be the same, whenever it was.
    fn is_same(&self, other: &Hand) -> bool {
        (&self.by, self.began) == (&other.by, other.began)
    }
}

fn is_one(one: &Option<Hand>, other: &Option<Hand>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.is_same(other) && one.day == other.day,
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn earlier(one: &mut Option<Hand>, other: &Option<Hand>) {
    if let (Some(one), Some(other)) = (one, other) {
        one.at = one.at.min(other.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_three_numbers_and_not_too_many() {
        assert_eq!(stretch("9007199254740991.0.3"), Some(Chosen { client: CLIENT_ID_MAX, clock: 0, len: 3 }));
        for wrong in
            ["", "1", "1.2", "1.2.0", "1.2.3.4", "1.-2.3", "1.+2.3", "9007199254740992.1.1", "1.2147483647.1", "1.1.99999999999", "a.1.1"]
        {
            assert_eq!(stretch(wrong), None, "{wrong}");
        }
        let refused = |letters: &[String]| chosen(letters).map(|_| ()).map_err(|refusal| refusal.no);
        assert_eq!(refused(&["1.0.10000".to_owned()]), Ok(()));
        assert_eq!(refused(&["1.0.9000".to_owned(), "1.9000.1001".to_owned()]), Err(No::AskedTooMuch));
        assert_eq!(refused(&vec!["1.0.1".to_owned(); ASKED_STRETCHES_MAX + 1]), Err(No::AskedTooMuch));
        assert_eq!(refused(&[]), Err(No::FieldInvalid));
    }
}
