using System.Globalization;
using AeVae.Reports.Markdown;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>The text of a run's report.</summary>
static class RunMarkdown
{
    /// <summary>GitHub-flavoured Markdown with line feeds; every number in it is stored with the run.</summary>
    public static string Write(RunData run, IReadOnlyList<Figure> figures, ReportLook look)
    {
        MarkdownPage page = new($"{MarkdownText.Plain(run.Run.Name)} · run {run.Run.Id}", look.FigureExtension);
        page.Add(OutcomeParagraph.Write(run));
        if (run.Detail.Experiment.Description is { Length: > 0 } description)
            page.Add(MarkdownText.Plain(description));
        page.Alert("WARNING", Warnings(run));
        page.Alert("NOTE", [.. look.Notes.Select(MarkdownText.Remark)]);

        page.Add(ProvenanceTable.Write(run));
        page.Section("Conclusion", RunConclusion.Write(run));
        page.Section("Metrics", MetricTable.Write(run));
        foreach (Figure figure in figures)
            page.Section(figure);
        foreach (Animation animation in look.Animations)
            page.Section(animation.Title, animation.Name + look.AnimationFormat.Extension(), animation.Width, animation.Caption);
        page.Section("Beside simple models", BaselineTable.Write(run));
        page.Section("Settings", SettingsTable.Write(run));
        page.Section("Reproduce", Reproduction.Write(run));
        if (MetricTable.Definitions(run) is { Length: > 0 } definitions)
            page.Add($"<details><summary>What the metrics mean</summary>\n\n{definitions}\n</details>");
        return page.ToString();
    }

    static List<string> Warnings(RunData run)
    {
        List<string> warnings = [.. run.Detail.Warnings.GroupBy(w => w.Message).Select(w => $"{Epochs([.. w.Select(x => x.Epoch)])}: {MarkdownText.Plain(w.Key)}")];
        if (run.Run.TaintedReason is { } tainted) warnings.Insert(0, $"Tainted: {MarkdownText.Plain(tainted)}");
        if (run.HasChanged) warnings.Insert(0, "The stored run was changed in the database after it was completed, so that its numbers are not to be trusted. `runner verify` tells what differs.");
        if (run.Run.Verification == Verdict.Mismatch) warnings.Insert(0, "Executing it again gave other bits, so that its numbers are not to be trusted: see verification below.");
        return warnings;
    }

    static string Epochs(int[] epochs) => epochs.All(epoch => epoch == 0) ? "Begin" : epochs[0] == 0 ? string.Create(CultureInfo.InvariantCulture, $"Begin, and {Counted.Of(epochs.Length - 1, "time")} more to epoch {epochs[^1]}") : epochs.Length == 1 ? $"Epoch {epochs[0]}" : $"Epochs {epochs[0]} to {epochs[^1]}, {epochs.Length} times";
}
