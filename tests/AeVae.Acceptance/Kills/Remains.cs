using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AeVae.Acceptance.Kills;

/// <summary>What a killed process left in a folder.</summary>
internal sealed class Remains
{
    const string NewestRun = """
        select id, status, epochs_done, epochs_planned, (select count(*) from metric where run_id = id and split = 'test'), (select count(*) from resumption where run_id = id)
        from run order by started_utc desc limit 1
        """;

    readonly string _folder;
    readonly long _plannedEpochs, _testMetrics;

    /// <summary>Looks, and changes nothing.</summary>
    /// <param name="folder">Folder of the results file.</param>
    public Remains(string folder)
    {
        _folder = folder;
        string[] files = Directory.GetFiles(folder, "results.db*");
        EndsWithinTransaction = TransactionLog.EndsWithinTransaction(Path.Combine(folder, "results.db"));
        // SQLite itself would repair the file when it is opened: a copy may be repaired, what is left stays for the runner to find.
        string copy = Directory.CreateTempSubdirectory("aevae remains ").FullName;
        foreach (string file in files)
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        using (SqliteConnection connection = new($"Data Source={Path.Combine(copy, "results.db")};Pooling=False"))
        {
            connection.Open();
            if (Query(connection, "select 1 from sqlite_master where name = 'resumption'").Length > 0 && Query(connection, NewestRun) is [string id, string status, long done, long planned, long tested, long resumptions])
                (RunId, IsCompleted, EpochsDone, _plannedEpochs, _testMetrics, Resumptions) = (id, status == "completed", done, planned, tested, resumptions);
        }

        Directory.Delete(copy, recursive: true);
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
        { _testMetrics: > 0 } => Kills.Phase.StoringArtifacts,
        { EpochsDone: > 0 } when !File.Exists(CheckpointPath(EpochsDone)) => Kills.Phase.EpochStored,
        _ => EpochsDone == _plannedEpochs ? Kills.Phase.FinalEvaluation : Kills.Phase.Training,
    };

    public string CheckpointPath(long epoch) => Path.Combine(RunFolder, string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch:0000}.safetensors"));

    static object[] Query(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        object[] row = new object[reader.Read() ? reader.FieldCount : 0];
        if (row.Length > 0)
            reader.GetValues(row);
        return row;
    }

    string RunFolder => Path.Combine(_folder, "runs", RunId!);

    bool HasReport => Directory.Exists(Path.Combine(_folder, "reports")) && Directory.EnumerateFiles(Path.Combine(_folder, "reports"), "report.md", SearchOption.AllDirectories).Any();
}
