-- The results file, version 4. Times are UTC as ISO 8601 with seven decimals, so that they sort as text; digests are SHA-256 in lower-case hex.

pragma application_id = 1097160289;        -- 'AeVa' in ASCII: tells our file from any other SQLite file
pragma user_version = 4;                   -- version of this schema

-- One row per distinct resolved configuration and text it came from.
create table experiment (
    id            integer primary key,     -- number within this file
    name          text not null,           -- name in the file
    description   text,                    -- description in the file
    file          text not null,           -- path of the file, relative to the project root, with forward slashes
    config_json   text not null,           -- resolved configuration as canonical JSON, every default written out
    config_sha256 text not null,           -- digest of config_json
    yaml_text     text not null            -- the file as the user wrote it
);
create index experiment_config on experiment (config_sha256);

-- One row per run: what it is, how it ended, and the lease of the process that works on it.
create table run (
    id                 text primary key,   -- UTC date, time and four random characters, such as 261121-071305-k3f9
    name               text not null,      -- what people call it; the newest run of a name is meant
    experiment_id      integer not null references experiment (id),
    variant            text,               -- variant of the experiment, if it has several
    seed               text not null,      -- unsigned 64-bit number in decimal: SQLite's integers are signed
    status             text not null       -- where it stands
        check (status in ('queued', 'running', 'completed', 'failed', 'interrupted', 'crashed', 'pruned', 'skipped')),
    reason             text,               -- why it ended as it did
    reason_epoch       integer,            -- the epoch that reason speaks of
    failure            text                -- what kind of failure it was; null unless it failed. After not_finite the same would happen again
        check (failure in ('not_finite', 'disk', 'bug')),
    started_utc        text not null,      -- when it began
    finished_utc       text,               -- when it ended
    numeric_contract   integer not null,   -- version of the numeric contract that its arithmetic follows
    parent_run_id      text references run (id),   -- the run that it verifies
    note               text,               -- remark of the user
    effective_beta     real,               -- KL weight ÷ scale of the reconstruction term per image; null without KL
    parameter_count    integer not null,   -- trainable numbers in the model
    epochs_planned     integer not null,   -- epochs it is to train
    epochs_done        integer not null default 0,   -- the last epoch that is stored
    tainted_reason     text,               -- what changed under it between its begin and its end; null when nothing did
    lease_host         text not null,      -- machine of the process that works on it
    lease_boot_id      text not null,      -- which start of that machine and, after a blank, which process namespace; empty where the system gives none
    lease_process_id   integer not null,   -- the process
    lease_process_start integer not null,  -- when the process started, in the system's own count: process ids are used again
    heartbeat_utc      text not null,      -- when the process last wrote; every 10 s while it lives
    seal_sha256        text,               -- digest of all its epochs, tensors, metrics and artifacts when it was completed; null before. `verify` tells by it what was changed since
    verification       text not null default 'unverified'   -- a mismatch stands until a later verification compared as far
        check (verification in ('unverified', 'verified', 'mismatch'))
);
create index run_started on run (started_utc);
create index run_name on run (name, started_utc);
create index run_status on run (status);
create index run_experiment on run (experiment_id);
create index run_parent on run (parent_run_id);

-- Every dotted key of a run's resolved configuration, so that two runs can be compared on what differs.
create table run_param (
    run_id text not null references run (id) on delete cascade,
    key    text not null,                  -- such as train.learning_rate
    value  text not null,                  -- as in the canonical JSON
    primary key (run_id, key)
) without rowid;

-- Labels to select runs by.
create table tag (
    run_id text not null references run (id) on delete cascade,
    name   text not null,                  -- without white space
    primary key (run_id, name)
) without rowid;
create index tag_name on tag (name);

-- What a run warned of.
create table warning (
    id      integer primary key,           -- order of the warnings
    run_id  text not null references run (id) on delete cascade,
    epoch   integer not null,              -- the epoch in which it was noticed
    message text not null                  -- what was noticed
);
create index warning_run on warning (run_id);

-- What a metric means; the same in every split and run.
create table metric_definition (
    name        text primary key,          -- such as loss
    unit        text not null,             -- such as nats per image
    reduction   text not null,             -- such as sum over pixels, mean over images
    goal        text not null check (goal in ('lower', 'higher', 'none')),   -- which value is the best
    description text not null              -- one sentence for a reader of the report
) without rowid;

-- Every measured value. SQLite would make NaN null and −0 zero, so these have a kind.
create table metric (
    run_id text not null references run (id) on delete cascade,
    epoch  integer not null,               -- counted from 1
    split  text not null check (split in ('train', 'validation', 'test')),   -- the images measured
    name   text not null references metric_definition (name),
    value  real,                           -- IEEE double, exact; null for NaN and the infinities
    kind   text check (kind in ('nan', 'inf', '-inf', '-0')),   -- null for any other number
    primary key (run_id, epoch, split, name),
    check ((value is null) = (kind is not null and kind <> '-0'))
) without rowid;

-- Each metric's history in brief, kept up to date as epochs arrive: lists of runs read this and not metric.
create table metric_summary (
    run_id     text not null references run (id) on delete cascade,
    split      text not null,              -- as in metric
    name       text not null,              -- as in metric
    last_epoch integer not null,           -- the last epoch that has the metric
    last_value real,                       -- value there, as in metric
    last_kind  text,                       -- kind there, as in metric
    best_epoch integer,                    -- the first epoch with best_value
    best_value real,                       -- best finite value by the metric's goal; null without a goal
    min_value  real,                       -- least finite value
    max_value  real,                       -- greatest finite value
    primary key (run_id, split, name)
) without rowid;

-- One row per epoch: what `verify` compares, and speed.
create table epoch (
    run_id            text not null references run (id) on delete cascade,
    epoch             integer not null,    -- counted from 1
    parameters_sha256 text not null,       -- tensors in ordinal name order, each as name, shape and little-endian fp32 bytes
    optimizer_sha256  text not null,       -- state of the optimiser after the epoch
    order_sha256      text not null,       -- order in which the images were seen
    seconds           real not null,       -- wall-clock time of training
    images_per_second real not null,       -- training images per second of wall-clock time
    primary key (run_id, epoch)
) without rowid;

-- One digest per tensor of the parameters and of the optimiser's state, and epoch, so that a divergence can be named.
create table epoch_tensor (
    run_id text not null,                  -- as in epoch
    epoch  integer not null,               -- counted from 1
    tensor text not null,                  -- name of the tensor
    sha256 text not null,                  -- its name, shape and little-endian fp32 bytes
    primary key (run_id, epoch, tensor),
    foreign key (run_id, epoch) references epoch (run_id, epoch) on delete cascade
) without rowid;

-- What is larger than a number: latent codes, image grids, final weights. With rowid, as suits large contents.
create table artifact (
    id         integer primary key,        -- number within this file
    run_id     text not null references run (id) on delete cascade,
    name       text not null,              -- such as latent_codes
    kind       text not null,              -- such as array
    media_type text not null,              -- such as application/x-npy
    bytes      integer not null,           -- length of content
    sha256     text not null,              -- digest of content
    file_path  text,                       -- where the same lies as a file, relative to this file's folder
    content    blob not null,              -- the bytes
    unique (run_id, name)
);

-- Where a run was made and from what, taken before its first step.
create table provenance (
    run_id             text primary key references run (id) on delete cascade,
    command_line       text not null,      -- the command and its arguments as a JSON array
    git_commit         text,               -- full hash; null outside of git
    git_branch         text,               -- null when no branch is checked out
    git_dirty          integer,            -- 1 when files differ from the commit; results, reports and data do not count
    git_diff_sha256    text,               -- digest of the differences in tracked files and new source files; null when there are none
    git_diff           text,               -- the differences themselves, for git apply; null when there are none or they are larger than a mebibyte
    program_sha256     text,               -- digest of the program's own assemblies: tells code apart where git is absent
    host               text not null,      -- name of the machine
    operating_system   text not null,      -- with its version
    cpu_model          text not null,      -- the processor's name as it gives it
    logical_processors integer not null,   -- that the process may use
    simd_path          text not null,      -- vector instructions that the kernels used
    threads            integer not null,   -- that the kernels used
    dotnet_version     text not null,      -- of the runtime
    locale             text not null,      -- of the user's environment
    time_zone          text not null       -- local time zone
) without rowid;

-- Environment variables that can change how a run behaves.
create table provenance_environment (
    run_id text not null references provenance (run_id) on delete cascade,
    name   text not null,                  -- the variable
    value  text not null,                  -- its value
    primary key (run_id, name)
) without rowid;

-- Packages of the program.
create table provenance_package (
    run_id  text not null references provenance (run_id) on delete cascade,
    name    text not null,                 -- the package
    version text not null,                 -- its version
    primary key (run_id, name)
) without rowid;

-- The data files that a run reads.
create table provenance_data_file (
    run_id text not null references provenance (run_id) on delete cascade,
    path   text not null,                  -- where it was read from
    bytes  integer not null,               -- its length
    sha256 text not null,                  -- digest of its content
    primary key (run_id, path)
) without rowid;

-- The experiment file and those that it extends; none when the configuration came from a stored run.
create table provenance_experiment_file (
    run_id text not null references provenance (run_id) on delete cascade,
    path   text not null,                  -- relative to the project root, with forward slashes
    sha256 text not null,                  -- digest of its text
    primary key (run_id, path)
) without rowid;

-- One row per verification: a run executed again from its stored configuration and compared to the bit.
create table verification (
    id               integer primary key,  -- order of the verifications
    run_id           text not null references run (id) on delete cascade,   -- the run that was verified
    verifying_run_id text references run (id) on delete set null,           -- the run that executed it again
    verdict          text not null check (verdict in ('verified', 'mismatch')),   -- whether all compared bits are equal
    finished_utc     text not null,        -- when the verdict was known
    epochs_compared  integer not null,     -- epochs 1 to this were compared
    epochs_stored    integer not null,     -- epochs that the run had
    first_epoch      integer,              -- the first epoch that differs; null when none does
    difference_kind  text                  -- what differs first; null when verified
        check (difference_kind in ('configuration', 'data', 'order', 'tensor', 'parameters', 'optimizer', 'metric', 'summary', 'artifact')),
    difference_name  text,                 -- the tensor, the metric as split.name, the key, the file or the artifact
    stored_value     text,                 -- what the run holds: a number in its shortest exact form, or a digest
    stored_bits      text,                 -- the 64 bits of a number in hex
    computed_value   text,                 -- what was computed now
    computed_bits    text,                 -- its 64 bits in hex
    likely_causes    text not null default '[]'   -- sentences in order of likelihood, as a JSON array
);
create index verification_run on verification (run_id);
create index verification_verifying_run on verification (verifying_run_id);

-- One row per continuation of a run that had stopped.
create table resumption (
    id              integer primary key,   -- order of the continuations
    run_id          text not null references run (id) on delete cascade,
    epoch           integer not null,      -- the epoch whose checkpoint it went on from; 0 when it began anew
    epochs_cut      integer not null,      -- stored epochs after that, which were removed to be trained again
    resumed_utc     text not null,         -- when
    previous_status text not null,         -- status of the run before
    command_line    text not null,         -- the command and its arguments as a JSON array
    git_commit      text,                  -- as in provenance
    git_diff_sha256 text,                  -- as in provenance
    git_diff        text,                  -- as in provenance
    program_sha256  text,                  -- as in provenance
    host            text not null,         -- as in provenance
    cpu_model       text not null,         -- as in provenance
    simd_path       text not null,         -- as in provenance
    threads         integer not null,      -- as in provenance
    dotnet_version  text not null          -- as in provenance
);
create index resumption_run on resumption (run_id);

-- One row per sweep: a list of trials that was frozen before the first of them began.
create table sweep (
    id            text primary key,        -- as run.id
    name          text not null,           -- name of the experiment
    description   text,                    -- description in the file
    file          text not null,           -- path of the file, relative to the project root, with forward slashes
    yaml_text     text not null,           -- the file as the user wrote it
    method        text not null,           -- how its points were chosen, such as grid
    plan_json     text not null,           -- names of variants, swept keys, seeds, baseline and claims of the file, as JSON
    metric        text not null,           -- the metric that trials are ranked by, such as val.loss
    created_utc   text not null,           -- when the list was frozen
    command_line  text not null            -- the command and its arguments as a JSON array
);
create index sweep_created on sweep (created_utc);

-- The frozen list: one row per trial, in the order in which they begin.
create table trial (
    sweep_id        text not null references sweep (id) on delete cascade,
    number          integer not null,      -- from 1
    name            text not null,         -- name of its run; trials that differ in the seed alone share it
    variant         text,                  -- its variant, if the experiment has several
    seed            text not null,         -- as in run
    parameters_json text not null,         -- the keys that the sweep sets and their values, as a JSON object of texts
    config_json     text not null,         -- its resolved configuration
    config_sha256   text not null,         -- digest of config_json
    run_id          text references run (id) on delete set null,   -- the run that carries it out; null until one does
    primary key (sweep_id, number)
) without rowid;
create index trial_run on trial (run_id);

-- Verdicts on the claims of a sweep's file.
create table claim (
    sweep_id      text not null references sweep (id) on delete cascade,
    number        integer not null,        -- from 1, as in the file
    text          text not null,           -- the claim in words
    expression    text not null,           -- what is measured for it
    verdict       text not null check (verdict in ('holds', 'does_not_hold', 'undecided')),   -- undecided also where something was not measured
    evidence      text not null,           -- the numbers behind it, in a sentence
    seeds_json    text not null,           -- the seeds that were used, as a JSON array of texts
    judged_utc    text not null,           -- when
    primary key (sweep_id, number)
) without rowid;
