using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>How values that SQLite has no type for stand in its columns.</summary>
static class StoredValues
{
    const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>JSON that people may read: letters of any language as they are.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The columns <c>value</c> and <c>kind</c> of a double: SQLite would make NaN null and −0 zero.</summary>
    public static (object? Value, string? Kind) FromDouble(double value) => value switch
    {
        double.NaN => (null, "nan"),
        double.PositiveInfinity => (null, "inf"),
        double.NegativeInfinity => (null, "-inf"),
        0 when double.IsNegative(value) => (0.0, "-0"),
        _ => (value, null),
    };

    /// <summary>The double in the columns <c>value</c> and <c>kind</c>, which stand side by side.</summary>
    public static double ToDouble(SqliteDataReader row, int valueColumn) => row.Text(valueColumn + 1) switch
    {
        null => row.GetDouble(valueColumn),
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "-0" => -0.0,
        string kind => throw new StorageException($"metric of kind '{kind}': allowed are nan, inf, -inf, -0"),
    };

    /// <summary>An array of strings in JSON. Read as a document: a serialiser costs a process 30 ms at its first use.</summary>
    public static string[] ToStrings(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(element => element.GetString()!)];
    }

    public static string FromTime(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset ToTime(string text) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : throw new StorageException($"the time '{text}' is not as AeVae writes it, {TimeFormat.Replace("'", "", StringComparison.Ordinal)}: another program has changed it");

    /// <summary>Such as <c>not_finite</c>.</summary>
    public static string? FromFailure(FailureKind? kind) => kind is { } value ? JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}") : null;

    public static FailureKind? ToFailure(string? text) => text is null ? null : Enum.Parse<FailureKind>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    public static RunStatus ToStatus(string text) => Enum.Parse<RunStatus>(text, ignoreCase: true);
}
