using System.Globalization;
using AeVae.Reports.Markdown;
using AeVae.Reports.Runs;
using AeVae.Reports.Statistics;
using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>The tables of a comparison: a row for each group.</summary>
static class ComparisonTables
{
    const int MostColumns = 8;

    static readonly (string Name, string Heading)[] Canonical = [("bce", "bce, nats per image"), ("mse", "mse, per pixel"), ("kl", "kl, nats per image"), ("nll", "nll, nats per image")];

    static readonly (string Name, string Heading)[] OfCodes =
        [("latent_radius", "radius"), ("latent_offset", "offset, radii"), ("latent_gaps", "gaps, share"), ("knn_accuracy", "10-NN accuracy ↑"), ("active_units", "active latents")];

    /// <summary>The metric with its interval, and the errors in units that mean the same in every run.</summary>
    public static string Results(ComparedRuns compared)
    {
        MetricKey metric = compared.Metric.Key;
        bool hasInterval = compared.Groups.Any(group => group.Sample(metric).Interval is not null);
        string split = Measured(compared, "test", "mse") ? "test" : "validation";
        (string Name, string Heading)[] canonical = [.. Canonical.Where(one => Measured(compared, split, one.Name) && new MetricKey(split, one.Name) != metric)];
        bool hasBeta = compared.Runs.Any(run => run.Detail.EffectiveBeta is not null);
        string unit = compared.Unit.Length == 0 ? "" : $", {compared.Unit}";

        List<ResultColumn> columns = [];
        if (compared.IsRanked) columns.Add(new(">#", group => compared.RankOf(group) is { } rank ? Text($"{rank}") : "–"));
        columns.Add(new("group", group => Name(group, compared), one => MarkdownText.Plain(one.Name)));
        if (compared.DataSets.Count > 1) columns.Add(new("data set", group => MarkdownText.Plain(compared.DataSetOf(group))));
        columns.AddRange(compared.NamedKeys.Select(key => new ResultColumn($">{DifferingKeys.Shorten(key, compared.NamedKeys)}", group => group.Value(key) ?? "–")));
        columns.Add(new(">runs", group => Counted(group, metric)));
        columns.Add(new($">{metric}{unit}", group => Value(group.Sample(metric)), one => metric.Split == split ? Value(one, metric.Name) : ""));
        if (hasInterval) columns.Add(new(">95 % interval", group => group.Sample(metric).Interval is { } interval ? SampleText.Bounds(interval) : "–"));
        columns.AddRange(canonical.Select(one => new ResultColumn($">{new MetricKey(split, one.Name)}{one.Heading[one.Heading.IndexOf(',')..]}", group => Value(group.Sample(new MetricKey(split, one.Name))), baseline => Value(baseline, one.Name))));
        if (hasBeta) columns.Add(new(">effective β", group => string.Join("; ", group.Members.Select(run => run.BetaInWords ?? "–").Distinct())));

        IReadOnlyList<StoredBaseline> baselines = split == "test" ? StoredBaseline.Beside([.. compared.Groups.SelectMany(group => group.Counted)]) : [];
        MarkdownTable table = new([.. columns.Select(column => column.Heading)]);
        foreach (RunGroup group in compared.Groups) table.Add([.. columns.Select(column => column.OfGroup(group))]);
        foreach (StoredBaseline one in baselines.OrderByDescending(one => one.Mse)) table.Add([.. columns.Select(column => column.OfBaseline?.Invoke(one) ?? "")]);

        string spread = hasInterval ? $" Mean ± standard deviation over the runs of a group, {(compared.Repeats == "seeds" ? "which differ in the seed alone; the interval holds the mean over all seeds with 95 % confidence" : "which may differ in more than the seed; the interval is 95 % of their mean")} (Student's t).{(compared.DataSets.Count > 1 ? "" : " The test images are the same for all of them: what other images would change is not in it.")}" : "";
        string ofBeta = hasBeta ? $" Effective β is the weight of the KL term where the reconstruction term is a log-likelihood in nats per image{(compared.Runs.Any(run => run.Parameter("loss.reconstruction") == "mse") ? $", {SettingsTable.OfMse}" : "")}." : "";
        string order = compared.IsRanked ? "best first" : $"{(compared.DataSets.Count > 1 ? "by data set and there " : "")}{(compared.Metric.Goal == "higher" ? "by falling value" : "by rising value")}";
        int[] ends = [.. compared.Groups.SelectMany(group => group.Counted).Select(run => run.Run.EpochsDone).Distinct().Order()];
        string when = compared.When;
        string epochs = ends.Length > 1 && !compared.MayBeOfBestEpoch ? Text($" of each run, which is from {ends[0]} to {ends[^1]}") : "";
        string below = compared.Finished.Count < compared.Groups.Count ? $"; groups without a completed run stand below{(compared.IsRanked ? ", without a place" : "")}" : "";
        return $"{table}\n{char.ToUpperInvariant(when[0])}{when[1..]}{epochs}, {order}{below}.{spread}{ofBeta}{(baselines.Count > 0 ? $" Rows without {(compared.IsRanked ? "a number" : "runs")} are simple models; a VAE's test errors sample z, and stand at z = μ under \"Beside simple models\"." : "")}\n";
    }

    /// <summary>The keys that groups differ in and their values; null where labels tell all.</summary>
    public static string? Differences(ComparedRuns compared)
    {
        if (compared.Differing.Others.Count == 0) return null;
        IReadOnlyList<DifferenceColumn> columns = compared.DifferenceColumns;
        DifferenceColumn[] shown = [.. columns.Take(MostColumns)];
        MarkdownTable table = new(["key", .. shown.Select(column => MarkdownText.Plain(column.Name))]);
        foreach (string key in compared.Differing.Others)
            table.Add([MarkdownText.Code(key), .. shown.Select(column => column.Group.Value(key) is { } value ? MarkdownText.Code(value) : "–")]);
        string more = shown.Length < columns.Count ? Text($"\nThe {(compared.IsRanked ? "best" : "first")} {shown.Length} of {columns.Count} are shown.\n") : "";
        string swept = compared.Differing.Swept.Count > 0 ? $"\nThe groups also differ in {string.Join(", ", compared.Differing.Swept.Select(MarkdownText.Code))}, as {(compared.NamedKeys.Count > 0 ? "columns above" : "their names")} say.\n" : "";
        return table + more + swept;
    }

    /// <summary>Differences to the baseline with their tests; null without one.</summary>
    public static string? Baseline(ComparedRuns compared)
    {
        if (compared.Baseline is not { } baseline) return null;
        MarkdownTable table = new("group", ">pairs of seeds", $">{compared.Metric.Key}, difference", ">95 % interval", ">p", "significant");
        foreach (BaselineDifference one in compared.DifferencesToBaseline())
        {
            string verdict = one.IsSignificant switch
            {
                null => one.WhyUntested,
                false => "no",
                true when !compared.IsRanked => "**yes**",
                true => compared.Metric.Compare(one.Difference.Mean, 0) < 0 ? "**yes, better**" : "**yes, worse**",
            };
            table.Add(MarkdownText.Plain(one.Group.Label), Text($"{one.Difference.Count}"), one.Difference.Count == 0 ? "–" : SampleText.Mean(one.Difference),
                one.Difference.Interval is { } interval ? SampleText.Bounds(interval) : "–", one.PValueText, verdict);
        }

        string others = compared.DifferencesToBaseline().Count < compared.Groups.Count - 1 ? " Groups that were measured on other images are left out." : "";
        return $"{table}\nThe baseline is {MarkdownText.Plain(baseline.Label)}.{others} Differences are taken seed by seed, each with its own interval; p is that of a paired t-test after Holm's adjustment for the number of groups, significant below {Text($"{1 - Interval.Confidence:0.00}")}.\n";
    }

    /// <summary>How fast the groups came near their best; null where nothing was measured.</summary>
    public static string? ConvergenceTable(ComparedRuns compared)
    {
        MetricKey loss = new("validation", "loss");
        RunGroup[] groups = [.. compared.Groups.Where(group => group.Sample(loss).Count > 0)];
        if (groups.Length == 0) return null;
        RunData[] runs = [.. groups.SelectMany(group => group.Counted)];
        int overlapping = Overlapping(runs);
        bool hasSeconds = overlapping < runs.Length;
        string unit = runs.Select(run => run.Unit(loss.Name)).Distinct().ToArray() is [var one] ? $", {one}" : "";
        MarkdownTable table = new(["group", $">lowest val.loss{unit}", ">in epoch", ">within 1 % from epoch", ">of epochs", .. hasSeconds ? [">seconds per epoch"] : (string[])[]]);
        foreach (RunGroup group in groups)
        {
            table.Add([Name(group, compared), Value(group.Of(run => run.Metric(loss)?.Best)), Value(group.Of(run => run.Metric(loss)?.BestEpoch)),
                Value(group.Of(run => Convergence.Epoch(run, loss))), Value(group.Of(run => run.Run.EpochsDone)), .. hasSeconds ? [Seconds(group.Of(MedianSeconds))] : (string[])[]]);
        }

        string objectives = new Objectives(runs).AreEqual ? "" : " The groups minimise different objectives: their losses are not comparable.";
        string seconds = !hasSeconds ? " Seconds are left out, since every run shared its machine with another one."
            : $" Seconds are wall-clock time of training and depend on the machine{(overlapping == 0 ? "" : Text($"; {overlapping} of {runs.Length} runs overlapped in time with another one on the same host"))}.";
        return $"{table}\nWithin 1 %: the first epoch with a validation loss that near to the lowest of the same run.{objectives}{seconds}\n";
    }

    /// <summary>Two digits, or two of their spread.</summary>
    static string Seconds(Sample seconds) => seconds switch
    {
        { Count: 0 } => "–",
        { StandardDeviation: > 0 } => SampleText.MeanAndSpread(seconds),
        { Mean: > 0 } => Numbers.Format(seconds.Mean, Math.Max(0, 1 - Decade.Of(seconds.Mean))),
        _ => "0",
    };

    /// <summary>How many runs shared their machine with another one of the comparison.</summary>
    static int Overlapping(RunData[] runs)
    {
        int overlapping = 0;
        foreach (IEnumerable<RunSummary> host in runs.Where(run => run.Run.FinishedAt is not null && run.Detail is { Provenance: not null, Resumptions.Count: 0 }).GroupBy(run => run.Detail.Provenance!.Host, run => run.Run))
        {
            RunSummary[] inOrder = [.. host.OrderBy(run => run.StartedAt)];
            DateTimeOffset latestEnd = DateTimeOffset.MinValue;
            foreach ((int i, RunSummary run) in inOrder.Index())
            {
                if (run.StartedAt < latestEnd || (i + 1 < inOrder.Length && inOrder[i + 1].StartedAt < run.FinishedAt)) overlapping++;
                if (run.FinishedAt > latestEnd) latestEnd = run.FinishedAt.Value;
            }
        }

        return overlapping;
    }

    /// <summary>What simple models reach on the same test images, among the groups, in a table for each data set; null where that is not stored.</summary>
    public static string? SimpleModels(ComparedRuns compared)
    {
        string[] tables = [.. compared.DataSets.Select(dataSet => SimpleModels(compared, dataSet)).OfType<string>()];
        return tables.Length == 0 ? null : $"{string.Join('\n', tables)}\n{StoredBaseline.Explain(compared.DataSets.SelectMany(dataSet => Baselines(GroupsOf(compared, dataSet))), [.. compared.DataSets.SelectMany(dataSet => StoredBaseline.DifferingNames(GroupsOf(compared, dataSet).SelectMany(group => group.Counted)))])}\n";
    }

    /// <summary>A sentence for each number of latents, and data set, whose simple models no run holds though it was tested.</summary>
    public static IEnumerable<string> SimpleModelsMissing(ComparedRuns compared)
    {
        foreach (string dataSet in compared.DataSets)
        {
            RunData[] tested = [.. compared.Groups.Where(group => compared.DataSetOf(group) == dataSet).SelectMany(group => group.Counted).Where(run => run.Metric("test", "mse") is not null)];
            string[] without = [.. tested.GroupBy(run => run.Parameter("model.latent_dim")).Where(latents => StoredBaseline.FirstReadable(latents).Count == 0).Select(latents => latents.Key ?? "unknown")];
            string of = compared.DataSets.Count > 1 ? $" of {dataSet}" : "";
            if (StoredBaseline.DifferingNames(tested) is { Count: > 0 } differing)
                yield return $"{string.Join(" and ", differing.Take(2))}{(differing.Count > 2 ? ", …," : "")} stand{(differing.Count == 1 ? "s" : "")} beside no run{of}: fitted to the images that each run was trained and validated on, which are not the same, {(differing.Count == 1 ? "it is" : "they are")} not one model.";
            if (without.Length > 0)
                yield return StoredBaseline.FirstReadable(tested).Count == 0 ? $"No simple models stand beside the runs{of}: none of them holds any that can be read."
                    : $"No simple models with as many latents stand beside the runs{of} with latent_dim {string.Join(", ", without)}: none of these holds any that can be read.";
        }
    }

    static RunGroup[] GroupsOf(ComparedRuns compared, string dataSet) => [.. compared.Groups.Where(group => compared.DataSetOf(group) == dataSet)];

    static IReadOnlyList<StoredBaseline> Baselines(RunGroup[] groups) => StoredBaseline.OfAll(groups.SelectMany(group => group.Counted));

    static string? SimpleModels(ComparedRuns compared, string dataSet)
    {
        RunGroup[] groups = GroupsOf(compared, dataSet);
        IReadOnlyList<StoredBaseline> baselines = Baselines(groups);
        if (baselines.Count == 0) return null;
        string of = compared.DataSets.Count > 1 ? $" of {MarkdownText.Plain(dataSet)}" : "";
        List<(string Name, double Mse, string MseText, string BceText)> rows = [];
        foreach (RunGroup group in groups)
        {
            (MetricKey key, Sample mse) = group.WithoutNoise("mse");
            if (mse.Count > 0) rows.Add(($"**{MarkdownText.Plain(group.Label)}**{(key.Name == "mse" ? "" : ", at z = μ")}", mse.Mean, Value(mse), Value(group.WithoutNoise("bce").Sample)));
        }

        rows.AddRange(baselines.Select(one => (MarkdownText.Plain(one.Name) + of, one.Mse, Numbers.Format(one.Mse), one.Bce is { } bce ? Numbers.Format(bce) : "–")));
        MarkdownTable table = new($"on the test images{of}", ">mse, per pixel", ">bce, nats per image");
        foreach ((string name, _, string mse, string bce) in rows.OrderBy(row => row.Mse))
            table.Add(name, mse, bce);
        return table.ToString();
    }

    /// <summary>Where the codes lie; null where that was not measured.</summary>
    public static string? Codes(ComparedRuns compared)
    {
        (string Name, string Heading)[] measured = [.. OfCodes.Where(one => Measured(compared, "test", one.Name))];
        if (measured.Length == 0) return null;
        MarkdownTable table = new(["group", ">latents", .. measured.Select(one => $">{one.Heading}")]);
        foreach (RunGroup group in compared.Groups)
            table.Add([Name(group, compared), group.Value("model.latent_dim") ?? "–", .. measured.Select(one => Value(group.Sample(new MetricKey("test", one.Name))))]);
        return $"""
            {table}
            Radius is the spread of the codes about their mean (√latents for N(0, I)), offset how far that mean is from the origin. Gaps is the share of cells inside the outline of the codes that no code falls into, in the plane of their first two principal axes and without the 5 % of them farthest out: with more than two latents hardly a gap is seen there. 10-NN accuracy is how often the ten nearest training codes tell the class of a test image.

            """;
    }

    /// <summary>What each varied key explains; null where fewer than two were varied.</summary>
    public static string? Importances(ComparedRuns compared)
    {
        IReadOnlyList<Importance> all = compared.ImportanceTable.Rows;
        if (all.Count == 0) return null;
        int runs = all.Max(one => one.Runs);
        MarkdownTable table = new("key", ">levels", ">variance explained, η²", ">by chance", "best level", $">mean {compared.Metric.Key} there");
        foreach (Importance one in all)
            table.Add(one.Names(MarkdownText.Code) + (one.Runs < runs ? Text($" ({one.Runs} runs that have it)") : ""), Text($"{one.Levels}"), Numbers.Percent(one.Share), one.ChanceText, compared.IsRanked ? MarkdownText.Plain(one.BestLevels) : "–", compared.IsRanked ? Numbers.Format(one.BestMean) : "–");
        string leftOut = compared.ImportanceTable.LeftOut(MarkdownText.Code) is { Length: > 0 } some ? $" Left out: {some}." : "";
        string pruned = compared.ImportanceTable.OfPruned is { } caution ? $"**{caution}.** " : "";
        string aliased = all.Any(one => one.Aliases.Count > 0) ? " Keys in one row change together, so that what each of them does cannot be told." : "";
        string rest = all.Count == 1 || compared.ImportanceTable.AreCrossed ? compared.ImportanceTable.RestInWords() : "Not every value of a key was tried with each of the others as often, so that shares overlap: what one explains may be the doing of another, and they do not add up.";
        return $"{table}\n{pruned}Method: the main effect of each key alone in a one-way analysis of variance over {runs} {(compared.Groups.Any(group => group.IsCompleted) ? "completed " : "")}runs, η² = sum of squares between its levels ÷ total sum of squares; numbers that are many, or that a single run has, are put into at most four ranges.{leftOut}{aliased}{(rest.Length > 0 ? $" {rest}" : "")} {compared.ImportanceTable.ChanceInWords}\n";
    }

    /// <summary>Every run.</summary>
    public static string Runs(ComparedRuns compared)
    {
        MarkdownTable table = new("run", "group", ">seed", "status", ">epochs", $">{compared.Metric.Key}");
        foreach (RunGroup group in compared.Groups)
        {
            foreach (RunData run in group.Members)
                table.Add(MarkdownText.Code(run.Run.Id), MarkdownText.Plain(group.Label), run.Run.Seed.ToString(CultureInfo.InvariantCulture), run.Run.Status.Word(), Numbers.Count(run.Run.EpochsDone),
                    run.Metric(compared.Metric.Key) is { } found ? Numbers.Format(found.Last) : "–");
        }

        return table.ToString();
    }

    static double? MedianSeconds(RunData run) => run.Detail.Epochs.Count == 0 ? null : Median.Of(run.Detail.Epochs.Select(epoch => epoch.Seconds));

    static string Name(RunGroup group, ComparedRuns compared)
    {
        string name = MarkdownText.Plain(group.Label);
        return (compared.RankOf(group) == 1 ? $"**{name}**" : name) + (group == compared.Baseline ? " (baseline)" : "");
    }

    static bool Measured(ComparedRuns compared, string split, string metric) => compared.Groups.Any(group => group.Sample(new MetricKey(split, metric)).Count > 0);

    static string Counted(RunGroup group, MetricKey metric)
    {
        int counted = group.Sample(metric).Count;
        string number = counted == group.Runs.Count ? Text($"{counted}") : Text($"{counted} of {group.Runs.Count}");
        if (group.IsCompleted || counted == 0) return number;
        string status = string.Join(" or ", group.Counted.Select(run => run.Run.Status.Word()).Distinct());
        (int first, int last) = (group.Counted.Min(run => run.Run.EpochsDone), group.Counted.Max(run => run.Run.EpochsDone));
        return first == last ? Text($"{number}, {status} after epoch {last}") : Text($"{number}, {status} after epochs {first} to {last}");
    }

    static string Value(Sample sample) => sample.Count == 0 ? "–" : SampleText.MeanAndSpread(sample);

    static string Value(StoredBaseline baseline, string metric) => metric switch
    {
        "mse" => Numbers.Format(baseline.Mse),
        "bce" when baseline.Bce is { } bce => Numbers.Format(bce),
        _ => "–",
    };

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A column of the results: of a group, and of a simple model, where it stays empty if nothing is said.</summary>
    sealed record ResultColumn(string Heading, Func<RunGroup, string> OfGroup, Func<StoredBaseline, string>? OfBaseline = null);
}
