using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AeVae.Reports.Drawing;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports.Exports;

/// <summary>A run as MLflow keeps it in folders: a file for each parameter, metric and tag, artifacts, and <c>meta.yaml</c> with what identifies it.</summary>
/// <remarks>The layout is that of MLflow's <c>FileStore</c>, versions 1 to 3, which <c>mlflow migrate-filestore</c> turns into a database. Its experiment stands for all runs of an experiment's name.</remarks>
public static class MlflowRun
{
    /// <summary>How the names of tags begin that are not MLflow's own.</summary>
    public const string TagPrefix = "aevae.";

    /// <summary>The file of a folder that says what it is of.</summary>
    public const string MetaFile = "meta.yaml";

    const int LocalSource = 4;                                                  // MLflow's SourceType
    const int Running = 1, Scheduled = 2, Finished = 3, Failed = 4, Killed = 5; // its RunStatus

    /// <summary>The id of an experiment that MLflow does not know yet: of a name always the same, 18 digits as it draws them.</summary>
    public static string ExperimentId(string name)
    {
        const ulong Least = 100_000_000_000_000_000, Ids = 9 * Least;
        ulong hash = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        return (Least + hash % Ids).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What <see cref="MetaFile"/> of an experiment holds.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="folder">Its folder, a full path.</param>
    /// <param name="run">A run of it.</param>
    public static byte[] ExperimentMeta(string id, string folder, RunSummary run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Meta(
            ("artifact_location", Quoted(Uri(folder))),
            ("creation_time", Milliseconds(run.StartedAt)),
            ("experiment_id", Quoted(id)),
            ("last_update_time", Milliseconds(run.FinishedAt ?? run.StartedAt)),
            ("lifecycle_stage", "active"),
            ("name", Quoted(run.Experiment)));
    }

    /// <summary>The files of a run, by their paths in its folder, the one that makes MLflow see it last.</summary>
    /// <param name="queries">The results file.</param>
    /// <param name="runId">The run.</param>
    /// <param name="experimentId">Id of its experiment in MLflow.</param>
    /// <param name="folder">The run's folder, a full path.</param>
    /// <param name="notes">Gets a sentence for each artifact that is left out.</param>
    public static IReadOnlyList<(string Path, byte[] Content)> Files(RunQueries queries, string runId, string experimentId, string folder, List<string> notes)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(notes);
        RunData run = RunData.Read(queries, runId);
        return
        [
            .. run.Detail.Parameters.Where(parameter => parameter.Value != "null").Select(parameter => ($"params/{parameter.Key}", Text(parameter.Value))),
            .. Metrics(run),
            .. Tags(run).Select(tag => ($"tags/{tag.Name}", Text(tag.Value))),
            ("artifacts/experiment.yaml", Text(run.Detail.Experiment.YamlText)),
            ("artifacts/config.json", Text(run.Detail.Experiment.ConfigJson)),
            .. ImageSheet.Of(run, notes).Select(sheet => ($"artifacts/{sheet.Name}.png", StoredPng.Encode(sheet.Image))),
            (MetaFile, RunMeta(run.Run, experimentId, folder)),
        ];
    }

    // A line for each epoch: milliseconds, value, step.
    static IEnumerable<(string, byte[])> Metrics(RunData run)
    {
        Dictionary<int, DateTimeOffset> ends = run.EpochEnds.ToDictionary();
        DateTimeOffset last = ends.Count > 0 ? ends.Values.Max() : run.Run.StartedAt;
        foreach ((MetricKey metric, IReadOnlyList<SeriesPoint> points) in run.Series.Value)
        {
            IEnumerable<string> lines = points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds(ends.GetValueOrDefault(point.Epoch, last))} {point.Value:R} {point.Epoch}\n"));
            yield return ($"metrics/{metric}", Text(string.Concat(lines)));
        }
    }

    static IEnumerable<(string Name, string Value)> Tags(RunData run)
    {
        yield return ("mlflow.runName", run.Run.Name);
        yield return ("mlflow.source.name", run.Detail.Experiment.File);
        yield return ("mlflow.source.type", "LOCAL");
        if (run.Detail.Provenance?.GitCommit is { } commit)
            yield return ("mlflow.source.git.commit", commit);
        if (run.Detail.Note is { } note)
            yield return ("mlflow.note.content", note);
        foreach ((string name, object value) in RunTables.Facts(run.Detail))
            yield return (TagPrefix + name, Convert.ToString(value, CultureInfo.InvariantCulture)!);
    }

    static byte[] RunMeta(RunSummary run, string experimentId, string folder) => Meta(
        ("artifact_uri", Quoted(Uri(Path.Combine(folder, "artifacts")))),
        ("end_time", run.FinishedAt is { } finished ? Milliseconds(finished) : "null"),
        ("entry_point_name", "''"),
        ("experiment_id", Quoted(experimentId)),
        ("lifecycle_stage", "active"),
        ("run_id", Quoted(run.Id)),
        ("run_name", Quoted(run.Name)),
        ("run_uuid", Quoted(run.Id)),
        ("source_name", "''"),
        ("source_type", Number(LocalSource)),
        ("source_version", "''"),
        ("start_time", Milliseconds(run.StartedAt)),
        ("status", Number(run.Status switch
        {
            RunStatus.Queued => Scheduled,
            RunStatus.Running => Running,
            RunStatus.Failed or RunStatus.Crashed => Failed,
            RunStatus.Interrupted => Killed,
            _ => Finished,
        })),
        ("tags", "[]"),
        ("user_id", "''"));

    static byte[] Meta(params ReadOnlySpan<(string Key, string Value)> lines)
    {
        StringBuilder yaml = new();
        foreach ((string key, string value) in lines)
            yaml.Append(key).Append(": ").Append(value).Append('\n');
        return Text(yaml.ToString());
    }

    static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    static string Uri(string path) => new Uri(path).AbsoluteUri;

    static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
