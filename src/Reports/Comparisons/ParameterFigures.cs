using System.Globalization;
using AeVae.Reports.Charts;
using AeVae.Reports.Drawing;
using AeVae.Reports.Markdown;
using AeVae.Reports.Runs;
using AeVae.Reports.Statistics;
using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>How what was measured depends on what was varied; null where nothing was.</summary>
static class ParameterFigures
{
    const double PanelHeight = 250, PanelGap = 14, ParallelHeight = 360;
    const int FewestGroups = 5, MostLines = 200, FewestForIntervals = 3;
    const double Stagger = 5, WidestStagger = 24;   // pixels between two lines, and between the first and the last

    static readonly MetricKey TestError = new("test", "mse");

    /// <summary>Metrics over a key that was varied, a line for each variant and value of the others.</summary>
    public static Figure? Effect(ComparedRuns compared)
    {
        RunGroup[] groups = [.. compared.Finished.Where(group => group.Counted.Count > 0)];
        if (groups.Length < 2 || EffectLines.Of(compared) is not { } lines) return null;
        bool hasIntervals = groups.All(group => group.Counted.Count >= FewestForIntervals), hasVae = groups.Any(group => group.Counted.Any(run => run.IsVae));
        (IReadOnlyList<StoredBaseline> baselines, string fewer) = StoredBaseline.InChart([.. groups.SelectMany(group => group.Counted)]);
        XyPoint[] pca = lines.Key == "model.latent_dim" ? Pca(groups, lines.X) : [];
        bool hasPca = pca.Length > 1;
        if (hasPca)
            baselines = [.. baselines.Where(one => !one.IsPca)];    // drawn as a line

        // Simple models draw no noise: a VAE stands beside them with its error at z = μ.
        bool hasErrors = compared.AreOnTheSameImages("test") && groups.Count(group => group.WithoutNoise("mse").Sample.Count > 0) > 1 && (hasVae || compared.Metric.Key != TestError);
        string split = compared.Metric.Key.Split;
        MetricKey[] asked = [compared.Metric.Key, .. hasErrors ? [] : (MetricKey[])[new(split, "mse")], new(split, "kl"), new("test", "sample_coverage"), new("test", "sample_sharpness")];
        MetricKey[] metrics = [.. asked.Distinct().Where(metric => compared.AreOnTheSameImages(metric.Split) && groups.Count(group => group.Sample(metric).Count > 0) > 1)];
        List<XyChart> charts = [.. metrics.Select(metric => Over(lines, groups, metric.ToString(), group => (metric, group.Sample(metric)), compared.Runs[0].Unit(metric.Name), hasIntervals, hasVae ? "" : StoredBaseline.InWords(baselines, metric), metric == TestError && hasPca && !hasErrors ? pca : null))];
        if (hasErrors)
            charts.Insert(Math.Min(1, charts.Count), Over(lines, groups, hasVae ? $"{TestError}, of a VAE at z = μ" : TestError.ToString(), group => group.WithoutNoise("mse"), compared.Runs[0].Unit("mse"), hasIntervals, StoredBaseline.InWords(baselines, TestError), hasPca ? pca : null));

        if (charts.Count == 0) return null;
        (double left, double right) = (charts.Max(chart => chart.LabelRoom), charts.Max(chart => chart.LegendRoom));
        bool hasSimple = (hasErrors || metrics.Contains(TestError)) && (hasPca || baselines.Any(one => one.Mse > 0));
        string ofPca = !hasSimple ? "" : (hasVae ? " Simple models draw no noise, so a VAE stands beside them with its error at z = μ (`test.mse_mean`)." : "") + (hasPca ? " PCA is the best linear model with as many latents, fitted to training and validation images." : fewer);
        string bars = !HaveBars(groups) ? "" : hasIntervals ? $" Bars are 95 % intervals of the mean over {compared.Repeats}; those that a mark covers are left out." : $" Bars are one standard deviation over {compared.Repeats}; those that a mark covers are left out.";
        if (bars.Length > 0 && lines.All.Count > 1) bars += " Lines stand a little beside one another, so that bars can be told apart.";
        string blur = metrics.Any(metric => metric.Name == "sample_sharpness") ? " `sample_coverage` counts blurred samples, too; `sample_sharpness` tells how blurred they are (1: as sharp as the test images)." : "";
        string title = string.Join(" and ", new[] { lines.Key }.Concat(lines.OtherKeys).Select(key => DifferingKeys.Shorten(key, compared.Differing.Swept)));
        string ofOthers = lines.OtherKeys.Count == 0 ? "" : $", a line for each value of {string.Join(" and ", lines.OtherKeys.Select(MarkdownText.Code))}";
        return Figure.Of("parameter", $"Effect of {title}", $"Means over {compared.Repeats} {compared.When}, by {MarkdownText.Code(lines.Key)}{ofOthers}.{Unfinished(compared)}{bars}{blur}{ofPca}",
            charts.Count * (PanelHeight + PanelGap) - PanelGap, (canvas, area) =>
            {
                for (int i = 0; i < charts.Count; i++)
                    (charts[i] with { LeftMargin = left, RightMargin = right }).Draw(canvas, area with { Top = area.Top + i * (PanelHeight + PanelGap), Height = PanelHeight });
            });
    }

    /// <summary>Every varied key and the metric as axes, a line for each group: for more keys or values than <see cref="Effect"/> draws.</summary>
    public static Figure? Parallel(ComparedRuns compared)
    {
        RunGroup[] groups = [.. compared.Finished.Where(group => group.Sample(compared.Metric.Key).Count > 0).Take(MostLines)];
        bool hasVariants = groups.Select(group => group.Variant).Distinct().Count() > 1;
        string[] keys = [.. compared.Differing.Swept];
        if (keys.Length < 2 || groups.Length < FewestGroups || !compared.AreOnTheSameImages(compared.Metric.Key.Split)) return null;
        ParameterAxis[] parameters = [.. keys.Select(key => ParameterAxis.Of(DifferingKeys.Shorten(key, keys), groups.Select(group => group.Value(key))))];
        string[] logarithmic = [.. keys.Zip(parameters).Where(one => one.Second.IsLogarithmic).Select(one => MarkdownText.Code(DifferingKeys.Shorten(one.First, keys)) + (one.Second.HasZeroApart ? " (0 stands apart)" : ""))];
        string scales = logarithmic.Length == 0 ? "" : $" Logarithmic: {string.Join(", ", logarithmic)}.";
        (Axis Axis, Func<RunGroup, double> At)[] axes =
        [
            .. hasVariants ? [Variants(groups)] : Array.Empty<(Axis, Func<RunGroup, double>)>(),
            .. keys.Zip(parameters, (key, parameter) => (parameter.Axis with { Title = DifferingKeys.Shorten(key, keys) }, (Func<RunGroup, double>)(group => parameter.At(group.Value(key))))),
            (Axis.Over(compared.Metric.Key.ToString(), [.. groups.Select(group => group.Sample(compared.Metric.Key).Mean)], 6), group => group.Sample(compared.Metric.Key).Mean),
        ];
        ParallelChart chart = new("Parallel coordinates", compared.IsRanked ? "one line for each group; the darker, the better; the best in orange" : "one line for each group, darker for lower values", [.. axes.Select(axis => axis.Axis)],
            [.. groups.Select((group, rank) => new ParallelLine([.. axes.Select(axis => axis.At(group))],
                rank == 0 && compared.IsRanked ? Style.Validation : GroupPalette.Ramp(groups.Length == 1 ? 1 : 1 - rank / (groups.Length - 1.0)), rank == 0 ? 2.5 : 1.25)).Reverse()])
        { Better = compared.Metric.Goal is "lower" or "higher" && compared.IsRanked ? $"{compared.Metric.Goal} is better" : "" };
        string many = groups.Length < compared.Finished.Count ? string.Create(CultureInfo.InvariantCulture, $" {groups.Length} of {compared.Finished.Count} are drawn.") : "";
        string best = compared.IsRanked ? $" The best is {MarkdownText.Plain(groups[0].Label)}." : "";
        return Figure.Of("parallel", "Parallel coordinates", $"Follow a line from the values of a group to what came of it: mean {compared.Metric.Key} over {compared.Repeats}, at the right.{Unfinished(compared)}{scales}{best}{many}", ParallelHeight, chart.Draw);
    }

    static string Unfinished(ComparedRuns compared) => (compared.Groups.Count - compared.Finished.Count) switch
    {
        0 => "",
        1 => " One group that did not complete is left out.",
        var groups => $" {Numbers.Count(groups)} groups that did not complete are left out.",
    };

    static (Axis, Func<RunGroup, double>) Variants(RunGroup[] groups)
    {
        ParameterAxis axis = ParameterAxis.Of("variant", groups.Select(group => group.Variant));
        return (axis.Axis with { Title = "variant" }, group => axis.At(group.Variant));
    }

    static XyChart Over(EffectLines lines, RunGroup[] groups, string title, Func<RunGroup, (MetricKey Key, Sample Sample)> measure, string unit, bool hasIntervals, string baselines, XyPoint[]? pca = null)
    {
        // Axis and colours are those of all groups, so that panels agree though an AE has no KL.
        XySeries[] series = [.. lines.All
            .Select((line, i) => new XySeries(line.Name, true,
                [.. line.Groups.Where(groups.Contains).Select(group => (Group: group, At: lines.X.At(group.Value(lines.Key)), Of: measure(group))).Where(point => point.Of.Sample.Count > 0).OrderBy(point => point.At)
                    .Select(point => new XyPoint(point.At, point.Of.Sample.Mean, 0, Reach(point.Of.Sample), "", GroupPalette.Of(i)) { Told = Told(point.Group, point.Of.Key, point.Of.Sample) })]) { Shift = Shift(i), Shape = i })
            .Where(line => line.Points.Count > 0)];
        if (pca is not null) series = [.. series, new XySeries("PCA", true, pca) { Shape = lines.All.Count }];
        double[] bounds = [.. series.SelectMany(one => one.Points).SelectMany(point => new[] { point.Y - point.YReach, point.Y + point.YReach })];
        string yTitle = $"{unit}{baselines}{Bars(groups, hasIntervals)}";
        bool isPositive = bounds.All(bound => bound >= 0);
        return new XyChart(title, lines.X.Axis, isPositive ? Axis.FromZero(yTitle, bounds, 6) : Axis.Over(yTitle, bounds, 6), series);

        string Told(RunGroup group, MetricKey metric, Sample sample) => hasIntervals && sample.Interval is { } interval
            ? string.Create(CultureInfo.InvariantCulture, $"{metric} {SampleText.Mean(sample)}, 95 % interval {SampleText.Bounds(interval)} (mean of {sample.Count} {group.Repeats})")
            : $"{metric} {SampleText.MeanAndSpread(sample)}{SampleText.Kind(group.Repeats, sample)}";

        double Shift(int line) => lines.All.Count == 1 || !HaveBars(groups) ? 0 : (line - (lines.All.Count - 1) / 2.0) * Math.Min(Stagger, WidestStagger / (lines.All.Count - 1));

        double Reach(Sample sample) => sample.Interval is not { } interval ? 0 : hasIntervals ? (interval.High - interval.Low) / 2 : sample.StandardDeviation;
    }

    // What bars are must be seen wherever the figure is shown without its caption.
    static string Bars(RunGroup[] groups, bool areIntervals) => !HaveBars(groups) ? "" : areIntervals ? " · bars: 95 % interval" : " · bars: ± one standard deviation";

    static bool HaveBars(RunGroup[] groups) => groups.Any(group => group.Counted.Count > 1);

    /// <summary>PCA with as many latents as the groups have, a line beside theirs.</summary>
    static XyPoint[] Pca(RunGroup[] groups, ParameterAxis latents)
    {
        IReadOnlyList<StoredBaseline> baselines = StoredBaseline.Beside([.. groups.SelectMany(group => group.Counted)]);
        return [.. groups.Select(group => group.Value("model.latent_dim")).Distinct()
            .Select(value => (At: latents.At(value), Pca: baselines.FirstOrDefault(one => one.Name == $"PCA-{value}"))).Where(point => point.Pca is not null)
            .OrderBy(point => point.At).Select(point => new XyPoint(point.At, point.Pca!.Mse, 0, 0, "", Style.Axis) { Told = $"test.mse {Numbers.Format(point.Pca.Mse)}" })];
    }
}
