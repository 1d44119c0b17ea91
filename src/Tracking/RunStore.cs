using System.Globalization;
using System.Text.Json;
using AeVae.Tracking.Journals;
using AeVae.Tracking.Merging;
using AeVae.Tracking.Sweeps;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AeVae.Tracking;

/// <summary>The only writer of a results file. Every method is one transaction: all of it is stored, or nothing.</summary>
/// <remarks>Training does not die for the sake of its log: what a run leaves behind while the file cannot be written waits in the run's journal, in order.</remarks>
public sealed class RunStore : IDisposable
{
    static readonly TimeSpan BeatPatience = TimeSpan.FromSeconds(1);   // no epoch shall wait for a beat

    readonly Lock oneAtATime = new();   // a signal handler may end a run while its last epoch is being stored
    readonly string path;
    readonly RecordStore records;
    readonly Timer beats;
    SqliteConnection connection;
    string? rescued;   // a copy of the file that was opened, since it is no longer the one at the path

    RunStore(string path, TimeSpan beatInterval)
    {
        this.path = path;
        connection = ResultsFile.OpenForWriting(path);
        records = new RecordStore(path, Connected);
        beats = new Timer(_ => Beat(), null, beatInterval, beatInterval);
    }

    /// <summary>What was done for runs whose process is dead when the file was opened.</summary>
    public IReadOnlyList<RepairedRun> Repairs { get; private set; } = [];

    /// <summary>Something of this process's runs is not in the file yet.</summary>
    public bool HasWaitingRecords => records.HasWaiting;

    /// <summary>Told, on any thread, that the file cannot be written, and that it can be again.</summary>
    public Action<string>? Notice
    {
        get => records.Notice;
        set => records.Notice = value;
    }

    /// <summary>Opens the file, or creates it, brings in what dead processes left in journals, and marks their runs as crashed.</summary>
    /// <exception cref="StorageException">It is no results file, damaged, read-only or written by a newer version; nothing is changed then.</exception>
    public static RunStore Open(string path) => Open(path, Lease.BeatInterval);

    /// <summary>Opens the file; says every <paramref name="beatInterval"/> that this process is still at work on its runs, however long an epoch takes.</summary>
    internal static RunStore Open(string path, TimeSpan beatInterval)
    {
        var store = new RunStore(Path.GetFullPath(path), beatInterval);
        try
        {
            lock (store.oneAtATime)     // a heartbeat may be due
                store.Repairs = ResultsFile.Guard(store.path, () => DeadRuns.Repair(store.connection, store.path));
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Says what metrics mean; a metric is defined before its first value is stored.</summary>
    public void DefineMetrics(IEnumerable<MetricDefinitionRecord> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        InTransaction(() =>
        {
            foreach (MetricDefinitionRecord metric in definitions)
            {
                connection.Execute(Sql.DefineMetric, ("$name", metric.Name), ("$unit", metric.Unit), ("$reduction", metric.Reduction),
                    ("$goal", metric.Goal), ("$description", metric.Description));
            }
        });
    }

    /// <summary>Stores a run that starts now in this process.</summary>
    /// <returns>The run's id.</returns>
    /// <exception cref="ArgumentException">A tag is empty or has white space.</exception>
    /// <exception cref="RunTakenException">There is a run of its configuration that is not among <see cref="NewRun.KnownEquals"/>.</exception>
    public string BeginRun(NewRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RefuseBadTags(run.Tags);

        string id = "";
        InTransaction(() =>
        {
            RefuseUnknownEquals(run);
            do
                id = RunId.New();
            while (connection.Scalar(Sql.HasRun, ("$id", id)) is not null);
            AddRun(id, run);
            foreach ((string key, string value) in run.Parameters)
                connection.Execute(Sql.AddParameter, ("$run_id", id), ("$key", key), ("$value", value));
            foreach (string tag in run.Tags)
                connection.Execute(Sql.AddTag, ("$run_id", id), ("$name", tag));
            AddProvenance(id, run.Provenance);
            if (run.Trial is { } trial)
                Sweeps.SetRun(trial, id);
        });
        return id;
    }

    static void RefuseBadTags(IEnumerable<string> tags)
    {
        if (tags.FirstOrDefault(tag => tag.Length == 0 || tag.Any(char.IsWhiteSpace)) is { } badTag)
            throw new ArgumentException($"tag '{badTag}': a tag has at least one character and no white space", nameof(tags));
    }

    void RefuseMissing(string runId)
    {
        if (connection.Scalar(Sql.HasRun, ("$id", runId)) is null)
            throw new NoSuchRunException($"There is no run {runId} any more.");
    }

    void RefuseUnknownEquals(NewRun run)
    {
        if (run.KnownEquals is not { } known)
            return;
        (string, object?)[] configuration = [("$config_sha256", run.Experiment.ConfigSha256), ("$numeric_contract", run.NumericContract)];
        if (connection.Texts(Sql.OfConfiguration, configuration).Except(known).FirstOrDefault() is { } other)
            throw new RunTakenException($"run {other} of the same configuration was begun by another process meanwhile.");
    }

    /// <summary>Stores an epoch: its digests, metrics and the summaries that follow from them.</summary>
    /// <exception cref="ArgumentException">The run has this epoch already, or a metric has no definition.</exception>
    /// <exception cref="NoSuchRunException">There is no such run.</exception>
    /// <exception cref="RunTakenException">Another process has taken the run since.</exception>
    public void AppendEpoch(string runId, EpochRecord epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        Store(new FinishedEpoch(runId, DateTimeOffset.UtcNow, epoch));
    }

    /// <summary>Stores metrics taken after training, such as those of the test split.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="epoch">The epoch whose parameters were measured.</param>
    /// <param name="metrics">What was measured; none of it may be stored for this epoch already.</param>
    public void AppendFinalMetrics(string runId, int epoch, IReadOnlyList<MetricRecord> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        Store(new FinishedTest(runId, DateTimeOffset.UtcNow, epoch, metrics));
    }

    /// <summary>Stores an artifact with its length and SHA-256.</summary>
    public void AddArtifact(string runId, Artifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        Store(new FinishedArtifact(runId, DateTimeOffset.UtcNow, artifact));
    }

    /// <summary>Stores what a reader of the run should know.</summary>
    public void AddWarning(string runId, int epoch, string message) => Store(new Warning(runId, DateTimeOffset.UtcNow, epoch, message));

    /// <summary>Takes a run that has stopped, as it was after an epoch: everything later is removed, and this process works on it from now on.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="epoch">The epoch whose state training goes on from; 0 to begin anew.</param>
    /// <param name="now">Where it goes on; the run is tainted when that is other code than at its begin.</param>
    /// <exception cref="RunTakenException">Another process works on it, or has completed it.</exception>
    public ResumedRun ResumeRun(string runId, int epoch, Provenance now)
    {
        ArgumentNullException.ThrowIfNull(now);
        ResumedRun resumed = default;
        InTransaction(() => resumed = new Continuation(connection, runId).Take(epoch, now, Now()));
        return resumed;
    }

    /// <summary>Ends a run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="reasonEpoch">The epoch that <paramref name="reason"/> speaks of.</param>
    /// <param name="atEnd">Provenance taken now: the run is tainted when its code, its experiment file or a data file changed since its begin.</param>
    /// <param name="failure">What kind of failure it was; null unless it failed.</param>
    /// <returns>What changed since its begin; null when nothing did, or when that waits to be found out.</returns>
    /// <exception cref="StorageException">Neither the file nor the journal took what the run has left behind: it is lost.</exception>
    public string? FinishRun(string runId, RunStatus status, string? reason = null, int? reasonEpoch = null, Provenance? atEnd = null, FailureKind? failure = null)
    {
        string? taintedReason = null;
        Store(new RunEnd(runId, DateTimeOffset.UtcNow, status, reason, reasonEpoch, atEnd, failure), isLast: true,
            andThen: () => taintedReason = connection.Scalar(Sql.TaintedReason, ("$run_id", runId)) as string);
        return taintedReason;
    }

    /// <summary>Stores a verdict, and what all verdicts together say of the verified run: a mismatch stands until a later one compared as far and found all equal.</summary>
    public void AddVerification(Verification verification)
    {
        ArgumentNullException.ThrowIfNull(verification);
        (Difference? difference, string verdict) = (verification.Difference, verification.Verdict.ToString().ToLowerInvariant());
        InTransaction(() =>
        {
            connection.Execute(Sql.AddVerification, ("$run_id", verification.RunId), ("$verifying_run_id", verification.VerifyingRunId), ("$verdict", verdict), ("$now", Now()),
                ("$epochs_compared", verification.EpochsCompared), ("$epochs_stored", verification.EpochsStored), ("$first_epoch", verification.FirstEpoch),
                ("$difference_kind", difference?.Kind.ToString().ToLowerInvariant()), ("$difference_name", difference?.Name),
                ("$stored_value", difference?.Stored), ("$stored_bits", difference?.StoredBits), ("$computed_value", difference?.Computed), ("$computed_bits", difference?.ComputedBits),
                ("$likely_causes", JsonSerializer.Serialize(verification.LikelyCauses, StoredValues.Json)));
            connection.Execute(Sql.JudgeRun, ("$run_id", verification.RunId));
        });
    }

    /// <summary>Freezes the list of trials of a sweep.</summary>
    /// <returns>The sweep's id.</returns>
    public string BeginSweep(NewSweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        string id = "";
        InTransaction(() => id = Sweeps.Add(sweep, Now()));
        return id;
    }

    /// <summary>Adds trials to a frozen list, or gives it other claims, another metric or limit, and keeps the file that names them; verdicts are forgotten where trials or claims are others, for they speak of those that there were.</summary>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="extended">The sweep as it is now; its trials are those to add, if any.</param>
    public void ExtendSweep(string sweepId, NewSweep extended)
    {
        ArgumentNullException.ThrowIfNull(extended);
        InTransaction(() => Sweeps.Extend(sweepId, extended));
    }

    /// <summary>Lets a stored run be the one that carries out a trial.</summary>
    /// <exception cref="ArgumentException">There is no such trial.</exception>
    /// <exception cref="RunTakenException">It has another run by now.</exception>
    public void SetRunOfTrial(TrialKey trial, string runId)
    {
        ArgumentNullException.ThrowIfNull(trial);
        InTransaction(() => Sweeps.SetRun(trial, runId));
    }

    /// <summary>Stores the verdicts on the claims of a sweep's file, in place of earlier ones.</summary>
    public void JudgeClaims(string sweepId, IReadOnlyList<ClaimVerdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        InTransaction(() => Sweeps.Judge(sweepId, verdicts, Now()));
    }

    /// <summary>Gives a run labels and takes others from it.</summary>
    /// <exception cref="ArgumentException">A tag is empty or has white space.</exception>
    /// <exception cref="NoSuchRunException">There is no such run.</exception>
    public void ChangeTags(string runId, IReadOnlyList<string> added, IReadOnlyList<string> removed)
    {
        ArgumentNullException.ThrowIfNull(added);
        ArgumentNullException.ThrowIfNull(removed);
        RefuseBadTags(added);
        InTransaction(() =>
        {
            RefuseMissing(runId);
            foreach (string tag in removed)
                connection.Execute(Sql.ForgetTag, ("$run_id", runId), ("$name", tag));
            foreach (string tag in added)
                connection.Execute(Sql.AddTag, ("$run_id", runId), ("$name", tag));
        });
    }

    /// <summary>Replaces the remark on a run; null takes it away.</summary>
    /// <exception cref="NoSuchRunException">There is no such run.</exception>
    public void SetNote(string runId, string? note) => InTransaction(() =>
    {
        RefuseMissing(runId);
        connection.Execute(Sql.SetNote, ("$run_id", runId), ("$note", note));
    });

    /// <summary>Removes runs with all that belongs to them, also those that only verify one of them, and whole sweeps with their <see cref="RunQueries.OwnRunsOf">own runs</see>. Their trials in sweeps that stay are as if they had not begun.</summary>
    /// <exception cref="NoSuchRunException">One of the runs is no more; nothing was removed.</exception>
    /// <exception cref="RunTakenException">A process works on one of them; nothing was removed.</exception>
    public RemovedRuns RemoveRuns(IReadOnlyList<string> runIds, IReadOnlyList<string> sweepIds)
    {
        RemovedRuns? removed = null;
        lock (oneAtATime)
        {
            InTransaction(() => removed = new Removal(connection).Remove(runIds, sweepIds));
            // The whole file is written anew meanwhile, for which no process that trains should wait. Straight to SQLite, and whatever it says: free space serves runs to come.
            if ((long)connection.Scalar(Sql.WorthGivingBack)! == 1)
                raw.sqlite3_exec(connection.Handle, Sql.GiveSpaceBack);
        }

        return removed!;
    }

    /// <summary>Brings in what another results file knows: its runs with all that belongs to them, and its sweeps.</summary>
    /// <param name="otherPath">The other file; it is only read, and a process may write to it meanwhile.</param>
    /// <exception cref="MergeRefusedException">It cannot be read, or the two tell different things of the same run or sweep; nothing was changed.</exception>
    /// <exception cref="StorageException">This file cannot be written; nothing was changed.</exception>
    public MergeResult Merge(string otherPath) => Merge(otherPath, merge => merge.Run());

    /// <summary>Brings in some runs and sweeps of another results file; trials of these sweeps whose runs are neither here nor named are as if they had not begun.</summary>
    /// <exception cref="MergeRefusedException">The other file cannot be read; nothing was changed.</exception>
    /// <exception cref="StorageException">This file cannot be written; nothing was changed.</exception>
    public MergeResult Merge(string otherPath, IReadOnlyList<string> runIds, IReadOnlyList<string> sweepIds) => Merge(otherPath, merge => merge.Run(runIds, sweepIds));

    MergeResult Merge(string otherPath, Func<ResultsMerge, MergeResult> run)
    {
        using OtherFile other = OtherFile.Open(Path.GetFullPath(otherPath));
        lock (oneAtATime)
        {
            ResultsFile.Guard(path, Connected);
            return ResultsMerge.Into(path, other, run);
        }
    }

    /// <summary>Stores what waits, if the file can be written by now.</summary>
    /// <returns>Whether nothing waits any more.</returns>
    public bool TryStoreWaiting()
    {
        lock (oneAtATime)
        {
            try
            {
                if (records.HasWaiting)
                    records.StoreWaiting(ResultsFile.Patience);
            }
            catch (Exception e) when (e is StorageException or RunTakenException or NoSuchRunException)
            {
                // It stays in the journal, or is another process's by now.
            }

            return !records.HasWaiting;
        }
    }

    /// <summary>Closes the file and leaves it alone in its folder, ready to be copied or committed.</summary>
    public void Dispose()
    {
        beats.Dispose();
        lock (oneAtATime)
        {
            if (rescued is null && connection.State != System.Data.ConnectionState.Open)
                return;
            try
            {
                Connected();
            }
            catch (Exception exception) when (exception is StorageException or SqliteException)
            {
                // The copy stays beside the path, if the disk took it.
            }

            if (connection.State == System.Data.ConnectionState.Open)
                ResultsFile.CloseWriter(connection);
        }
    }

    SweepTables Sweeps => new(connection);

    static string Now() => StoredValues.FromTime(DateTimeOffset.UtcNow);

    void InTransaction(Action action)
    {
        lock (oneAtATime)
        {
            ResultsFile.Guard(path, () =>
            {
                Connected().InTransaction(action);
                return true;
            });
        }
    }

    // A file that was replaced is left for the one that is at the path now, and this process's runs go with it.
    SqliteConnection Connected()
    {
        if (rescued is null && !ReplacedFile.Is(connection))
            return connection;
        rescued ??= ReplacedFile.Rescue(connection, path);
        try
        {
            connection = ReplacedFile.Follow(connection, path, rescued);
        }
        catch (Exception exception) when (exception is StorageException or MergeRefusedException or SqliteException)
        {
            throw new StorageException($"{path} was removed or replaced while it was open, and the runs of this process could not be brought into the file that is there now: {exception.Message} "
                + $"They are in {rescued}. When this process has ended: `runner merge {rescued}`, then `runner doctor --repair`.", exception);
        }

        try
        {
            File.Delete(rescued);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A copy of what is stored.
        }

        rescued = null;
        Notice?.Invoke($"{path} was removed or replaced while it was open. The runs of this process were brought into the file that is there now.");
        return connection;
    }

    void Store(RunRecord record, bool isLast = false, Action? andThen = null)
    {
        lock (oneAtATime)
            records.Store(record, isLast, andThen);
    }

    void Beat()
    {
        if (!oneAtATime.TryEnter())
            return;   // whatever is being written is a sign of life itself
        try
        {
            if (rescued is null && connection.State != System.Data.ConnectionState.Open)
                return;
            records.StoreWaiting(BeatPatience, andThen: () => connection.Execute(Sql.HeartbeatOfAll, [.. Lease.Current.Columns, ("$now", Now())]));
        }
        catch (Exception)
        {
            // Of whatever kind: on the thread of a timer it would end the process. The disk may have room and the file be free at the next beat; what does not pass, such as a run that was taken over, the next write tells.
        }
        finally
        {
            oneAtATime.Exit();
        }
    }

    void AddRun(string id, NewRun run)
    {
        connection.Execute(Sql.AddRun, [.. Lease.Current.Columns, ("$id", id), ("$name", run.Name), ("$experiment_id", ExperimentId(run.Experiment)), ("$variant", run.Variant),
            ("$seed", run.Seed.ToString(CultureInfo.InvariantCulture)), ("$now", Now()), ("$numeric_contract", run.NumericContract),
            ("$parent_run_id", run.ParentRunId), ("$note", run.Note), ("$effective_beta", run.EffectiveBeta), ("$parameter_count", run.ParameterCount),
            ("$epochs_planned", run.EpochsPlanned)]);
    }

    long ExperimentId(ExperimentRecord experiment)
    {
        (string, object?)[] columns =
        [
            ("$name", experiment.Name), ("$description", experiment.Description), ("$file", experiment.File), ("$yaml_text", experiment.YamlText),
            ("$config_sha256", experiment.ConfigSha256),
        ];
        return (long)(connection.Scalar(Sql.FindExperiment, columns)
            ?? connection.Scalar(Sql.AddExperiment, [.. columns, ("$config_json", experiment.ConfigJson)])!);
    }

    void AddProvenance(string id, Provenance provenance)
    {
        connection.Execute(Sql.AddProvenance, ("$run_id", id), ("$command_line", JsonSerializer.Serialize(provenance.CommandLine)),
            ("$git_commit", provenance.GitCommit), ("$git_branch", provenance.GitBranch), ("$git_dirty", provenance.GitDirty),
            ("$git_diff_sha256", provenance.GitDiffSha256), ("$git_diff", provenance.GitDiff), ("$program_sha256", provenance.ProgramSha256), ("$host", provenance.Host), ("$operating_system", provenance.OperatingSystem),
            ("$cpu_model", provenance.CpuModel), ("$logical_processors", provenance.LogicalProcessors), ("$simd_path", provenance.SimdPath),
            ("$threads", provenance.Threads), ("$dotnet_version", provenance.DotnetVersion), ("$locale", provenance.Locale), ("$time_zone", provenance.TimeZone));
        foreach ((string name, string value) in provenance.Environment)
            connection.Execute(Sql.AddEnvironment, ("$run_id", id), ("$name", name), ("$value", value));
        foreach ((string name, string version) in provenance.Packages)
            connection.Execute(Sql.AddPackage, ("$run_id", id), ("$name", name), ("$version", version));
        foreach (DataFileRecord file in provenance.DataFiles)
            connection.Execute(Sql.AddDataFile, ("$run_id", id), ("$path", file.Path), ("$bytes", file.Bytes), ("$sha256", file.Sha256));
        foreach (ExperimentFileRecord file in provenance.ExperimentFiles)
            connection.Execute(Sql.AddExperimentFile, ("$run_id", id), ("$path", file.Path), ("$sha256", file.Sha256));
    }
}
