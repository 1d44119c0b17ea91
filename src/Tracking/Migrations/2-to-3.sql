-- Version 3: sweeps, their frozen trials, and verdicts on claims. What stands here ends as it stands in Schema.sql.

create table sweep (
    id            text primary key,
    name          text not null,
    description   text,
    file          text not null,
    yaml_text     text not null,
    method        text not null,
    plan_json     text not null,
    metric        text not null,
    created_utc   text not null,
    command_line  text not null
);
create index sweep_created on sweep (created_utc);

create table trial (
    sweep_id        text not null references sweep (id) on delete cascade,
    number          integer not null,
    name            text not null,
    variant         text,
    seed            text not null,
    parameters_json text not null,
    config_json     text not null,
    config_sha256   text not null,
    run_id          text references run (id) on delete set null,
    primary key (sweep_id, number)
) without rowid;
create index trial_run on trial (run_id);

create table claim (
    sweep_id      text not null references sweep (id) on delete cascade,
    number        integer not null,
    text          text not null,
    expression    text not null,
    verdict       text not null check (verdict in ('holds', 'does_not_hold', 'undecided')),
    evidence      text not null,
    seeds_json    text not null,
    judged_utc    text not null,
    primary key (sweep_id, number)
) without rowid;

pragma user_version = 3;
