using System.Globalization;
using System.Text;
using System.Text.Json;
using AeVae.Reports.Markdown;

namespace AeVae.Reports.Runs;

/// <summary>The text of a run's report.</summary>
static class RunMarkdown
{
    /// <summary>GitHub-flavoured Markdown with line feeds; every number in it is stored with the run.</summary>
    public static string Write(RunData run, IReadOnlyList<Figure> figures, string extension, IReadOnlyList<Animation> animations, IReadOnlyList<string> notes)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {MarkdownText.Plain(run.Run.Name)} · run {run.Run.Id}\n\n");
        text.Append(OutcomeParagraph.Write(run)).Append('\n');
        if (run.Detail.Experiment.Description is { Length: > 0 } description)
            text.Append(CultureInfo.InvariantCulture, $"\n{MarkdownText.Plain(description)}\n");
        Warnings(text, run, notes);

        text.Append('\n').Append(ProvenanceTable.Write(run));
        Section(text, "Metrics", MetricTable.Write(run));
        foreach (Figure figure in figures)
            Section(text, figure.Title, Image(figure.Name + extension, figure.Width, figure.Title, figure.Caption));
        foreach (Animation animation in animations)
            Section(text, animation.Title, Image(animation.Name + ".png", animation.Width, animation.Title, animation.Caption));
        Section(text, "Beside simple models", Baselines(run));
        Section(text, "Settings", SettingsTable.Write(run));
        Section(text, "Reproduce", Reproduction.Write(run));
        if (MetricTable.Definitions(run) is { Length: > 0 } definitions)
            text.Append(CultureInfo.InvariantCulture, $"\n<details><summary>What the metrics mean</summary>\n\n{definitions}\n</details>\n");
        return text.ToString();
    }

    static string Image(string file, double width, string title, string caption) =>
        string.Create(CultureInfo.InvariantCulture, $"<img src=\"{file}\" width=\"{width:0}\" alt=\"{title}\">\n\n{caption}\n");

    static void Section(StringBuilder text, string title, string? body)
    {
        if (body is not null) text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{body}");
    }

    static void Warnings(StringBuilder text, RunData run, IReadOnlyList<string> notes)
    {
        List<string> warnings = [.. run.Detail.Warnings.GroupBy(w => w.Message).Select(w => $"{Epochs([.. w.Select(x => x.Epoch)])}: {MarkdownText.Plain(w.Key)}")];
        if (run.Run.TaintedReason is { } tainted) warnings.Insert(0, $"Tainted, something changed while it ran: {MarkdownText.Plain(tainted)}");
        Alert(text, "WARNING", warnings);
        Alert(text, "NOTE", notes);
    }

    static string Epochs(int[] epochs) => epochs.Length == 1 ? $"Epoch {epochs[0]}" : $"Epochs {epochs[0]} to {epochs[^1]}, {epochs.Length} times";

    static void Alert(StringBuilder text, string kind, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"\n> [!{kind}]\n");
        foreach (string line in lines)
            text.Append(CultureInfo.InvariantCulture, $"> - {line}\n");
    }

    static string? Baselines(RunData run)
    {
        try
        {
            return BaselineTable.Write(run);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return $"What is stored of the baselines cannot be read: {MarkdownText.Plain(e.Message)}\n";
        }
    }
}
