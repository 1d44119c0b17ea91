using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>Reads back the provenance of a run.</summary>
static class StoredProvenance
{
    /// <summary>Null when none was stored with the run.</summary>
    public static Provenance? Read(SqliteConnection connection, string runId)
    {
        if (connection.Query(Sql.ProvenanceOfRun, FromRow, ("$run_id", runId)) is not [var provenance])
            return null;
        return provenance with
        {
            Environment = connection.Query(Sql.EnvironmentOfRun, Pair, ("$run_id", runId)),
            Packages = connection.Query(Sql.PackagesOfRun, Pair, ("$run_id", runId)),
            DataFiles = connection.Query(Sql.DataFilesOfRun, row => new DataFileRecord(row.GetString(0), row.GetInt64(1), row.GetString(2)), ("$run_id", runId)),
            ExperimentFiles = connection.Query(Sql.ExperimentFilesOfRun, row => new ExperimentFileRecord(row.GetString(0), row.GetString(1)), ("$run_id", runId)),
        };
    }

    public static KeyValuePair<string, string> Pair(SqliteDataReader row) => new(row.GetString(0), row.GetString(1));

    static Provenance FromRow(SqliteDataReader row) => new()
    {
        CommandLine = StoredValues.ToStrings(row.GetString(0)),
        GitCommit = row.Text(1),
        GitBranch = row.Text(2),
        GitDirty = row.IsDBNull(3) ? null : row.GetBoolean(3),
        GitDiffSha256 = row.Text(4),
        Host = row.GetString(5),
        OperatingSystem = row.GetString(6),
        CpuModel = row.GetString(7),
        LogicalProcessors = row.GetInt32(8),
        SimdPath = row.GetString(9),
        Threads = row.GetInt32(10),
        DotnetVersion = row.GetString(11),
        Locale = row.GetString(12),
        TimeZone = row.GetString(13),
        GitDiff = row.Text(14),
        ProgramSha256 = row.Text(15),
    };
}
