using System.Globalization;
using System.Text.Json;
using AeVae.Tracking.Journals;
using AeVae.Tracking.Sweeps;
using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>The only reader of a results file. It stores nothing, and never keeps a writer of a file in WAL mode waiting.</summary>
/// <remarks>Opening brings an older file up to date, and takes back what a killed writer left half done.</remarks>
public sealed class RunQueries : IDisposable
{
    readonly string path;
    readonly SqliteConnection connection;
    IReadOnlyDictionary<string, MetricDefinitionRecord>? definitions;

    RunQueries(string path)
    {
        this.path = path;
        connection = ResultsFile.OpenForReading(path);
        connection.CreateFunction("lease_death", (string host, string bootId, int processId, long processStart, string heartbeat) =>
            new Lease(host, bootId, processId, processStart).Death(StoredValues.ToTime(heartbeat)));
    }

    /// <summary>What each metric means, by name.</summary>
    public IReadOnlyDictionary<string, MetricDefinitionRecord> Definitions => definitions ?? Read(() => Defined);

    /// <summary>Opens the file for reading.</summary>
    /// <exception cref="StorageException">It is missing, no results file, damaged or written by a newer version.</exception>
    public static RunQueries Open(string path) => new(Path.GetFullPath(path));

    /// <summary>Opens the file, asks one thing and closes it.</summary>
    /// <exception cref="StorageException">As for <see cref="Open"/>.</exception>
    public static T Ask<T>(string path, Func<RunQueries, T> question)
    {
        ArgumentNullException.ThrowIfNull(question);
        using RunQueries queries = Open(path);
        return question(queries);
    }

    /// <summary>Where the files of all runs of a results file are: beside it.</summary>
    public static string RunsFolder(string path) => RunJournal.RunsFolder(path);

    /// <summary>Where a run's results wait while the file cannot be written; the file is there only while some do.</summary>
    public static string JournalPath(string path, string runId) => new RunJournal(path, runId).FilePath;

    /// <summary>Runs of this file of which results wait in a journal.</summary>
    public IReadOnlyList<string> RunsThatWait => field ??= Read(() =>
        (IReadOnlyList<string>)[.. RunJournal.Waiting(path).Select(journal => journal.RunId).Where(id => connection.Scalar(Sql.HasRun, ("$id", id)) is not null)]);

    /// <summary>Lists runs; reads summaries only, however long the histories are.</summary>
    /// <exception cref="UnknownNameException">A column is none of any run, or may be several, or a condition is none.</exception>
    public IReadOnlyList<RunSummary> List(RunFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Read(() => new RunList(connection, Defined).Read(filter));
    }

    /// <summary>Whether losses of a split tell which of some runs is the better one: all minimise the same, on the same images.</summary>
    public bool MinimiseTheSame(IEnumerable<string> runIds, string split) =>
        Read(() => (long)connection.Scalar(Sql.ObjectivesOfRuns, ("$keys", JsonSerializer.Serialize(LossKeys.Of(split))), ("$ids", JsonSerializer.Serialize(runIds)))! <= 1);

    /// <summary>Whether a list is in the order of losses that do not tell which run is the better one.</summary>
    public bool SortsUnlikeLosses(RunFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter.Sort is { } sort && MetricKey.Parse(RunColumn.WithoutBest(sort.TrimStart('-'))) is { Name: "loss" } loss
            && !MinimiseTheSame(List(filter with { Limit = null, Columns = [] }).Select(run => run.Id), loss.Split);
    }

    /// <summary>Metrics that a list shows where nobody asked for others: the losses and errors of which this file knows the meaning.</summary>
    public IReadOnlyList<string> UsualMetrics => [.. ((string[])["val.loss", "test.loss", "test.bce", "test.mse"]).Where(column => Definitions.ContainsKey(MetricKey.Parse(column)!.Name))];

    /// <summary>Every key of the configuration that a run has, in alphabetic order.</summary>
    public IReadOnlyList<string> AllKeys => Read(() => (IReadOnlyList<string>)connection.Texts(Sql.AllKeys));

    /// <summary>Keys of the configuration of which some runs have several values, in alphabetic order.</summary>
    public IReadOnlyList<string> KeysThatDiffer(IEnumerable<string> runIds) => Read(() => (IReadOnlyList<string>)connection.Texts(Sql.KeysThatDiffer, ("$run_ids", JsonSerializer.Serialize(runIds))));

    /// <summary>How many runs a filter lets through, whatever its limit.</summary>
    public int Count(RunFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Read(() => new RunList(connection, Defined).Count(filter));
    }

    /// <summary>Everything of one run but artifact bytes and histories.</summary>
    /// <exception cref="NoSuchRunException">There is no such run.</exception>
    public RunDetail Get(string runId) => Read(() =>
    {
        RunSummary summary = connection.Query(Sql.Summary, SummaryFromRow, ("$run_id", runId)) is [var found] ? found : throw new NoSuchRunException($"{path} has no run {runId}");
        return connection.Query(Sql.Detail, row => new RunDetail
        {
            Run = summary,
            Experiment = new ExperimentRecord(row.GetString(0), row.Text(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)),
            NumericContract = row.GetInt32(6),
            EffectiveBeta = row.Real(7),
            ParameterCount = row.GetInt64(8),
            Note = row.Text(9),
            Failure = StoredValues.ToFailure(row.Text(10)),
            Worker = new Worker(row.GetString(11), row.GetInt32(12), StoredValues.ToTime(row.GetString(13))) { Lease = new Lease(row.GetString(11), row.GetString(14), row.GetInt32(12), row.GetInt64(15)) },
            Resumptions = connection.Query(Sql.ResumptionsOfRun, ResumptionFromRow, ("$run_id", runId)),
            Parameters = connection.Query(Sql.ParametersOfRun, StoredProvenance.Pair, ("$run_id", runId)),
            Provenance = StoredProvenance.Read(connection, runId),
            Warnings = connection.Query(Sql.WarningsOfRun, warning => new WarningRecord(warning.GetInt32(0), warning.GetString(1)), ("$run_id", runId)),
            Verifications = connection.Query(Sql.VerificationsOfRun, verification => VerificationFromRow(runId, verification), ("$run_id", runId)),
            Epochs = connection.Query(Sql.EpochsOfRun, EpochFromRow, ("$run_id", runId)),
            Metrics = connection.Query(Sql.MetricSummariesOfRun, MetricFromRow, ("$run_id", runId)),
            Artifacts = connection.Query(Sql.ArtifactsOfRun, ArtifactFromRow, ("$run_id", runId)),
        }, ("$run_id", runId)).Single();
    });

    /// <summary>One epoch as it was stored; null when the run has none of this number.</summary>
    public EpochRecord? GetEpoch(string runId, int epoch) => Read(() =>
    {
        (string, object?)[] key = [("$run_id", runId), ("$epoch", epoch)];
        return connection.Query(Sql.EpochOfRun, row => new EpochRecord(
            epoch,
            connection.Query(Sql.MetricsOfEpoch, metric => new MetricRecord(metric.GetString(0), metric.GetString(1), StoredValues.ToDouble(metric, 2)), key),
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            connection.Query(Sql.TensorsOfEpoch, tensor => new TensorRecord(tensor.GetString(0), tensor.GetString(1)), key),
            row.GetDouble(3),
            row.GetDouble(4)), key) is [var found] ? found : null;
    });

    /// <summary>The seal that a run got when it was completed, null before, and the one that fits what it holds now.</summary>
    public (string? Stored, string Now) GetSeal(string runId) => Read(() => (connection.Scalar(Sql.SealOfRun, ("$run_id", runId)) as string, RunSeal.Of(connection, runId)));

    /// <summary>Whether the numbers of a completed run are no longer those that it was sealed with, or its summaries no longer those of its histories: someone edited them. False for a run without a seal. The bytes of artifacts are not looked at.</summary>
    /// <param name="run">The run.</param>
    /// <param name="histories">What <see cref="GetSeries"/> gives for it.</param>
    public bool HasChanged(RunDetail run, IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> histories)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(histories);
        if (run.Run.Status != RunStatus.Completed || GetSeal(run.Run.Id) is not (string seal, var now))
            return false;
        return seal != now || (GetStoredSummaries(run.Run.Id) is var summaries && (summaries.Count != histories.Count || summaries.Any(summary =>
            !histories.TryGetValue(summary.Key, out IReadOnlyList<SeriesPoint>? history) || summary != MetricSummary.Of(summary.Key, history, Definitions.GetValueOrDefault(summary.Name)?.Goal))));
    }

    /// <summary>What the file says of every metric's history, for a check of it: the best of a loss may be one within the warm-up of the KL weight, which <see cref="RunDetail.Metrics"/> leaves out.</summary>
    public IReadOnlyList<MetricSummary> GetStoredSummaries(string runId) => Read(() => connection.Query(Sql.StoredSummariesOfRun, MetricFromRow, ("$run_id", runId)));

    /// <summary>The history of every metric of a run, in order of epochs.</summary>
    public IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> GetSeries(string runId) => Read(() =>
        connection
            .Query(Sql.Series, row => (Key: new MetricKey(row.GetString(0), row.GetString(1)), Point: new SeriesPoint(row.GetInt32(2), StoredValues.ToDouble(row, 3))), ("$run_id", runId))
            .GroupBy(row => row.Key, row => row.Point)
            .ToDictionary(series => series.Key, IReadOnlyList<SeriesPoint> (series) => [.. series]));

    /// <summary>The ids of the runs of a configuration, newest first, without those that verify another.</summary>
    /// <param name="configSha256">Digest of the resolved configuration.</param>
    /// <param name="numericContract">Version of the numeric contract that their arithmetic follows.</param>
    public IReadOnlyList<string> FindRuns(string configSha256, int numericContract) => Read(() =>
        connection.Texts(Sql.OfConfiguration, ("$config_sha256", configSha256), ("$numeric_contract", numericContract)));

    /// <summary>The runs that a sweep began and no other sweep has.</summary>
    public IReadOnlyList<string> OwnRunsOf(string sweepId) => Read(() => (IReadOnlyList<string>)connection.Texts(Sql.OwnRunsOfSweep, ("$sweep_id", sweepId)));

    /// <summary>The sweeps of which all runs that there are are among some runs.</summary>
    public IReadOnlyList<string> SweepsWithin(IEnumerable<string> runIds) => Read(() => (IReadOnlyList<string>)connection.Texts(Sql.SweepsWithin, ("$run_ids", JsonSerializer.Serialize(runIds))));

    /// <summary>The sweeps that a run is a trial of.</summary>
    public IReadOnlyList<string> SweepsWith(string runId) => Read(() => (IReadOnlyList<string>)connection.Texts(Sql.SweepsOfRuns, ("$run_ids", JsonSerializer.Serialize<string[]>([runId]))));

    /// <summary>Those of some runs that other results files in the folder of a file have, too, or may have, as one that is locked, damaged or of a newer version cannot be asked. All are left as they are.</summary>
    public static IReadOnlySet<string> KnownBeside(string path, IReadOnlyCollection<string> runIds)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        HashSet<string> known = [];
        foreach (string other in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!).Where(other => other != Path.GetFullPath(path) && ResultsFile.IsOne(other)))
        {
            try
            {
                using SqliteConnection connection = ResultsFile.OpenAsItIs(other);
                known.UnionWith(runIds.Where(id => connection.Scalar(Sql.HasRun, ("$id", id)) is not null));
            }
            catch (Exception e) when (e is SqliteException or StorageException)
            {
                known.UnionWith(runIds);
            }
        }

        return known;
    }

    /// <summary>All sweeps, the newest first.</summary>
    public IReadOnlyList<SweepSummary> ListSweeps() => Read(() => new SweepTables(connection).List());

    /// <summary>Everything of one sweep with its trials.</summary>
    /// <param name="selector">Its id, the start or the last four characters of one, its name, its experiment file (the newest sweep of it), <c>@last</c> or <c>@2</c>.</param>
    /// <param name="withRuns">By a name or file, one that has runs comes before a newer one that has none, as for <see cref="Resolve"/>.</param>
    /// <exception cref="NoSuchRunException">There is no such sweep, or several.</exception>
    public SweepDetail GetSweep(string selector, bool withRuns = false) => Read(() => new SweepTables(connection).Find(new SweepSelector(connection).Resolve(selector, withRuns))!);

    /// <summary>One trial as it stands; null when there is none.</summary>
    public FrozenTrial? GetTrial(string sweepId, int number) => Read(() => new SweepTables(connection).Find(sweepId, number));

    /// <summary>The bytes of an artifact; null when the run has none of this name.</summary>
    public byte[]? GetArtifact(string runId, string name) => Read(() =>
        (byte[]?)connection.Scalar(Sql.ArtifactContent, ("$run_id", runId), ("$name", name)));

    /// <summary>The ids of the runs that a selector means; several only for <c>tag:NAME</c> and <c>where:CONDITIONS</c>, newest first, and for <c>sweep:ID</c>, in the order of its trials.</summary>
    /// <param name="selector">An id, its beginning (4 characters or more) or its last four characters; a name or an experiment file (their newest run);
    /// <c>@last</c>, <c>@1</c> (newest), <c>@2</c> …; <c>@best:METRIC</c> (by its last value); <c>tag:NAME</c>; <c>sweep:ID</c>; <c>where:CONDITIONS</c> as in <see cref="RunFilter.Where"/>.</param>
    /// <exception cref="UnknownNameException">The conditions cannot be understood.</exception>
    /// <exception cref="NoSuchRunException">It means no run, or the beginning of several ids; the message names what comes near.</exception>
    public IReadOnlyList<string> Resolve(string selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Read(() => new RunSelector(connection, Defined).Resolve(selector));
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    IReadOnlyDictionary<string, MetricDefinitionRecord> Defined => definitions ??= connection
        .Query(Sql.Definitions, row => new MetricDefinitionRecord(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4)))
        .ToDictionary(metric => metric.Name);

    /// <summary>Reads all from one state of the file, however much is written to it meanwhile.</summary>
    T Read<T>(Func<T> query) => ResultsFile.Guard(path, () => ResultsFile.Understood(path, "a value", () => connection.InSnapshot(query)));

    internal static RunSummary SummaryFromRow(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        Experiment = row.GetString(2),
        Variant = row.Text(3),
        Seed = ulong.Parse(row.GetString(4), CultureInfo.InvariantCulture),
        Status = StoredValues.ToStatus(row.GetString(5)),
        Reason = row.Text(6),
        ReasonEpoch = row.Integer(7),
        StartedAt = StoredValues.ToTime(row.GetString(8)),
        FinishedAt = row.Text(9) is { } finished ? StoredValues.ToTime(finished) : null,
        EpochsPlanned = row.GetInt32(10),
        EpochsDone = row.GetInt32(11),
        TaintedReason = row.Text(12),
        Tags = row.Text(13)?.Split(' ') ?? [],
        Verification = Enum.Parse<Verdict>(row.GetString(14), ignoreCase: true),
        EpochsVerified = row.Integer(15),
        ParentRunId = row.Text(16),
    };

    static Resumption ResumptionFromRow(SqliteDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), StoredValues.ToTime(row.GetString(2)), StoredValues.ToStatus(row.GetString(3)), StoredValues.ToStrings(row.GetString(4)),
        row.Text(5), row.Text(6), row.Text(7), row.Text(8), row.GetString(9), row.GetString(10), row.GetString(11), row.GetInt32(12), row.GetString(13));

    internal static MetricSummary MetricFromRow(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetInt32(2), StoredValues.ToDouble(row, 3), row.Integer(5), row.Real(6), row.Real(7), row.Real(8));

    static EpochSummary EpochFromRow(SqliteDataReader row) =>
        new(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetDouble(4), row.GetDouble(5));

    static Verification VerificationFromRow(string runId, SqliteDataReader row) => new()
    {
        RunId = runId,
        VerifyingRunId = row.Text(0),
        Verdict = Enum.Parse<Verdict>(row.GetString(1), ignoreCase: true),
        FinishedAt = StoredValues.ToTime(row.GetString(2)),
        EpochsCompared = row.GetInt32(3),
        EpochsStored = row.GetInt32(4),
        FirstEpoch = row.Integer(5),
        Difference = row.Text(6) is not { } kind ? null
            : new(Enum.Parse<DifferenceKind>(kind, ignoreCase: true), row.Text(7), row.Text(8), row.Text(9)) { StoredBits = row.Text(10), ComputedBits = row.Text(11) },
        LikelyCauses = StoredValues.ToStrings(row.GetString(12)),
    };

    static ArtifactInfo ArtifactFromRow(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.Text(5));
}
