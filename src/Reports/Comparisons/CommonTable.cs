using System.Globalization;
using AeVae.Reports.Markdown;
using AeVae.Reports.Runs;

namespace AeVae.Reports.Comparisons;

/// <summary>What several runs have in common: settings, data, code and machine.</summary>
static class CommonTable
{
    const int MostNamed = 3;

    /// <summary>The settings that are equal in all runs; then where the numbers come from, each answer once.</summary>
    public static string Write(IReadOnlyList<RunData> runs)
    {
        MarkdownTable table = new("setting", "value");
        foreach ((string key, string value) in SettingsTable.Of(runs[0]).Where(setting => runs.All(run => run.Parameter(setting.Key) == setting.Value)))
            table.Add(MarkdownText.Code(key), MarkdownText.Code(value));
        table.Add("data", Each(runs, ProvenanceTable.Data));
        table.Add("arithmetic", Each(runs, run => string.Create(CultureInfo.InvariantCulture, $"numeric contract NC-{run.Detail.NumericContract}")));
        table.Add("code", Each(runs, run => run.Detail.Provenance is { } made ? ProvenanceTable.Code(made) : "not stored"));
        table.Add("machine", Each(runs, run => run.Detail.Provenance is { } made ? $"{MarkdownText.Plain(made.Host)}, {MarkdownText.Plain(made.CpuModel)}, {ProvenanceTable.Execution(made)}" : "not stored"));
        return table.ToString();
    }

    static string Each(IEnumerable<RunData> runs, Func<RunData, string> answer)
    {
        string[] answers = [.. runs.Select(answer).Distinct()];
        string more = answers.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $"<br>and {answers.Length - MostNamed} more") : "";
        return string.Join("<br>", answers.Take(MostNamed)) + more;
    }
}
