using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Tracking;

/// <summary>Everything of a run that must not depend on how often it was interrupted, as lines of text; numbers by their bits.</summary>
static class StoredBits
{
    static readonly string[] Statements =
    [
        "select 'run', status, reason, reason_epoch, failure, epochs_planned, epochs_done, parameter_count, effective_beta from run where id = $id",
        "select 'epoch', epoch, parameters_sha256, optimizer_sha256, order_sha256 from epoch where run_id = $id order by epoch",
        "select 'tensor', epoch, tensor, sha256 from epoch_tensor where run_id = $id order by epoch, tensor",
        "select 'metric', epoch, split, name, value, kind from metric where run_id = $id order by epoch, split, name",
        "select 'summary', split, name, last_epoch, last_value, last_kind, best_epoch, best_value, min_value, max_value from metric_summary where run_id = $id order by split, name",
        "select 'warning', epoch, message from warning where run_id = $id order by id",
        "select 'artifact', name, kind, media_type, bytes, sha256 from artifact where run_id = $id and name <> 'final_weights' order by name",
    ];

    /// <summary>Reads them; only reads.</summary>
    public static IReadOnlyList<string> Of(string database, string runId)
    {
        using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        IEnumerable<string> rows = Statements.SelectMany(statement => Query(connection, statement, runId)).Select(row => string.Join(' ', row.Select(Text)));
        // Its file has the run's id in its path, which is another in every run.
        IEnumerable<string> weights = Query(connection, "select content from artifact where run_id = $id and name = 'final_weights'", runId)
            .Select(row => $"weights {JsonDocument.Parse((byte[])row[0]).RootElement.GetProperty("parameters_sha256").GetString()}");
        return [.. rows, .. weights];
    }

    static List<object[]> Query(SqliteConnection connection, string statement, string runId)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        command.Parameters.AddWithValue("$id", runId);
        using SqliteDataReader reader = command.ExecuteReader();
        List<object[]> rows = [];
        while (reader.Read())
        {
            object[] row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    static string Text(object value) => value switch
    {
        double number => BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
