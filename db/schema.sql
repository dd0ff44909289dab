-- Generated from db/migrations by `python -m reviewer.store.schema`. To change it, add a migration.

CREATE TABLE runs (
    id integer primary key,
    command text not null,
    version text not null,
    started text not null,
    finished text  -- null while it runs, and for ever if it was killed
) strict;

CREATE TABLE documents (
    id integer primary key,
    path text not null,  -- below the database's folder: relative to it, with /; else absolute
    name text not null,  -- tells documents of one file apart; '' where a file is one document
    format text not null,
    unique (path, name)
) strict;

CREATE TABLE parts (
    document integer not null references documents (id),
    part integer not null,
    run integer not null references runs (id),
    sha256 text not null,
    encoding text not null,
    segments integer not null,
    words integer not null,
    primary key (document, part)
) strict, without rowid;

CREATE INDEX parts_run on parts (run);

CREATE TABLE segments (
    document integer not null,
    part integer not null,
    ordinal integer not null,  -- place in the part, from 0
    key text not null,
    kind text not null,
    target text not null,
    source text,
    primary key (document, part, ordinal),
    foreign key (document, part) references parts (document, part) on delete cascade
) strict, without rowid;

CREATE TABLE findings (
    id integer primary key,
    document integer not null references documents (id),
    fingerprint text not null,  -- rule, words and context, no offset: survives a second lint
    rule text not null,
    segment text not null,
    part integer not null,
    ordinal integer not null,  -- of its segment, in the part
    "start" integer not null,
    "end" integer not null,
    file_start integer,
    file_end integer,
    text text not null,
    words text not null,  -- text in lower case, white space as one space: what suppressions compare
    category text not null,
    severity text not null check (severity in ('critical', 'major', 'minor')),
    confidence real not null check (confidence between 0 and 1),
    message text not null,
    fixes text not null check (json_valid(fixes)),  -- [{"text", "safe"}]; each replaces the whole span
    related text not null check (json_valid(related)),  -- [{"segment", "start", "end", "text", "side"}]
    also text not null check (json_valid(also)),  -- rules with a second opinion on the same words
    first_run integer not null references runs (id),
    last_run integer not null references runs (id),
    unique (document, fingerprint)
) strict;

CREATE INDEX findings_order on findings (document, part, ordinal, "start");

CREATE TABLE decisions (
    id integer primary key,
    finding integer not null references findings (id),
    verdict text not null check (verdict in ('accept', 'edit', 'reject', 'ignore', 'open')),
    text text,  -- what replaces the finding's words; only accept and edit have it
    reviewer text not null check (reviewer <> ''),
    at text not null,
    note text not null default '',
    act integer,  -- the first row of the decisions made, and undone, in one go; null where a row stands alone
    undoes integer references decisions (id),
    restores integer references decisions (id),  -- on an undo or redo: the row that counts again; null: as if never decided
    check ((text is not null) = (verdict in ('accept', 'edit')))
) strict;

CREATE INDEX decisions_finding on decisions (finding, id);

CREATE INDEX decisions_reviewer on decisions (reviewer, id);

CREATE TRIGGER decisions_are_never_changed before update on decisions begin
    select raise(abort, 'decisions are only ever added, never changed');
end;

CREATE TRIGGER decisions_are_never_replaced before insert on decisions when exists (select 1 from decisions where id = new.id) begin
    select raise(abort, 'decisions are only ever added, never replaced');
end;

CREATE TRIGGER decisions_are_never_deleted before delete on decisions begin
    select raise(abort, 'decisions are only ever added, never deleted');
end;

CREATE TABLE suppressions (
    id integer primary key,
    scope text check (scope in ('words-in-file', 'words', 'rule-in-file', 'rule')),
    words text,
    rule text,
    document integer references documents (id),
    reviewer text not null check (reviewer <> ''),
    at text not null,
    note text not null default '',
    lifts integer references suppressions (id), "after" integer not null default 0, finding integer references findings (id), restores integer references suppressions (id),
    check ((scope is null) = (lifts is not null)),
    check (scope is null or (scope in ('words-in-file', 'words')) = (words is not null)),
    check (scope is null or (scope in ('words-in-file', 'rule-in-file')) = (document is not null)),
    check (scope is null or words is not null or rule is not null)
) strict;

CREATE INDEX suppressions_words on suppressions (words);

CREATE INDEX suppressions_rule on suppressions (rule);

CREATE INDEX suppressions_lifts on suppressions (lifts);

CREATE TRIGGER suppressions_are_never_changed before update on suppressions begin
    select raise(abort, 'suppressions are only ever added, never changed');
end;

CREATE TRIGGER suppressions_are_never_replaced before insert on suppressions when exists (select 1 from suppressions where id = new.id) begin
    select raise(abort, 'suppressions are only ever added, never replaced');
end;

CREATE TRIGGER suppressions_are_never_deleted before delete on suppressions begin
    select raise(abort, 'suppressions are only ever added, never deleted');
end;

CREATE VIEW active_suppressions as
select id, scope, words, rule, document, reviewer, at, note
from suppressions s
where lifts is null and not exists (select 1 from suppressions l where l.lifts = s.id);

CREATE VIEW findings_now as
select
    d.path,
    d.name,
    f.state,
    f.rule,
    f.segment,
    f."start",
    f."end",
    f.text,
    f.message,
    f.severity,
    f.confidence,
    f.category,
    f.fixes,
    f.decision_text,
    f.reviewer,
    f.at,
    f.note,
    f.related,
    f.also,
    f.file_start,
    f.file_end,
    f.part,
    f.ordinal,
    f.position,
    f.suppressed_by,
    f.fingerprint,
    f.document,
    f.id
from finding_states f
join documents d on d.id = f.document
where f.present;

CREATE VIEW open_findings as
select path, name, rule, segment, "start", "end", text, message, severity, confidence, category, fixes, id
from findings_now
where state = 'open';

CREATE VIEW decided_findings as
select path, name, state, rule, segment, "start", "end", text, decision_text, reviewer, at, note, severity, category, id
from findings_now
where state <> 'open';

CREATE VIEW progress as
select
    d.path,
    d.name,
    f.total,
    f.open,
    f.accepted,
    f.edited,
    f.rejected,
    f.ignored,
    f.words,
    f.segments,
    d.format,
    f.encoding,
    case when f.files = 1 then f.sha256 else '' end as sha256,
    f.document
from documents d
-- A union, as a left join of the findings would make SQLite work out all their columns.
join (
    select
        document,
        count(state) as total,
        count(*) filter (where state = 'open') as open,
        count(*) filter (where state = 'accept') as accepted,
        count(*) filter (where state = 'edit') as edited,
        count(*) filter (where state = 'reject') as rejected,
        count(*) filter (where state = 'ignore') as ignored,
        sum(words) as words,
        sum(segments) as segments,
        min(encoding) as encoding,
        min(sha256) as sha256,
        count(distinct sha256) as files
    from (
        select document, state, null as words, null as segments, null as encoding, null as sha256
        from finding_states
        where present
        union all
        select document, null, words, segments, encoding, sha256
        from parts
    )
    group by document
) f on f.document = d.id;

CREATE VIEW rule_record as
select
    rule,
    count(*) as findings,
    sum(state = 'accept') as accepted,
    sum(state = 'edit') as edited,
    sum(state = 'reject') as rejected,
    sum(state = 'ignore') as ignored,
    round(1.0 * sum(state in ('accept', 'edit')) / nullif(sum(state in ('accept', 'edit', 'reject')), 0), 3) as share_agreed
from finding_states
group by rule;

CREATE INDEX decisions_act on decisions (act) where act is not null;

CREATE TABLE habits (
    reviewer text not null,
    name text not null,
    value text not null check (json_valid(value)),
    primary key (reviewer, name)
) strict, without rowid;

CREATE VIEW finding_states as
select
    f.*,
    f.last_run is p.run and not (f.rule = 'own/marked' and d.undoes is not null and d.restores is null) as present,
    f.ordinal
    + (select coalesce(sum(q.segments), 0) from parts q where q.document = f.document and q.part < f.part) as position,
    case
        when d.verdict <> 'open' then d.verdict
        when f.suppressed_by is not null then 'ignore'
        else 'open'
    end as state,
    d.text as decision_text,
    coalesce(s.reviewer, '') as reviewer,
    coalesce(s.at, '') as at,
    coalesce(s.note, '') as note
from (
    select
        findings.*,
        coalesce(
            (
                select a.id from active_suppressions a
                where a.words = findings.words
                and (a.rule is null or a.rule = findings.rule)
                and (a.document is null or a.document = findings.document)
            ),
            (
                select a.id from active_suppressions a
                where a.rule = findings.rule and a.words is null
                and (a.document is null or a.document = findings.document)
            )
        ) as suppressed_by
    from findings
) f
left join parts p on p.document = f.document and p.part = f.part
left join decisions d on d.id = (select max(l.id) from decisions l where l.finding = f.id)
left join decisions s on s.id = case when d.undoes is null then d.id else d.restores end;

CREATE TABLE names (
    id integer primary key,
    canonical text not null unique,
    chosen_by text not null default '',  -- '' where evidence chose it: the spelling with most places
    at text not null
) strict;

CREATE TABLE name_forms (
    id integer primary key,
    name integer not null references names (id),
    text text not null unique,
    allowed integer not null default 0 check (allowed in (0, 1))  -- stands beside the canonical form: KMT, Kuomintang
) strict;

CREATE INDEX name_forms_name on name_forms (name);

CREATE TABLE name_mentions (
    form integer not null references name_forms (id),
    document integer not null references documents (id) on delete cascade,
    places integer not null,
    weight real not null,
    segment text not null,
    "start" integer not null,
    primary key (form, document)
) strict, without rowid;

CREATE INDEX name_mentions_document on name_mentions (document);

CREATE TABLE names_gathered (
    document integer primary key references documents (id) on delete cascade,
    sha256 text not null
) strict;

CREATE TABLE name_decisions (
    id integer primary key,
    act text not null check (act in ('merge', 'split', 'prefer', 'alias', 'import')),
    form text not null,
    other text,
    reviewer text not null check (reviewer <> ''),
    at text not null
) strict;

CREATE TRIGGER name_decisions_are_never_changed before update on name_decisions begin
    select raise(abort, 'decisions are only ever added, never changed');
end;

CREATE TRIGGER name_decisions_are_never_deleted before delete on name_decisions begin
    select raise(abort, 'decisions are only ever added, never deleted');
end;

CREATE VIEW name_ledger as
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

CREATE TABLE readings (
    path text primary key,  -- as in documents
    reading text not null check (json_valid(reading)),  -- {"columns", "source_column", "source", "way"}
    sha256 text not null,  -- of the bytes last linted to their end, '' while that is not so
    settings text not null  -- a hash of the rules and options they were linted with
) strict, without rowid;

CREATE TABLE surprisals (
    model text not null,  -- the SHA-256 of its file
    text text not null,  -- that of a passage, what is read before it, the Chinese if that is given, and what is read in the states
    scores blob not null,  -- of each token: where it starts, its surprisal, rank and entropy, what a probe reads
    primary key (model, text)
) strict, without rowid;
