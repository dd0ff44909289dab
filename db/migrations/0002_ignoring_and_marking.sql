-- What a reviewer ignores can be undone in its turn, errors that reviewers mark themselves, and what they like to see.

-- The last decision at the time: with it the two logs can be read as one.
alter table suppressions add column "after" integer not null default 0;

-- The finding in front of the reviewer, and on a redo the suppression that counts again.
alter table suppressions add column finding integer references findings (id);
alter table suppressions add column restores integer references suppressions (id);

create index decisions_act on decisions (act) where act is not null;

-- How a reviewer left the screen: filters, order, places.
create table habits (
    reviewer text not null,
    name text not null,
    value text not null check (json_valid(value)),
    primary key (reviewer, name)
) strict, without rowid;

-- As before, except that a finding that a reviewer marked (rule `own/marked`) is out of sight while its marking is undone.
drop view finding_states;

create view finding_states as
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
