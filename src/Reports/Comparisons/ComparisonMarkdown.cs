using System.Globalization;
using AeVae.Reports.Claims;
using AeVae.Reports.Markdown;
using AeVae.Reports.Runs;
using AeVae.Reports.Statistics;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports.Comparisons;

/// <summary>The text of a comparison's report.</summary>
static class ComparisonMarkdown
{
    const int MostNamed = 3;

    /// <summary>GitHub-flavoured Markdown with line feeds; every number in it is stored with the runs or computed from what is.</summary>
    public static string Write(ComparedRuns compared, ComparisonFigures figures, ReportLook look)
    {
        IReadOnlyList<ClaimVerdict> claims = compared.Sweep?.Claims ?? [];
        MarkdownPage page = new(Title(compared), look.FigureExtension);
        page.Add(Outcome(compared));
        if (compared.Sweep?.Description is { Length: > 0 } description)
            page.Add(MarkdownText.Plain(description));
        page.Alert("NOTE", [.. look.Notes.Select(MarkdownText.Remark)]);
        page.Section("Claims", ClaimsSection.Write(claims, compared.Sweep?.Outline.Withdrawn ?? [], compared.Groups.Select(group => group.Variant).Distinct().Count() == 2 ? compared.Differing.Others : []));
        page.Section("Conclusion", Conclusion.Write(compared, claims));
        page.Section("Results", ComparisonTables.Results(compared));
        page.Section("What differs", ComparisonTables.Differences(compared));
        page.Section("Against the baseline", ComparisonTables.Baseline(compared));
        Figure("parameter", null);
        Figure("parallel", null);
        page.Section("Which key matters", ComparisonTables.Importances(compared));
        Figure("loss", null);
        page.Section("Training", ComparisonTables.ConvergenceTable(compared));
        Figure("reconstruction", null);
        page.Section("Beside simple models", ComparisonTables.SimpleModels(compared));
        Figure("kl", null);
        Figure("rate_distortion", null);
        Figure("reconstructions", null);
        Figure("samples", null);
        Figure("latent", ComparisonTables.Codes(compared));
        Figure("latent_density", null);
        Figure("kl_per_dim", null);
        page.Section("Runs", $"<details><summary>{Counted.Of(compared.Groups.Sum(group => group.Runs.Count), "run")}</summary>\n\n{ComparisonTables.Runs(compared)}\n</details>");
        page.Section("What all have in common", $"<details><summary>Settings, data, code and machine</summary>\n\n{CommonTable.Write(compared.Runs)}\n</details>");
        page.Section("Reproduce", Reproduce(compared));
        if (MetricTable.Definitions(compared.Runs) is { Length: > 0 } definitions)
            page.Add($"<details><summary>What the metrics mean</summary>\n\n{definitions}\n</details>");
        return page.ToString();

        void Figure(string name, string? after)
        {
            if (figures.Named(name) is { } figure) page.Section(figure.Title, page.Image(figure) + (after is null ? "" : $"\n{after}"));
            else if (after is not null) page.Section("Latent space", after);
        }
    }

    static string Title(ComparedRuns compared) => compared.Sweep is { Sweep: var sweep }
        ? $"{MarkdownText.Plain(sweep.Name)} · sweep {sweep.Id}"
        : compared.Groups.Count > MostNamed ? $"Comparison of {Counted.Of(compared.Groups.Count, "group")}"
        : $"Comparison of {string.Join(" · ", compared.Groups.Select(group => MarkdownText.Plain(group.Label)))}";

    static string Outcome(ComparedRuns compared)
    {
        int runs = compared.Groups.Sum(group => group.Runs.Count);
        string trials = compared.Sweep is { Sweep: var sweep } ? string.Create(CultureInfo.InvariantCulture, $"{sweep.Done} of {sweep.Trials} trials done: ") : "";
        string counted = $"{trials}{Counted.Of(runs, "run")} in {Counted.Of(compared.Groups.Count, "group")}.";
        if (compared.Best is not { } best) return counted;
        Sample sample = compared.Groups[0].Sample(compared.Metric.Key);
        string unit = compared.Unit.Length == 0 ? "" : $" {compared.Unit}";
        string interval = sample.Interval is { } bounds ? $" (95 % interval {SampleText.Bounds(bounds)}, {sample.Count} {compared.Groups[0].Repeats})" : sample.Count == 1 ? " (one seed, so without an interval)" : SampleText.Certainty(sample, compared.Groups[0].Repeats) is { } same ? $" ({same})" : "";
        if (compared.OthersAsGood > 0)
            return $"{counted} Best{compared.OfCompleted} by {compared.Metric.Key}: {compared.OthersAsGood + 1} groups with the same mean, {Numbers.Metric(sample.Mean)}{unit}.";
        return $"{counted} Best{compared.OfCompleted} by {compared.Metric.Key}: **{MarkdownText.Plain(compared.Groups[0].Label)}** with {SampleText.MeanAndSpread(sample)}{unit}{interval}; its best run is {MarkdownText.Code(best.Id)}.";
    }

    static string Reproduce(ComparedRuns compared)
    {
        string id = (compared.Best ?? compared.Groups[0].Runs[0]).Id;
        string again = compared.Sweep is { } sweep ? Again(compared.Runs, sweep) : "";
        string runs = compared.Sweep is { Sweep.Id: var sweepId } ? $"sweep:{sweepId}" : string.Join(' ', compared.Runs.Select(run => run.Run.Id));
        return $"""
            {again}In the database that this page was made from (elsewhere, name it with `--db`):

            ```sh
            ./runner compare {runs}
            ./runner show {id}
            ./runner verify {id}
            ```

            """;
    }

    static string Again(IReadOnlyList<RunData> runs, SweepDetail sweep)
    {
        RunData[] versions = [.. runs.DistinctBy(run => (run.Detail.Provenance?.GitCommit, run.Detail.Provenance?.GitDiffSha256))];
        string checkout = versions.Length == 1 ? Reproduction.Checkout(versions[0]) : "";
        string bits = checkout.Length > 0 ? "trains every trial again, to the same bits."
            : versions.Length == 1 ? "trains every trial again, with the program that made them to the same bits; its commit is not stored."
            : string.Create(CultureInfo.InvariantCulture, $"trains every trial again. The runs were made by {versions.Length} versions of the program: each has the same bits with its own, which its report checks out.");
        string missing = checkout.Length > 0 && runs.Select(run => Reproduction.MissingFiles(run, sweep.Sweep.File)).FirstOrDefault(found => found is not null) is { } sentence ? $" {sentence}" : "";
        return $"""
            ```sh
            {checkout}./runner sweep {ShellWord.Quote(sweep.Sweep.File)}{Overrides(sweep.CommandLine)}
            ```

            {bits}{missing}


            """;
    }

    // Without them it would be another sweep. A stored command has each option and each value as a word of its own.
    // A run of a sweep's file has options for two keys that `sweep` sets as any other.
    static string Overrides(IReadOnlyList<string> command) => ShellWord.Overrides(command.Zip(command.Skip(1)).Select(words => words.First switch
    {
        "--set" => words.Second,
        "--seed" => $"seed={words.Second}",
        "--name" => $"name={words.Second}",
        _ => null,
    }).OfType<string>());
}
