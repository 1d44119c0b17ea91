using AeVae.Reports.Charts;
using AeVae.Reports.Markdown;
using AeVae.Reports.Runs;

namespace AeVae.Reports.Comparisons;

/// <summary>Curves of several groups on one axis; null where nothing was measured.</summary>
static class ComparisonCurves
{
    const double SingleHeight = 340, StackedHeight = 280;
    const int MostNamed = 4;
    const int MostWithTraining = 5;   // groups: beyond, curves of training would hide those of validation

    /// <summary>Losses; a panel for each objective, since two of them have no axis in common.</summary>
    public static Figure? Loss(ComparedRuns compared, ShownGroups shown) => Figure("loss", "Loss",
        $"The objective over epochs.{(shown.All.GroupBy(one => Family(one.Group)).Any(family => family.Select(one => one.Group.Members[0].Detail.ReachedBeta ?? 0).Distinct().Count() > 1) ? " Groups with another β minimise something else: compare the shapes of their curves, not the heights." : "")}", compared, shown,
        [.. DataSets(compared, shown).SelectMany(data => data.Groups.GroupBy(one => Family(one.Group)).Select(family => new Panel("loss", $"Loss: {family.Key}{data.Of}", family.First().Group.Members[0].Unit("loss"), [.. family], [])))]);

    /// <summary>Reconstruction errors in both units, which mean the same whatever is minimised.</summary>
    public static Figure? Reconstruction(ComparedRuns compared, ShownGroups shown)
    {
        RunData[] runs = [.. shown.All.SelectMany(one => one.Group.Counted)];
        (IReadOnlyList<StoredBaseline> baselines, string fewer) = StoredBaseline.InChart(runs);
        return Figure("reconstruction", "Reconstruction error",
            $"How far the decoded image is from the original, in units that mean the same for every objective.{(baselines.Count > 0 ? $" Grey lines are simple models on the test images{(runs.Any(run => run.IsVae) ? ", which draw no noise, whereas a VAE's curves here are of sampled z" : "")}; an arrow points to those beyond the axis.{fewer}" : compared.DataSets.Count > 1 && ComparisonTables.SimpleModels(compared) is not null ? " Simple models are other ones for each data set, and stand under \"Beside simple models\"." : "")}", compared, shown,
            [.. DataSets(compared, shown).SelectMany(data => (Panel[])
            [
                new Panel("bce", $"Binary cross-entropy{data.Of}", "nats per image", data.Groups, StoredBaseline.Lines(baselines, "bce")),
                new Panel("mse", $"Squared error{data.Of}", "per pixel", data.Groups, StoredBaseline.Lines(baselines, "mse")),
            ])]);
    }

    /// <summary>KL divergence of the posteriors from the prior.</summary>
    public static Figure? Kl(ComparedRuns compared, ShownGroups shown) => Figure("kl", "KL divergence",
        $"What the code of an image costs beyond the prior, an upper bound on what it tells about the image; an AE has none.", compared, shown, [.. DataSets(compared, shown).Select(data => new Panel("kl", $"KL divergence from N(0, I){data.Of}", "nats per image", data.Groups, []))]);

    /// <summary>Groups of several data sets have panels of their own, and the data set in the title.</summary>
    static IEnumerable<(string Of, IReadOnlyList<ShownGroup> Groups)> DataSets(ComparedRuns compared, ShownGroups shown) => shown.All.GroupBy(one => compared.DataSetOf(one.Group))
        .Select(data => (compared.DataSets.Count > 1 ? $", {data.Key}" : "", (IReadOnlyList<ShownGroup>)[.. data]));

    static Figure? Figure(string name, string title, string caption, ComparedRuns compared, ShownGroups shown, Panel[] panels)
    {
        (Panel Panel, LineSeries[] Lines)[] drawn = [.. panels.Select(panel => (panel, panel.Groups.SelectMany(one => GroupCurve.Lines(one, panel.Metric, panel.IsCrowded)).ToArray())).Where(panel => panel.Item2.Length > 0)];
        if (drawn.Length == 0) return null;
        double height = drawn.Length == 1 ? SingleHeight : StackedHeight;
        bool hasBands = drawn.Any(panel => panel.Lines.Any(line => line.Band.Count > 0));
        double[] ceilings = [.. drawn.Select(panel => LineChart.Ceiling(panel.Lines, panel.Panel.Metric == "kl" ? panel.Panel.Warmups.Max() : 0))];
        string bands = hasBands ? $" A line is the mean over the runs of a group{(compared.Repeats == "seeds" ? ", which differ in the seed alone" : "")}; its band reaches from their lowest to their highest value." : "";
        string[] cut = [.. drawn.SelectMany(panel => panel.Panel.Groups.Where(one => GroupCurve.IsCutShort(one.Group, panel.Panel.Metric))).Select(one => one.Group.Label).Distinct()];
        string cutShort = cut.Length == 0 ? "" : $" A line ends with the first of its runs that ends, since a mean of the others would jump there: tables have other numbers of {(cut.Length > MostNamed ? $"{cut.Length} groups" : MarkdownText.Plain(string.Join(", ", cut)))}, whose runs ended in different epochs.";
        string clipped = ceilings.Any(double.IsFinite) ? LineChart.Clipped : "";
        string notFinite = compared.Groups.SelectMany(group => group.Counted).Any(run => drawn.Any(panel => NotFinite(run, panel.Panel.Metric))) ? " Values that are not finite are left out." : "";
        return ChartStack.Of(name, title, $"{caption}{bands} Behind the name of a group stands the value on validation images where its line ends{(compared.MayBeOfBestEpoch ? ", whereas tables tell that of the epoch whose weights are tested" : "")}.{(drawn.Any(panel => panel.Panel.IsCrowded) ? " Of so many groups training is left out." : "")}{cutShort}{clipped}{notFinite}{MarkdownText.Plain(shown.Remark)}",
            [.. drawn.Select((panel, i) => new LineChart(panel.Panel.Title, $"{panel.Panel.Unit} · {(panel.Panel.IsCrowded ? "validation" : panel.Lines.All(line => line.Points.Count == 1) ? "filled: training, hollow: validation" : $"solid: training, dashed: validation{(panel.Lines.Any(line => line.Points.Count == 1) ? "; of one epoch filled and hollow" : "")}")}{(hasBands ? $" · bands: lowest to highest of the {compared.Repeats}" : "")}", panel.Lines, height, panel.Panel.References, ceilings[i]) { Told = hasBands ? $"validation, mean over {compared.Repeats}" : "validation", Warmup = panel.Panel.MarkedWarmup })], height);
    }

    static bool NotFinite(RunData run, string metric) => run.Series.Value.Any(series => series.Key.Name == metric && series.Key.Split != "test" && series.Value.Any(point => !double.IsFinite(point.Value)));

    /// <summary>What a group minimises, but for a weight of its KL term above 0.</summary>
    static string Family(RunGroup group)
    {
        RunData run = group.Members[0];
        string reduced = run.Parameter("loss.reduction") == "mean" ? "mean over pixels" : "summed over pixels";
        return $"{run.Parameter("loss.reconstruction")} {reduced}{(run.IsVae && run.Parameter("loss.kl_weight") != "0" ? " + β·KL" : "")}";
    }

    sealed record Panel(string Metric, string Title, string Unit, IReadOnlyList<ShownGroup> Groups, IReadOnlyList<ReferenceLine> References)
    {
        public bool IsCrowded => Groups.Count > MostWithTraining;

        /// <summary>Over how many epochs each group raises the weight of its KL term.</summary>
        public IReadOnlyList<int> Warmups => [.. Groups.Select(one => one.Group.Members[0].Detail.KlWarmupEpochs)];

        /// <summary>The only such number where the panel shows what the weight acts on; else 0, since several lines would belong to nobody.</summary>
        public int MarkedWarmup => Metric is "kl" or "loss" && Warmups.Where(epochs => epochs > 0).Distinct().ToArray() is [var only] ? only : 0;
    }
}
