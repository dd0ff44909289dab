-- Language models read passages, and probes read their states: what was kept before is of no use.
drop table if exists surprisals;

create table surprisals (
    model text not null,  -- the SHA-256 of its file
    text text not null,  -- that of a passage, what is read before it, the Chinese if that is given, and what is read in the states
    scores blob not null,  -- of each token: where it starts, its surprisal, rank and entropy, what a probe reads
    primary key (model, text)
) strict, without rowid;
