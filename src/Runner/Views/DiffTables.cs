using System.Globalization;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Diffing;
using AeVae.Runner.Verifying;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Views;

/// <summary>The tables of a part in which two runs differ.</summary>
static class DiffTables
{
    const int Indent = 2;
    const int DigestLength = 40;   // of a commit; SHA-256 has more
    const int WidestCell = 56;
    const string Absent = "–";

    /// <summary>Writes what differs in rows, A before B.</summary>
    public static void Write(TextWriter output, bool color, DiffSection section, Provenance? a, Provenance? b)
    {
        TextTable table = new("", "A", "B") { Indent = Indent };
        foreach (Discrepancy pair in section.Discrepancies)
        {
            (string textOfA, string textOfB) = section is CodeSection && pair.What == CodeSection.Changes
                ? (Changes(pair.A, a?.GitDiff), Changes(pair.B, b?.GitDiff))
                : Fit(pair.A, pair.B);
            table.Add(pair.What, textOfA, textOfB);
        }

        if (section is CodeSection code)
        {
            foreach ((string path, PatchFile? fileOfA, PatchFile? fileOfB) in code.Files)
                table.Add($"  {path}", Lines(fileOfA, a), Lines(fileOfB, b));
        }

        if (section.Discrepancies.Count > 0)
            table.Write(output, color);
        if (section is ResultSection results)
            WriteResults(output, color, results);
    }

    /// <summary>The beginning of a digest; any other text as it is.</summary>
    public static string Short(string text) => text.Length >= DigestLength && text.All(char.IsAsciiHexDigitLower) ? ShortHash.Of(text) : text;

    static void WriteResults(TextWriter output, bool color, ResultSection results)
    {
        if (results.Metrics.Count > 0)
            MetricTable(results.Metrics).Write(output, color);
        if (results.Artifacts.Count > 0)
            output.WriteLine($"  artifacts: {string.Join(", ", results.Artifacts.Select(artifact => $"{artifact.What}{(artifact.A is null ? " (only B)" : artifact.B is null ? " (only A)" : "")}"))}");
    }

    static TextTable MetricTable(IReadOnlyList<MetricPair> metrics)
    {
        List<string> order = [.. Metrics.All.Select(metric => metric.Name)];
        bool hasBest = metrics.Any(metric => metric.A?.Best is not null || metric.B?.Best is not null);
        TextTable table = new(["last", " A", " B", " B − A", .. hasBest ? [" best of A", " best of B"] : Array.Empty<string>()]) { Indent = Indent };
        foreach (MetricPair metric in metrics.OrderBy(metric => (uint)order.IndexOf(metric.Name)).ThenBy(metric => MetricKey.PlaceOf(metric.Split)))
        {
            (string lastOfA, string lastOfB) = Values(metric.A?.Last, metric.B?.Last);
            (string bestOfA, string bestOfB) = Values(metric.A?.Best, metric.B?.Best);
            string change = metric is { A: { } a, B: { } b } ? Change(b.Last - a.Last) : "";
            Cell[] best = hasBest ? [metric.A?.Best is null ? "" : bestOfA, metric.B?.Best is null ? "" : bestOfB] : [];
            table.Add([$"{metric.Split}.{metric.Name}", lastOfA, lastOfB, change, .. best]);
        }

        return table;
    }

    // Rounded as elsewhere, unless that would hide what differs.
    static (string A, string B) Values(double? a, double? b)
    {
        (string textOfA, string textOfB) = (Rounded(a), Rounded(b));
        return textOfA == textOfB && a is { } x && b is { } y && !Bits.AreEqual(x, y) ? (Exact(x), Exact(y)) : (textOfA, textOfB);
    }

    static string Rounded(double? value) => value is { } number ? Numbers.Metric(number) : Absent;

    static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    static string Change(double difference) => difference switch
    {
        0 => "0",
        > 0 => "+" + Numbers.Metric(difference),
        _ => Numbers.Metric(difference),
    };

    static string Lines(PatchFile? file, Provenance? provenance) =>
        file is not null ? PatchText.Lines(file)
        : CodeSection.IsKnown(provenance) ? Absent
        : "not known";

    static string Changes(string? sha256, string? patch) =>
        patch is not null ? PatchText.Summary(patch)
        : sha256 is null ? Absent
        : sha256.Length < DigestLength ? sha256
        : $"larger than a mebibyte, {Short(sha256)}";

    static (string A, string B) Fit(string? a, string? b)
    {
        (string cutA, string cutB) = (Cut(a), Cut(b));
        return cutA == cutB ? (a ?? Absent, b ?? Absent) : (cutA, cutB);
    }

    static string Cut(string? text) => text switch
    {
        null => Absent,
        "" => "''",
        _ when Short(text) is { Length: > WidestCell } shown => shown[..(WidestCell - 1)] + "…",
        _ => Short(text),
    };
}
