-- Version 2: verifications, continuations, and the differences from the commit. What stands here ends as it stands in Schema.sql.

alter table run add column verification text not null default 'unverified' check (verification in ('unverified', 'verified', 'mismatch'));
create index run_parent on run (parent_run_id);
alter table run add column failure text check (failure in ('not_finite', 'disk', 'bug'));

alter table provenance add column git_diff text;
alter table provenance add column program_sha256 text;

create table provenance_experiment_file (
    run_id text not null references provenance (run_id) on delete cascade,
    path   text not null,
    sha256 text not null,
    primary key (run_id, path)
) without rowid;

create table verification (
    id               integer primary key,
    run_id           text not null references run (id) on delete cascade,
    verifying_run_id text references run (id) on delete set null,
    verdict          text not null check (verdict in ('verified', 'mismatch')),
    finished_utc     text not null,
    epochs_compared  integer not null,
    epochs_stored    integer not null,
    first_epoch      integer,
    difference_kind  text
        check (difference_kind in ('configuration', 'data', 'order', 'tensor', 'parameters', 'optimizer', 'metric', 'summary', 'artifact')),
    difference_name  text,
    stored_value     text,
    stored_bits      text,
    computed_value   text,
    computed_bits    text,
    likely_causes    text not null default '[]'
);
create index verification_run on verification (run_id);
create index verification_verifying_run on verification (verifying_run_id);

create table resumption (
    id              integer primary key,
    run_id          text not null references run (id) on delete cascade,
    epoch           integer not null,
    epochs_cut      integer not null,
    resumed_utc     text not null,
    previous_status text not null,
    command_line    text not null,
    git_commit      text,
    git_diff_sha256 text,
    program_sha256  text,
    host            text not null,
    cpu_model       text not null,
    simd_path       text not null,
    threads         integer not null,
    dotnet_version  text not null
);
create index resumption_run on resumption (run_id);

pragma user_version = 2;
