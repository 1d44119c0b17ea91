using System.Globalization;
using System.Text;

namespace AeVae.Tracking;

/// <summary>Every statement that is run against the results file.</summary>
static class Sql
{
    public const string Begin = "begin immediate";
    public const string Commit = "commit";
    public const string BeginReading = "begin deferred";
    public const string Rollback = "rollback";

    public const string UserVersion = "pragma user_version";
    public const string QuickCheck = "pragma quick_check(1)";
    public const string JournalWal = "pragma journal_mode = wal";
    public const string JournalDelete = "pragma journal_mode = delete";
    public const string CopyInto = "vacuum into $path";
    public const string AnyRun = "select 1 from run limit 1";

    public const string DefineMetric = """
        insert into metric_definition (name, unit, reduction, goal, description) values ($name, $unit, $reduction, $goal, $description)
        on conflict (name) do update set unit = excluded.unit, reduction = excluded.reduction, goal = excluded.goal, description = excluded.description
        """;

    // Older programs defined two by the wall clock, which no run has: they are columns of epoch.
    public const string Definitions = "select name, unit, reduction, goal, description from metric_definition where reduction <> 'wall clock'";
    public const string Goal = "select goal from metric_definition where name = $name";

    public const string FindExperiment = """
        select id from experiment
        where config_sha256 = $config_sha256 and name = $name and description is $description and file = $file and yaml_text = $yaml_text
        """;

    public const string AddExperiment = """
        insert into experiment (name, description, file, config_json, config_sha256, yaml_text)
        values ($name, $description, $file, $config_json, $config_sha256, $yaml_text)
        returning id
        """;

    public const string AddRun = """
        insert into run (id, name, experiment_id, variant, seed, status, started_utc, numeric_contract, parent_run_id, note, effective_beta, parameter_count,
            epochs_planned, lease_host, lease_boot_id, lease_process_id, lease_process_start, heartbeat_utc)
        values ($id, $name, $experiment_id, $variant, $seed, 'running', $now, $numeric_contract, $parent_run_id, $note, $effective_beta, $parameter_count,
            $epochs_planned, $host, $boot_id, $process_id, $process_start, $now)
        """;

    public const string HasRun = "select 1 from run where id = $id";
    public const string AddParameter = "insert into run_param (run_id, key, value) values ($run_id, $key, $value)";
    public const string AddTag = "insert or ignore into tag (run_id, name) values ($run_id, $name)";
    public const string AddWarning = "insert into warning (run_id, epoch, message) values ($run_id, $epoch, $message)";

    public const string AddProvenance = """
        insert into provenance (run_id, command_line, git_commit, git_branch, git_dirty, git_diff_sha256, git_diff, program_sha256, host, operating_system,
            cpu_model, logical_processors, simd_path, threads, dotnet_version, locale, time_zone)
        values ($run_id, $command_line, $git_commit, $git_branch, $git_dirty, $git_diff_sha256, $git_diff, $program_sha256, $host, $operating_system,
            $cpu_model, $logical_processors, $simd_path, $threads, $dotnet_version, $locale, $time_zone)
        """;

    public const string AddEnvironment = "insert into provenance_environment (run_id, name, value) values ($run_id, $name, $value)";
    public const string AddPackage = "insert into provenance_package (run_id, name, version) values ($run_id, $name, $version)";
    public const string AddDataFile = "insert into provenance_data_file (run_id, path, bytes, sha256) values ($run_id, $path, $bytes, $sha256)";
    public const string AddExperimentFile = "insert into provenance_experiment_file (run_id, path, sha256) values ($run_id, $path, $sha256)";

    // Only by the process that has the run: one that was taken for dead must not write between the epochs of its successor.
    // One that was only marked as crashed, since it was silent for too long, is back.
    const string IsMine = "lease_host = $host and lease_boot_id = $boot_id and lease_process_id = $process_id and lease_process_start = $process_start";
    const string SetAlive = """
        update run set heartbeat_utc = $now, status = iif(status = 'crashed', 'running', status), reason = iif(status = 'crashed', null, reason),
            reason_epoch = iif(status = 'crashed', null, reason_epoch), finished_utc = iif(status = 'crashed', null, finished_utc)
        """;

    public const string Heartbeat = $"{SetAlive}, epochs_done = max(epochs_done, $epoch) where id = $run_id and {IsMine}";
    public const string LateRecord = "update run set epochs_done = max(epochs_done, $epoch), heartbeat_utc = max(heartbeat_utc, $time) where id = $run_id";
    public const string HeartbeatOfAll = $"{SetAlive} where status in ('running', 'crashed') and {IsMine}";
    public const string LeaseOfRun = "select lease_host, lease_boot_id, lease_process_id, lease_process_start, status, tainted_reason, heartbeat_utc from run where id = $run_id";
    public const string HasMetric = "select 1 from metric where run_id = $run_id and epoch = $epoch and split = $split and name = $name";
    public const string HasArtifact = "select 1 from artifact where run_id = $run_id and name = $name";
    public const string HasWarning = "select 1 from warning where run_id = $run_id and epoch = $epoch and message = $message";
    public const string HasEpoch = "select 1 from epoch where run_id = $run_id and epoch = $epoch";

    public const string AddEpoch = """
        insert into epoch (run_id, epoch, parameters_sha256, optimizer_sha256, order_sha256, seconds, images_per_second)
        values ($run_id, $epoch, $parameters_sha256, $optimizer_sha256, $order_sha256, $seconds, $images_per_second)
        """;

    public const string AddTensor = "insert into epoch_tensor (run_id, epoch, tensor, sha256) values ($run_id, $epoch, $tensor, $sha256)";
    public const string AddMetric = "insert into metric (run_id, epoch, split, name, value, kind) values ($run_id, $epoch, $split, $name, $value, $kind)";

    public const string AddSummary = """
        insert into metric_summary (run_id, split, name, last_epoch, last_value, last_kind, best_epoch, best_value, min_value, max_value)
        values ($run_id, $split, $name, $last_epoch, $last_value, $last_kind, $best_epoch, $best_value, $min_value, $max_value)
        """;

    // $finite is the value when it is finite, else null; $scored the same when the metric has a goal, else null.
    public const string Summarize = """
        insert into metric_summary (run_id, split, name, last_epoch, last_value, last_kind, best_epoch, best_value, min_value, max_value)
        values ($run_id, $split, $name, $epoch, $value, $kind, iif($scored is null, null, $epoch), $scored, $finite, $finite)
        on conflict (run_id, split, name) do update set
            last_value = iif(excluded.last_epoch >= last_epoch, excluded.last_value, last_value),
            last_kind = iif(excluded.last_epoch >= last_epoch, excluded.last_kind, last_kind),
            last_epoch = max(excluded.last_epoch, last_epoch),
            best_epoch = iif(best_value is null or ($goal = 'lower' and $scored < best_value) or ($goal = 'higher' and $scored > best_value), excluded.best_epoch, best_epoch),
            best_value = iif(best_value is null or ($goal = 'lower' and $scored < best_value) or ($goal = 'higher' and $scored > best_value), $scored, best_value),
            min_value = coalesce(min(min_value, $finite), min_value, $finite),
            max_value = coalesce(max(max_value, $finite), max_value, $finite)
        """;

    public const string AddArtifact = """
        insert into artifact (run_id, name, kind, media_type, bytes, sha256, file_path, content)
        values ($run_id, $name, $kind, $media_type, $bytes, $sha256, $file_path, $content)
        """;

    public const string FinishRun = """
        update run set status = $status, reason = $reason, reason_epoch = $reason_epoch, failure = $failure, finished_utc = $now, heartbeat_utc = $now,
            tainted_reason = $tainted_reason
        where id = $run_id
        """;

    public const string UnsealedRuns = "select id from run where status = 'completed' and seal_sha256 is null";
    public const string SealRun = "update run set seal_sha256 = $seal_sha256 where id = $run_id";
    public const string SealOfRun = "select seal_sha256 from run where id = $run_id";

    const string VerificationColumns = """
        run_id, verifying_run_id, verdict, finished_utc, epochs_compared, epochs_stored, first_epoch,
            difference_kind, difference_name, stored_value, stored_bits, computed_value, computed_bits, likely_causes
        """;

    public const string AddVerification = $"""
        insert into verification ({VerificationColumns})
        values ($run_id, $verifying_run_id, $verdict, $now, $epochs_compared, $epochs_stored, $first_epoch,
            $difference_kind, $difference_name, $stored_value, $stored_bits, $computed_value, $computed_bits, $likely_causes)
        """;

    // A mismatch stands until a later verification has compared as far and found all equal: that the first epochs are equal does not take it back.
    public const string JudgeRun = """
        update run set verification = iif(not exists (select 1 from verification where run_id = $run_id), 'unverified', iif(exists (
            select 1 from verification m where m.run_id = $run_id and m.verdict = 'mismatch' and not exists (
                select 1 from verification v where v.run_id = $run_id and (v.finished_utc, v.id) > (m.finished_utc, m.id) and v.verdict = 'verified'
                    and v.epochs_compared >= coalesce(m.first_epoch, m.epochs_stored))), 'mismatch', 'verified'))
        where id = $run_id
        """;

    public const string ForgetTag = "delete from tag where run_id = $run_id and name = $name";
    public const string SetNote = "update run set note = $note where id = $run_id";

    public const string VerifyingRuns = "select id from run where parent_run_id in (select value from json_each($run_ids))";
    public const string SweepsOfRuns = $"select distinct sweep_id from trial where {OneOfRuns}";
    public const string RemoveRuns = "delete from run where id in (select value from json_each($run_ids))";
    public const string RemoveSweep = "delete from sweep where id = $id";
    public const string RemoveUnusedExperiments = "delete from experiment where not exists (select 1 from run where experiment_id = experiment.id)";
    public const string GiveSpaceBack = "vacuum";
    public const string WorthGivingBack = "select f.freelist_count * 10 > p.page_count and not exists (select 1 from run where status = 'running') from pragma_freelist_count f, pragma_page_count p";

    // With --needed a trial may have taken a run that was there before, or one that another sweep has, too.
    public const string OwnRunsOfSweep = """
        select distinct t.run_id from trial t join sweep s on s.id = t.sweep_id join run r on r.id = t.run_id
        where s.id = $sweep_id and r.started_utc >= s.created_utc and not exists (select 1 from trial o where o.run_id = t.run_id and o.sweep_id <> s.id)
        """;

    public const string TaintedReason = "select tainted_reason from run where id = $run_id";
    public const string HasResumption = "select 1 from resumption where run_id = $run_id limit 1";

    public const string CutEpochs = "delete from epoch where run_id = $run_id and epoch > $epoch";
    public const string CutMetrics = "delete from metric where run_id = $run_id and (epoch > $epoch or split = 'test')";   // test: measured once, at the end
    // A verdict on epochs that are no more; what was found equal of those that stay remains.
    public const string CutMismatches = "delete from verification where run_id = $run_id and verdict = 'mismatch' and coalesce(first_epoch, epochs_stored) > $epoch";
    public const string CutVerified = "update verification set epochs_compared = $epoch where run_id = $run_id and verdict = 'verified' and epochs_compared > $epoch";
    public const string CutEmptyVerified = "delete from verification where run_id = $run_id and verdict = 'verified' and epochs_compared = 0";
    public const string CutWarnings = "delete from warning where run_id = $run_id and epoch > $epoch";
    // Those of an epoch end in its number, as ArtifactNames.LatentFrame says; all others are made at the end.
    public const string CutArtifacts = "delete from artifact where run_id = $run_id and (name not like 'latent_frame/%' or cast(substr(name, 14) as integer) > $epoch)";
    public const string CutSummaries = "delete from metric_summary where run_id = $run_id";

    public const string MetricsInOrder = """
        select m.epoch, m.split, m.name, m.value, m.kind, d.goal
        from metric m join metric_definition d on d.name = m.name where m.run_id = $run_id order by m.epoch
        """;

    public const string TakeRun = """
        update run set status = 'running', reason = null, reason_epoch = null, failure = null, finished_utc = null, seal_sha256 = null, epochs_done = $epoch, tainted_reason = $tainted_reason,
            lease_host = $host, lease_boot_id = $boot_id, lease_process_id = $process_id, lease_process_start = $process_start, heartbeat_utc = $now
        where id = $run_id
        """;

    public const string AddResumption = """
        insert into resumption (run_id, epoch, epochs_cut, resumed_utc, previous_status, command_line, git_commit, git_diff_sha256, git_diff, program_sha256, host, cpu_model, simd_path, threads, dotnet_version)
        values ($run_id, $epoch, $epochs_cut, $now, $previous_status, $command_line, $git_commit, $git_diff_sha256, $git_diff, $program_sha256, $host, $cpu_model, $simd_path, $threads, $dotnet_version)
        """;

    public const string ResumptionsOfRun = """
        select epoch, epochs_cut, resumed_utc, previous_status, command_line, git_commit, git_diff_sha256, git_diff, program_sha256, host, cpu_model, simd_path, threads, dotnet_version
        from resumption where run_id = $run_id order by id
        """;

    // A run that only verifies another is not one to find again.
    public const string OfConfiguration = """
        select r.id from run r join experiment e on e.id = r.experiment_id
        where e.config_sha256 = $config_sha256 and r.numeric_contract = $numeric_contract and r.parent_run_id is null order by r.started_utc desc
        """;

    public const string Attach = "attach database $path as other";
    public const string DeferForeignKeys = "pragma defer_foreign_keys = on";
    public const string Columns = "select name from pragma_table_info($table) order by cid";
    public const string OtherRuns = "select id from other.run order by started_utc, id";
    public const string OtherRunsOfMine = $"select id from other.run where {IsMine} order by started_utc, id";
    public const string OtherSweepsOfMine = $"select distinct sweep_id from other.trial where run_id in (select id from other.run where {IsMine})";
    public const string OtherSweeps = "select id from other.sweep order by created_utc, id";
    const string IsSameExperiment = "m.config_sha256 = e.config_sha256 and m.name = e.name and m.description is e.description and m.file = e.file and m.yaml_text = e.yaml_text";
    public const string MergeExperiment = $"""
        insert into main.experiment (name, description, file, config_json, config_sha256, yaml_text)
        select e.name, e.description, e.file, e.config_json, e.config_sha256, e.yaml_text from other.experiment e join other.run r on r.experiment_id = e.id
        where r.id = $id and not exists (select 1 from main.experiment m where {IsSameExperiment})
        """;

    public const string MergedExperimentId = $"(select m.id from main.experiment m join other.experiment e on {IsSameExperiment} where e.id = o.experiment_id)";

    // What the two files say of the epochs that both have; 0 stands for what has no epoch. Test metrics belong to the end and are compared where both have them.
    public const string FirstOtherEpoch = """
        select epoch, what from (
            select 0 as epoch, 'it has another configuration or seed' as what where not exists (
                select 1 from main.run a join main.experiment x on x.id = a.experiment_id join other.run b on b.id = a.id join other.experiment y on y.id = b.experiment_id
                where a.id = $id and x.config_sha256 = y.config_sha256 and a.seed = b.seed and a.numeric_contract = b.numeric_contract)
            union all
            select a.epoch, 'a digest' from main.epoch a join other.epoch b using (run_id, epoch)
            where run_id = $id and (a.parameters_sha256, a.optimizer_sha256, a.order_sha256) <> (b.parameters_sha256, b.optimizer_sha256, b.order_sha256)
            union all
            select a.epoch, a.split || '.' || a.name from main.metric a join other.metric b using (run_id, epoch, split, name)
            where run_id = $id and (a.value is not b.value or a.kind is not b.kind)
            union all
            select 0, 'its artifact ' || a.name || ' differs' from main.artifact a join other.artifact b using (run_id, name) where run_id = $id and a.sha256 <> b.sha256
        ) order by epoch limit 1
        """;

    // What a run took is sealed, too, but no result: resumed in two files, it took another time in each.
    public const string HasOtherSeal = """
        select 1 from main.run a join other.run b using (id) where id = $id and a.status = 'completed' and b.status = 'completed' and a.seal_sha256 <> b.seal_sha256 and (
            exists (select epoch, tensor, sha256 from main.epoch_tensor where run_id = $id except select epoch, tensor, sha256 from other.epoch_tensor where run_id = $id)
            or exists (select epoch, tensor, sha256 from other.epoch_tensor where run_id = $id except select epoch, tensor, sha256 from main.epoch_tensor where run_id = $id)
            or exists (select epoch, split, name from main.metric where run_id = $id except select epoch, split, name from other.metric where run_id = $id)
            or exists (select epoch, split, name from other.metric where run_id = $id except select epoch, split, name from main.metric where run_id = $id)
            or exists (select name from main.artifact where run_id = $id except select name from other.artifact where run_id = $id)
            or exists (select name from other.artifact where run_id = $id except select name from main.artifact where run_id = $id)
        )
        """;

    // Further on, not just later: a run that was completed on one machine may have been resumed and stopped again on another.
    // 1: the other copy is the later one; 0: both are the same; -1: this one is.
    public const string WhichIsLater = """
        select case when a.status = 'running' and a.lease_host = $host and (a.lease_host, a.lease_boot_id, a.lease_process_id) is not (b.lease_host, b.lease_boot_id, b.lease_process_id) then -1 -- a process trains it on here
            else ((b.status = 'completed', b.epochs_done, b.heartbeat_utc) > (a.status = 'completed', a.epochs_done, a.heartbeat_utc))
            - ((b.status = 'completed', b.epochs_done, b.heartbeat_utc) < (a.status = 'completed', a.epochs_done, a.heartbeat_utc)) end
        from main.run a join other.run b using (id) where id = $id
        """;

    public const string MergeVerifications = $"""
        insert into main.verification ({VerificationColumns})
        select {VerificationColumns}
        from other.verification o where run_id = $id and not exists (select 1 from main.verification m where m.run_id = $id and m.finished_utc = o.finished_utc and m.verdict = o.verdict)
            and not exists (select 1 from main.resumption r where r.run_id = $id and r.resumed_utc > o.finished_utc and coalesce(o.first_epoch, o.epochs_compared) > r.epoch)
        order by o.id
        """;

    public const string FirstOtherTrial = "select a.number from main.trial a join other.trial b using (sweep_id, number) where sweep_id = $id and a.config_sha256 <> b.config_sha256 order by a.number limit 1";
    // Lists only grow: the longer one is the later, and what its file says holds for all of its trials.
    public const string MergeExtension = """
        update main.sweep set yaml_text = o.yaml_text, plan_json = o.plan_json, metric = o.metric, command_line = o.command_line from other.sweep o
        where main.sweep.id = $id and o.id = $id and (select count(*) from other.trial where sweep_id = $id) > (select count(*) from main.trial where sweep_id = $id)
        """;

    public const string RunsOfTrials = "select run_id from main.trial where sweep_id = $id and run_id is not null";
    public const string ForgetMissingVerifiers = "update main.verification set verifying_run_id = null where run_id = $id and verifying_run_id not in (select id from main.run)";
    public const string ForgetMissingRuns = "update main.trial set run_id = null where sweep_id = $id and run_id not in (select id from main.run)";
    // A trial that was trained again has another run: the one that is completed counts, else the later one.
    public const string MergeRunsOfTrials = """
        update main.trial set run_id = o.run_id from other.trial o
        where main.trial.sweep_id = $id and o.sweep_id = $id and o.number = main.trial.number and o.run_id in (select id from main.run) and main.trial.run_id is not o.run_id
            and coalesce((select r.status not in ('completed', 'pruned') and (n.status = 'completed' or n.id > r.id) from main.run r, main.run n where r.id = main.trial.run_id and n.id = o.run_id), 1)
        """;

    public const string RunningLeases = "select lease_host, lease_boot_id, lease_process_id, lease_process_start, id, heartbeat_utc from run where status = 'running'";
    public const string MarkCrashed = "update run set status = 'crashed', reason = $reason, reason_epoch = epochs_done, finished_utc = heartbeat_utc where id = $run_id and status = 'running'";

    // lease_death is our own function: a run whose process is gone has crashed, whatever the file says.
    const string Death = "iif(r.status = 'running', lease_death(r.lease_host, r.lease_boot_id, r.lease_process_id, r.lease_process_start, r.heartbeat_utc), null)";
    const string ShownStatus = $"iif({Death} is null, r.status, 'crashed')";

    const string TagsOfRun = "(select group_concat(name, ' ') from (select name from tag where run_id = r.id order by name))";

    const string SelectSummary = $"""
        select r.id, r.name, e.name, r.variant, r.seed, {ShownStatus}, coalesce(r.reason, {Death}), iif({Death} is null, r.reason_epoch, r.epochs_done),
            r.started_utc, iif({Death} is null, r.finished_utc, r.heartbeat_utc),
            r.epochs_planned, r.epochs_done, r.tainted_reason, {TagsOfRun},
            r.verification, (select max(epochs_compared) from verification where run_id = r.id and verdict = 'verified'), r.parent_run_id
        from run r join experiment e on e.id = r.experiment_id
        """;

    const string Filter = $"""
        where ($only is null or r.id in (select value from json_each($only)))
            and ($name is null or r.name = $name)
            and ($tag is null or exists (select 1 from tag where run_id = r.id and name = $tag))
            and ($status is null or {ShownStatus} = $status)
            and ($verifications or $only is not null or r.parent_run_id is null)
        """;

    public const string SweepsWithin = """
        select sweep_id from trial group by sweep_id
        having count(run_id) > 0 and sum(run_id is not null and run_id not in (select value from json_each($run_ids))) = 0
        """;

    public const string HasSweep = "select 1 from sweep where id = $id";

    public const string AddSweep = """
        insert into sweep (id, name, description, file, yaml_text, method, plan_json, metric, created_utc, command_line)
        values ($id, $name, $description, $file, $yaml_text, $method, $plan_json, $metric, $now, $command_line)
        """;

    public const string PlanOfSweep = "select plan_json from sweep where id = $id";
    public const string ExtendSweep = "update sweep set yaml_text = $yaml_text, plan_json = $plan_json, metric = $metric, command_line = $command_line where id = $id";

    public const string AddTrial = """
        insert into trial (sweep_id, number, name, variant, seed, parameters_json, config_json, config_sha256)
        values ($sweep_id, $number, $name, $variant, $seed, $parameters_json, $config_json, $config_sha256)
        """;

    public const string HasTrial = "select 1 from trial where sweep_id = $sweep_id and number = $number";
    public const string SetRunOfTrial = "update trial set run_id = $run_id where sweep_id = $sweep_id and number = $number and run_id is $run_before";
    public const string ForgetClaims = "delete from claim where sweep_id = $sweep_id";

    public const string AddClaim = """
        insert into claim (sweep_id, number, text, expression, verdict, evidence, seeds_json, judged_utc)
        values ($sweep_id, $number, $text, $expression, $verdict, $evidence, $seeds_json, $now)
        """;

    const string SelectSweep = """
        select id, name, file, method, metric, created_utc, (select count(*) from trial where sweep_id = sweep.id),
            (select count(*) from trial t join run r on r.id = t.run_id where t.sweep_id = sweep.id and r.status in ('completed', 'pruned')),
            description, yaml_text, plan_json, command_line
        from sweep
        """;

    public const string Sweeps = $"{SelectSweep} order by created_utc desc";
    public const string Sweep = $"{SelectSweep} where id = $id";

    const string SelectTrial = $"""
        select t.number, t.name, t.variant, t.seed, t.parameters_json, t.config_json, t.config_sha256, t.run_id, {ShownStatus}
        from trial t left join run r on r.id = t.run_id
        """;

    public const string TrialsOfSweep = $"{SelectTrial} where t.sweep_id = $sweep_id order by t.number";
    public const string TrialOfSweep = $"{SelectTrial} where t.sweep_id = $sweep_id and t.number = $number";

    public const string RunsOfSweep = "select distinct run_id from (select run_id from trial where sweep_id = $sweep_id and run_id is not null order by number)";
    public const string ClaimsOfSweep = "select text, expression, verdict, evidence, seeds_json from claim where sweep_id = $sweep_id order by number";

    public const string SweepsLike = "select id from sweep where substr(id, 1, length($text)) = $text or substr(id, -length($text)) = $text order by created_utc desc";
    public const string SweepsOf = """
        select id from sweep where name = $text or file = $text
        order by $with_runs and not exists (select 1 from trial where sweep_id = sweep.id and run_id is not null), created_utc desc limit 1
        """;
    public const string NthNewestSweep = "select id from sweep order by created_utc desc limit 1 offset $offset";

    public const string ListNewest = $"{SelectSummary} {Filter} order by r.started_utc desc limit $limit";

    public const string CountRuns = $"select count(*) from run r {Filter}";

    const string SelectWithMetric = $"""
        {SelectSummary} left join metric_summary s on s.run_id = r.id and s.split = $split and s.name = $key
        {Filter}
        """;

    public const string ListByMetric = $"""
        {SelectWithMetric} order by s.last_value is null, $direction * s.last_value, r.started_utc desc limit $limit
        """;

    // Of the loss, epochs in which the KL weight still rises are left out: as in RunDetail.Comparable.
    const string WarmUpEpochs = "coalesce((select cast(value as integer) from run_param where run_id = s.run_id and key = 'loss.kl_warmup_epochs'), 0)";
    const string IsBestOfWarmUp = $"s.name = 'loss' and s.best_epoch <= {WarmUpEpochs}";
    const string AfterWarmUp = $"from metric m where m.run_id = s.run_id and m.split = s.split and m.name = s.name and m.epoch > {WarmUpEpochs} and m.value is not null order by m.value, m.epoch limit 1";
    const string BestEpoch = $"iif({IsBestOfWarmUp}, (select m.epoch {AfterWarmUp}), s.best_epoch)";
    const string BestValue = $"iif({IsBestOfWarmUp}, (select m.value {AfterWarmUp}), s.best_value)";

    public const string ListByBest = $"""
        {SelectWithMetric} order by {BestValue} is null, $direction * {BestValue}, r.started_utc desc limit $limit
        """;

    public const string ListByParameter = $"""
        {SelectSummary} left join run_param p on p.run_id = r.id and p.key = $key
        {Filter} order by p.value is null, $direction * cast(p.value as real), iif($direction > 0, p.value, null), p.value desc, r.started_utc desc limit $limit
        """;

    // As RunDetail.ReachedBeta, to the last bit.
    const string ReachedBeta = """
        coalesce((select r.effective_beta * s.last_value / cast(p.value as real) from metric_summary s join run_param p on p.run_id = s.run_id and p.key = 'loss.kl_weight'
            where s.run_id = r.id and s.split = 'train' and s.name = 'kl_weight' and s.last_value < cast(p.value as real)), r.effective_beta)
        """;

    // Of a run itself, beside its metrics and keys: RunColumn.OfRun.
    const string OwnColumn = $"""
        case $key when 'name' then r.name when 'variant' then r.variant when 'status' then {ShownStatus} when 'verification' then r.verification
            when 'epochs' then r.epochs_done when 'seconds' then (select round(sum(seconds), 1) from epoch where run_id = r.id)
            when 'effective_beta' then r.effective_beta when 'reached_beta' then {ReachedBeta} when 'parameter_count' then r.parameter_count
            when 'tags' then {TagsOfRun} when 'note' then r.note when 'started' then r.started_utc end
        """;

    public const string ListByRunColumn = $"""
        {SelectSummary} {Filter}
        order by {OwnColumn} is null, iif($direction > 0, {OwnColumn}, null), {OwnColumn} desc, r.started_utc desc limit $limit
        """;

    public const string RunColumnOfRuns = $"select r.id, {OwnColumn} from run r where r.id in (select value from json_each($run_ids)) and {OwnColumn} is not null";

    public const string Summary = $"{SelectSummary} where r.id = $run_id";

    public const string HasParameter = "select 1 from run_param where key = $key limit 1";
    public const string AllKeys = "select distinct key from run_param order by key";
    public const string KeysEndingIn = "select distinct key from run_param where substr(key, -length($ending)) = $ending order by key";
    public const string KeysThatDiffer = $"""
        select key from run_param where {OneOfRuns} group by key having count(distinct value) > 1 order by key
        """;

    public const string ParameterOfRuns = $"select run_id, value from run_param where {OneOfRuns} and key = $key";

    const string SelectMetricSummary = $"select s.split, s.name, s.last_epoch, s.last_value, s.last_kind, {BestEpoch}, {BestValue}, s.min_value, s.max_value, s.run_id from metric_summary s";
    const string OneOfRuns = "run_id in (select value from json_each($run_ids))";
    public const string MetricSummaryOfRuns = $"{SelectMetricSummary} where s.{OneOfRuns} and s.split = $split and s.name = $name";
    public const string StoredSummariesOfRun = "select split, name, last_epoch, last_value, last_kind, best_epoch, best_value, min_value, max_value from metric_summary where run_id = $run_id";
    public const string MetricSummariesOfRun = $"{SelectMetricSummary} where s.run_id = $run_id order by s.split, s.name";

    public const string Detail = """
        select e.name, e.description, e.file, e.config_json, e.config_sha256, e.yaml_text,
            r.numeric_contract, r.effective_beta, r.parameter_count, r.note, r.failure, r.lease_host, r.lease_process_id, r.heartbeat_utc, r.lease_boot_id, r.lease_process_start
        from run r join experiment e on e.id = r.experiment_id where r.id = $run_id
        """;

    public const string ParametersOfRun = "select key, value from run_param where run_id = $run_id order by key";
    public const string WarningsOfRun = "select epoch, message from warning where run_id = $run_id order by id";
    public const string EpochsOfRun = "select epoch, parameters_sha256, optimizer_sha256, order_sha256, seconds, images_per_second from epoch where run_id = $run_id order by epoch";
    public const string ArtifactsOfRun = "select name, kind, media_type, bytes, sha256, file_path from artifact where run_id = $run_id order by name";

    public const string ProvenanceOfRun = """
        select command_line, git_commit, git_branch, git_dirty, git_diff_sha256, host, operating_system, cpu_model,
            logical_processors, simd_path, threads, dotnet_version, locale, time_zone, git_diff, program_sha256
        from provenance where run_id = $run_id
        """;

    public const string EnvironmentOfRun = "select name, value from provenance_environment where run_id = $run_id order by name";
    public const string PackagesOfRun = "select name, version from provenance_package where run_id = $run_id order by name";
    public const string DataFilesOfRun = "select path, bytes, sha256 from provenance_data_file where run_id = $run_id order by path";
    public const string ExperimentFilesOfRun = "select path, sha256 from provenance_experiment_file where run_id = $run_id order by path";

    public const string VerificationsOfRun = """
        select verifying_run_id, verdict, finished_utc, epochs_compared, epochs_stored, first_epoch,
            difference_kind, difference_name, stored_value, computed_value, stored_bits, computed_bits, likely_causes
        from verification where run_id = $run_id order by finished_utc, id
        """;

    public const string TensorsOfEpoch = "select tensor, sha256 from epoch_tensor where run_id = $run_id and epoch = $epoch order by tensor";
    public const string TensorsOfRun = "select epoch, tensor, sha256 from epoch_tensor where run_id = $run_id order by epoch, tensor";
    public const string MetricsOfEpoch = "select split, name, value, kind from metric where run_id = $run_id and epoch = $epoch and split <> 'test' order by split, name";
    public const string EpochOfRun = "select parameters_sha256, optimizer_sha256, order_sha256, seconds, images_per_second from epoch where run_id = $run_id and epoch = $epoch";

    public const string Series = "select split, name, epoch, value, kind from metric where run_id = $run_id order by split, name, epoch";
    public const string ArtifactContent = "select content from artifact where run_id = $run_id and name = $name";

    // A run with a parent verifies it: only its id selects it, so that `@last` and a name mean what was trained.
    public const string NewestOfName = "select id from run where name = $name and parent_run_id is null order by started_utc desc limit 1";
    public const string NewestOfFile = "select r.id from run r join experiment e on e.id = r.experiment_id where e.file = $file and r.parent_run_id is null order by r.started_utc desc limit 1";
    public const string NthNewest = "select id from run where parent_run_id is null order by started_utc desc limit 1 offset $offset";
    public const string OfTag = "select r.id from tag t join run r on r.id = t.run_id where t.name = $tag and r.parent_run_id is null order by r.started_utc desc";
    public const string OfPrefix = "select id from run where substr(id, 1, length($prefix)) = $prefix order by started_utc desc";
    public const string OfEnding = "select id from run where substr(id, -length($ending)) = $ending order by started_utc desc";

    // The last epoch of the loss is one after the KL weight has risen.
    const string HasRisen = "last_epoch > coalesce((select cast(value as integer) from run_param where run_param.run_id = metric_summary.run_id and key = 'loss.kl_warmup_epochs'), 0)";

    public const string Best = $"""
        select run_id from metric_summary join run on id = run_id
        where split = $split and metric_summary.name = $name and last_value is not null and parent_run_id is null and ($name <> 'loss' or {HasRisen})
        order by $direction * last_value, started_utc desc limit 1
        """;

    // What a run minimises, and on which images, as one text: by the keys of LossKeys.
    // A folder of one's own images may hold others by now; files that are published are what their name says.
    const string ObjectiveOfRun = """
        (select group_concat(value, ' ') from (select value from run_param where run_param.run_id = run.id and key in (select value from json_each($keys)) order by key))
            || coalesce((select group_concat(sha256, ' ') from (select sha256 from provenance_data_file where provenance_data_file.run_id = run.id order by path)
                where exists (select 1 from run_param where run_param.run_id = run.id and key = 'data.path')), '')
        """;

    public const string ObjectivesOfRuns = $"select count(distinct {ObjectiveOfRun}) from run where id in (select value from json_each($ids))";

    /// <summary>How many different losses the runs minimise that have a loss on a split, or on different images.</summary>
    public const string Objectives = $"""
        select count(distinct {ObjectiveOfRun}) from metric_summary join run on id = run_id
            where split = $split and metric_summary.name = 'loss' and last_value is not null and parent_run_id is null and {HasRisen}
        """;

    public const string NamesAndTags = "select name from run union select 'tag:' || name from tag union select 'sweep:' || name from sweep";
    public const string NewestIds = "select id from run order by started_utc desc limit 200";

    /// <summary>All tables of the present version.</summary>
    public static string Schema => Resource("Schema.sql");

    /// <summary>Brings a file of version <paramref name="from"/> to the next one.</summary>
    public static string Migration(int from) => Resource(string.Create(CultureInfo.InvariantCulture, $"{from}-to-{from + 1}.sql"));

    static string Resource(string name)
    {
        using Stream stream = typeof(Sql).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
