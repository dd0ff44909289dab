-- What language models said of texts, so that each is asked once.
create table surprisals (
    model text not null,  -- the SHA-256 of its file
    text text not null,  -- that of the English and, where the model was shown it, the Chinese
    scores blob not null,  -- of each token: where it starts, its surprisal, rank and entropy
    primary key (model, text)
) strict, without rowid;
