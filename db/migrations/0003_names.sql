-- The names of all documents: which spellings belong together, which one is to be used, and who said so.

create table names (
    id integer primary key,
    canonical text not null unique,
    chosen_by text not null default '',  -- '' where evidence chose it: the spelling with most places
    at text not null
) strict;

create table name_forms (
    id integer primary key,
    name integer not null references names (id),
    text text not null unique,
    allowed integer not null default 0 check (allowed in (0, 1))  -- stands beside the canonical form: KMT, Kuomintang
) strict;

create index name_forms_name on name_forms (name);

-- Where a spelling stands: in how many places of a document, the first of them, and what they weigh (a headline half).
create table name_mentions (
    form integer not null references name_forms (id),
    document integer not null references documents (id) on delete cascade,
    places integer not null,
    weight real not null,
    segment text not null,
    "start" integer not null,
    primary key (form, document)
) strict, without rowid;

create index name_mentions_document on name_mentions (document);

-- The bytes of the document whose names are in here; others are gathered when names are asked for.
create table names_gathered (
    document integer primary key references documents (id) on delete cascade,
    sha256 text not null
) strict;

-- What people said of names: rows are only ever added.
create table name_decisions (
    id integer primary key,
    act text not null check (act in ('merge', 'split', 'prefer', 'alias', 'import')),
    form text not null,
    other text,
    reviewer text not null check (reviewer <> ''),
    at text not null
) strict;

create trigger name_decisions_are_never_changed before update on name_decisions begin
    select raise(abort, 'decisions are only ever added, never changed');
end;

create trigger name_decisions_are_never_deleted before delete on name_decisions begin
    select raise(abort, 'decisions are only ever added, never deleted');
end;

create view name_ledger as
select
    n.canonical,
    f.text as form,
    f.allowed,
    coalesce(sum(m.places), 0) as places,
    count(m.document) as documents,
    coalesce(sum(m.weight), 0.0) as weight,
    n.chosen_by,
    n.id as name,
    f.id as form_id
from names n
join name_forms f on f.name = n.id
left join name_mentions m on m.form = f.id
group by f.id;
