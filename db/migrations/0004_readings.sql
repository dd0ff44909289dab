-- How each file is read, and what was last linted of it to its end.
create table readings (
    path text primary key,  -- as in documents
    reading text not null check (json_valid(reading)),  -- {"columns", "source_column", "source", "way"}
    sha256 text not null,  -- of the bytes last linted to their end, '' while that is not so
    settings text not null  -- a hash of the rules and options they were linted with
) strict, without rowid;
