using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AeVae.Reports.Exports;

/// <summary>A table as text in which every number is the stored one, to the last bit.</summary>
public static class TableText
{
    static readonly JsonSerializerOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Comma-separated values with a line of names; what is not there is empty, what is not finite is <c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c>.</summary>
    /// <remarks>RFC 4180, but for lines that end as they do on Unix.</remarks>
    public static void WriteCsv(ExportTable table, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(output);
        foreach (IReadOnlyList<object?> row in table.Rows.Prepend(table.Columns))
        {
            output.Write(string.Join(',', row.Select(Cell)));
            output.Write('\n');
        }
    }

    /// <summary>A JSON object on a line for each row; what is not there is null, what is not finite is text.</summary>
    public static void WriteJsonLines(ExportTable table, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(output);
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            output.Write(JsonSerializer.Serialize(new OrderedDictionary<string, object?>(table.Columns.Zip(row, KeyValuePair.Create)), JsonOptions));
            output.Write('\n');
        }
    }

    static string Cell(object? value) => value switch
    {
        null => "",
        string text => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text,
        bool truth => truth ? "true" : "false",
        _ => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
    };
}
