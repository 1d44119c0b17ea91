using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>Digest of a completed run's results: whoever reads it later can tell whether any of them was changed, added or removed since.</summary>
/// <remarks>
/// Sealed are of each epoch its three digests, seconds and images per second, the digest of each tensor, each value of each metric, and the name and digest of each artifact; an artifact's bytes by that digest.
/// Not sealed is what is said of the run: configuration (which has its own digest), summaries (which follow from the metrics), provenance, warnings, notes, tags, and kind, media type and path of an artifact.
/// It proves nothing against somebody who seals the run anew; executing it again does.
/// </remarks>
static class RunSeal
{
    /// <summary>SHA-256 over a line for each epoch, tensor, metric and artifact, in ordinal order of their keys; numbers by their 64 bits, NaN as fff8000000000000.</summary>
    public static string Of(SqliteConnection connection, string runId)
    {
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(Sql.EpochsOfRun, row => $"epoch {row.GetInt32(0)} {row.GetString(1)} {row.GetString(2)} {row.GetString(3)} {Bits(row.GetDouble(4))} {Bits(row.GetDouble(5))}");
        Add(Sql.TensorsOfRun, row => $"tensor {row.GetInt32(0)} {row.GetString(1)} {row.GetString(2)}");
        Add(Sql.Series, row => $"metric {row.GetString(0)} {row.GetString(1)} {row.GetInt32(2)} {Bits(StoredValues.ToDouble(row, 3))}");
        Add(Sql.ArtifactsOfRun, row => $"artifact {row.GetString(0)} {row.GetString(4)}");
        return Convert.ToHexStringLower(digest.GetHashAndReset());

        void Add(string sql, Func<SqliteDataReader, FormattableString> line)
        {
            connection.ForEach(sql, row => digest.AppendData(Encoding.UTF8.GetBytes(line(row).ToString(CultureInfo.InvariantCulture) + "\n")), ("$run_id", runId));
        }
    }

    /// <summary>Seals every completed run that has no seal.</summary>
    public static void SealCompleted(SqliteConnection connection)
    {
        foreach (string runId in connection.Texts(Sql.UnsealedRuns))
            connection.Execute(Sql.SealRun, ("$run_id", runId), ("$seal_sha256", Of(connection, runId)));
    }

    static string Bits(double value) => BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);
}
