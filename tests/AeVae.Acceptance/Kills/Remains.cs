using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AeVae.Acceptance.Kills;

/// <summary>What a killed process left in a folder.</summary>
internal sealed class Remains
{
    readonly string _folder;
    readonly long _plannedEpochs, _epochsWithTestMetrics;

    /// <summary>Looks, and changes nothing.</summary>
    /// <param name="folder">Folder of the results file.</param>
    public Remains(string folder)
    {
        _folder = folder;
        string database = Path.Combine(folder, "results.db");
        EndsWithinTransaction = WriteAheadLog.EndsWithinTransaction(database);
        if (!File.Exists(database) || new FileInfo(database).Length == 0)
            return;
        using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            select id, status, epochs_done, epochs_planned, (select count(*) from metric where run_id = id and split = 'test'), (select count(*) from resumption where run_id = id)
            from run order by started_utc desc limit 1
            """;
        using SqliteDataReader row = command.ExecuteReader();
        if (!row.Read())
            return;
        (RunId, IsCompleted, EpochsDone, _plannedEpochs, _epochsWithTestMetrics, Resumptions) =
            (row.GetString(0), row.GetString(1) == "completed", row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));
    }

    /// <summary>The run; null when the process did not come so far.</summary>
    public string? RunId { get; }

    public bool IsCompleted { get; }

    public long EpochsDone { get; }

    /// <summary>How often the run was resumed.</summary>
    public long Resumptions { get; }

    bool EndsWithinTransaction { get; }

    /// <summary>What the process was doing.</summary>
    /// <param name="before">What was there before it started.</param>
    public Phase Phase(Remains before) => this switch
    {
        { EndsWithinTransaction: true } => Kills.Phase.WritingTransaction,
        { RunId: null } => Kills.Phase.Starting,
        { IsCompleted: true } => HasReport ? Kills.Phase.Ending : Kills.Phase.WritingReport,
        _ when RunId == before.RunId && Resumptions == before.Resumptions => Kills.Phase.Starting,
        _ when Directory.Exists(RunFolder) && Directory.EnumerateFiles(RunFolder, "*.tmp").Any() => Kills.Phase.WritingCheckpoint,
        { _epochsWithTestMetrics: > 0 } => Kills.Phase.StoringArtifacts,
        { EpochsDone: > 0 } when !File.Exists(CheckpointPath(EpochsDone)) => Kills.Phase.EpochStored,
        _ => EpochsDone == _plannedEpochs ? Kills.Phase.FinalEvaluation : Kills.Phase.Training,
    };

    public string CheckpointPath(long epoch) => Path.Combine(RunFolder, string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch:0000}.safetensors"));

    string RunFolder => Path.Combine(_folder, "runs", RunId!);

    bool HasReport => Directory.Exists(Path.Combine(_folder, "reports")) && Directory.EnumerateFiles(Path.Combine(_folder, "reports"), "report.md", SearchOption.AllDirectories).Any();
}
