-- Version 4: the seal of a completed run, which the program adds after this, and what was not committed when a run went on. What stands here ends as it stands in Schema.sql.

alter table run add column seal_sha256 text;
alter table resumption add column git_diff text;

pragma user_version = 4;
