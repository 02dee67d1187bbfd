//! How our own types stand in columns, on both databases: ids as 16 bytes, moments as UTC timestamps, hashes as bytes,
//! words of the domain as text.

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, Queryable},
    expression::AsExpression,
    internal::derives::as_expression::Bound,
    query_builder::QueryId,
    serialize::{self, Output, ToSql},
    sql_types::{Binary, Nullable, SingleValue, Text, Timestamp},
};

use crate::kernel::{Id, Moment, secret::SecretHash};

macro_rules! column {
    ([$($generics:tt)*] $type:ty as $sql:ty) => {
        impl<$($generics)*> AsExpression<$sql> for $type {
            type Expression = Bound<$sql, $type>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl<'expr, $($generics)*> AsExpression<$sql> for &'expr $type {
            type Expression = Bound<$sql, &'expr $type>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl<$($generics)*> AsExpression<Nullable<$sql>> for $type {
            type Expression = Bound<Nullable<$sql>, $type>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl<'expr, $($generics)*> AsExpression<Nullable<$sql>> for &'expr $type {
            type Expression = Bound<Nullable<$sql>, &'expr $type>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl<DB: Backend, $($generics)*> ToSql<Nullable<$sql>, DB> for $type
        where
            Self: ToSql<$sql, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                ToSql::<$sql, DB>::to_sql(self, out)
            }
        }
        impl<DB: Backend, ST: SingleValue, $($generics)*> Queryable<ST, DB> for $type
        where
            Self: FromSql<ST, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> deserialize::Result<Self> {
                Ok(row)
            }
        }
        impl<$($generics)*> QueryId for $type {
            type QueryId = ();
            const HAS_STATIC_QUERY_ID: bool = false;
        }
    };
}
pub(crate) use column;

column!([T: ?Sized + 'static] Id<T> as Binary);
column!([] Moment as Timestamp);
column!([] SecretHash as Binary);

impl<T: ?Sized + 'static, DB: Backend> ToSql<Binary, DB> for Id<T>
where
    [u8]: ToSql<Binary, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        <[u8] as ToSql<Binary, DB>>::to_sql(self.bytes().as_slice(), out)
    }
}

impl<T: ?Sized + 'static, DB: Backend> FromSql<Binary, DB> for Id<T>
where
    Vec<u8>: FromSql<Binary, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<Binary, DB>>::from_sql(bytes)?;
        Self::from_slice(&bytes).map_err(|_| "an id column holds 16 bytes".into())
    }
}

impl<DB: Backend> ToSql<Binary, DB> for SecretHash
where
    [u8]: ToSql<Binary, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        <[u8] as ToSql<Binary, DB>>::to_sql(self.bytes(), out)
    }
}

impl<DB: Backend> FromSql<Binary, DB> for SecretHash
where
    Vec<u8>: FromSql<Binary, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<Binary, DB>>::from_sql(bytes)?;
        Ok(Self(bytes.try_into().map_err(|_| "a hash column holds 32 bytes")?))
    }
}

impl<DB: Backend> ToSql<Timestamp, DB> for Moment
where
    chrono::NaiveDateTime: ToSql<Timestamp, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        <chrono::NaiveDateTime as ToSql<Timestamp, DB>>::to_sql(self.naive(), out)
    }
}

impl<DB: Backend> FromSql<Timestamp, DB> for Moment
where
    chrono::NaiveDateTime: FromSql<Timestamp, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        chrono::NaiveDateTime::from_sql(bytes).map(Self::from_naive)
    }
}

/// A row read by the names of its columns, never by their order: two names of one type cannot change places.
/// `row!(AnswerRow of answers as Answer { id: AnswerId, … });` makes the row and turns it into the domain's own value.
macro_rules! row {
    ($row:ident of $table:ident { $($field:ident: $kind:ty),* $(,)? }) => {
        #[derive(diesel::Queryable, diesel::Selectable)]
        #[diesel(table_name = $table)]
        struct $row { $($field: $kind),* }
    };
    ($row:ident of $table:ident as $whole:ident { $($field:ident: $kind:ty),* $(,)? }) => {
        $crate::store::columns::row!($row of $table { $($field: $kind),* });

        impl From<$row> for $whole {
            fn from(row: $row) -> Self {
                Self { $($field: row.$field),* }
            }
        }
    };
}
pub(crate) use row;

/// An enum whose variants stand in a text column under the word the domain uses for them.
macro_rules! word {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),* }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$variant),*];

            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            pub fn read(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }

        // By hand, because the derive does not see a name that a macro hands on.
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some([$($word),*]))
                    .into()
            }
        }
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }

        $crate::store::columns::word_column!($name);
    };
}
pub(crate) use word;

macro_rules! word_column {
    ($name:ident) => {
        const _: () = {
            use diesel::{
                backend::Backend,
                deserialize::{self, FromSql, Queryable},
                expression::AsExpression,
                internal::derives::as_expression::Bound,
                query_builder::QueryId,
                serialize::{self, Output, ToSql},
                sql_types::{Nullable, SingleValue, Text},
            };
    $crate::store::columns::column!([] $name as Text);

            impl<DB: Backend> ToSql<Text, DB> for $name
            where
                str: ToSql<Text, DB>,
            {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                    <str as ToSql<Text, DB>>::to_sql(self.word(), out)
                }
            }

            impl<DB: Backend> FromSql<Text, DB> for $name
            where
                String: FromSql<Text, DB>,
            {
                fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                    let word = <String as FromSql<Text, DB>>::from_sql(bytes)?;
                    Self::read(&word).ok_or_else(|| format!("{} is no {}", word, stringify!($name)).into())
                }
            }
        };
    };
}
pub(crate) use word_column;

// Kept beside the macros so that a change of the text column's bounds is seen here first.
const _: fn() = || {
    fn text_column<T: AsExpression<Text>>() {}
    text_column::<String>();
};
