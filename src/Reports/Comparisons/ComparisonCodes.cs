using System.Globalization;
using AeVae.Reports.Charts;
using AeVae.Reports.Drawing;
using AeVae.Reports.Markdown;
using AeVae.Reports.Runs;
using AeVae.Reports.Statistics;
using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>What codes carry and where they lie, group beside group; null where nothing is stored.</summary>
static class ComparisonCodes
{
    const double RateHeight = 380, KlHeight = 210, DensityHeight = 300, SpreadHeight = 190, LeastSpread = 1.25;
    const int Columns = 2, NarrowColumns = 3, MostBars = 64, MostPoints = 1500;
    const double OneScale = 6, OneScaleOfCodes = 2;   // largest ratio of the highest bars, and of the reach of codes, that one scale still shows
    const double ShownShare = 0.995;   // of the points: a few far ones would make the rest a dot

    /// <summary>Rate (KL) against distortion (reconstruction error) of every VAE that finished.</summary>
    public static Figure? RateDistortion(ComparedRuns compared, ShownGroups shown)
    {
        ShownGroup[] finished = [.. shown.All.Where(one => compared.Finished.Contains(one.Group))];
        string split = finished.All(one => one.Group.Sample(new("test", "bce")).Count > 0) ? "test" : "validation";
        (ShownGroup One, Sample Rate, Sample Distortion)[] points = [.. finished.Select(one => (one, one.Group.Sample(new(split, "kl")), one.Group.Sample(new(split, "bce")))).Where(point => point.Item2.Count > 0 && point.Item3.Count > 0)];
        if (points.Length < 2) return null;
        // They lie so far away that an axis with them would leave no room between the groups.
        IReadOnlyList<StoredBaseline> baselines = StoredBaseline.Beside([.. points.SelectMany(point => point.One.Group.Counted)]);
        XyChart chart = new("Rate and distortion",
            Axis.FromZero("kl, nats per image →", Bounds(points.Select(point => point.Rate)), 8), Axis.FromZero($"↑ bce, nats per image{StoredBaseline.InWords(baselines, new MetricKey(split, "bce"))}", Bounds(points.Select(point => point.Distortion)), 8),
            [new XySeries("", false, [.. points.Select(point => new XyPoint(point.Rate.Mean, point.Distortion.Mean, Spread(point.Rate), Spread(point.Distortion), point.One.Group.Label, point.One.Colour)
            {
                Told = $"kl {SampleText.MeanAndSpread(point.Rate)}, bce {SampleText.MeanAndSpread(point.Distortion)}{SampleText.Kind(point.One.Group.Repeats, point.Rate, point.Distortion)}",
            })])])
        { HasLinesOfEqualSum = true };
        string bound = points.Any(point => point.One.Group.Value("loss.reconstruction") == "mse") ? " Of a model that was trained with mse it is the bound that it would have with Bernoulli pixels, which it did not minimise." : "";
        string bars = points.Any(point => Spread(point.Rate) > 0) ? $" Bars are one standard deviation over {compared.Repeats}; those that a dot covers are left out." : "";
        return Figure.Of("rate_distortion", "Rate and distortion",
            $"The nats that a code spends beyond the prior against the nats that are left to be told about the image ({split} images). Points nearer to the lower left do both better; along a grey line their sum, the negative ELBO, is the number that stands at it.{bound}{(baselines.Count > 0 ? " The mean image, fitted as \"Beside simple models\" says, needs no code, and no model falls below the grey-level floor." : "")}{bars}{MarkdownText.Plain(shown.Remark)}",
            RateHeight, chart.Draw);
    }

    /// <summary>KL of each latent, on one scale.</summary>
    public static Figure? KlPerDim(ShownGroups shown)
    {
        StoredParts<double[]> stored = StoredParts<double[]>.Read(shown.All.Where(one => one.Group.Members[0].IsVae), "KL of each latent", Kl);
        (ShownGroup One, RunData Run, double[] Kl)[] groups = [.. stored.All];
        if (groups.Length == 0) return null;
        bool hasOneScale = groups.Max(group => group.Kl[0]) <= OneScale * groups.Min(group => group.Kl[0]);
        double reach = hasOneScale ? groups.Max(group => group.Kl[0]) : 0;
        PanelGrid grid = new([.. groups.Select(group => (Action<ICanvas, Area>)((canvas, area) =>
        {
            string active = group.Run.Finite(new("test", "active_units")) is { } units ? string.Create(CultureInfo.InvariantCulture, $", {units} with a variance of μ above 0.01") : "";
            string more = group.Kl.Length > MostBars ? string.Create(CultureInfo.InvariantCulture, $", the largest {MostBars} drawn") : "";
            new BarChart(group.One.Group.Label, "nats per image", string.Create(CultureInfo.InvariantCulture, $"{group.Kl.Length} latents{active}{more}"), [.. group.Kl.Take(MostBars).Select(kl => ("", kl))]) { Reach = reach, Colour = group.One.Colour }.Draw(canvas, area);
        }))], groups.Length == 1 ? 1 : Columns, KlHeight);
        return Figure.Of("kl_per_dim", "KL divergence of each latent", $"What each latent costs, the largest first, {(hasOneScale ? "all on one scale" : "each panel on a scale of its own")} (test images, the run of each group's first seed). A latent whose KL is near zero tells the decoder next to nothing. Under each panel stands in how many latents the mean μ varies over the images with a variance above 0.01, which are often called active; some of them may still have next to no KL.{stored.Without}{MarkdownText.Plain(shown.Remark)}",
            grid);
    }

    /// <summary>Codes of the test images, coloured by class, on equal axes.</summary>
    /// <returns>It, and by the labels of its groups how many times as large they are drawn as the farthest-reaching ones.</returns>
    public static (Figure Figure, IReadOnlyDictionary<string, double> Factors)? Latent(ShownGroups shown)
    {
        StoredParts<LatentPoints> stored = StoredParts<LatentPoints>.Read(shown.All, "codes", LatentPoints.Of);
        CodesOfGroup[] groups = [.. stored.All.Select(group => new CodesOfGroup(group.One.Group, group.Run, group.Part))];
        if (groups.Length == 0) return null;
        double[] larger = Factors([.. groups.Select(one => one.Reach)]), scales = Scales([.. groups.Select(one => one.Reach)], larger);
        string[] titles = Titles([.. groups.Select(one => one.Group.Label)], larger);
        int columns = ColumnsOf(titles);
        int beyond = groups.Zip(scales, (one, scale) => one.Points.Count(point => Distance(point) > scale)).Sum();
        IReadOnlyList<string> names = groups.MaxBy(one => one.Codes.ClassNames.Count)!.Codes.ClassNames;
        string[] allNames = [.. groups.SelectMany(one => one.Codes.ClassNames)];
        bool sameClasses = groups.All(one => names.Take(one.Codes.ClassNames.Count).SequenceEqual(one.Codes.ClassNames));
        bool sameImages = new DataSets([.. groups.Select(one => one.Run)]).Names.Count == 1;
        ScatterChart[] charts = [.. groups.Zip(scales, (one, scale) => new ScatterChart(titles[Array.IndexOf(groups, one)], $"{one.Codes.Axis(1)} →", one.Codes.Shares is null && one.Group.Value("model.latent_dim") == "1" ? "one latent only" : $"↑ {one.Codes.Axis(2)}",
            [.. one.Points.Where(point => Distance(point) <= scale)], one.Codes.ClassNames, one.Prior) { Reach = scale, HasLegend = !sameClasses, RoomFor = allNames, MostBeside = groups.Max(other => other.Points.Length), Notes = Measured(one.Group) })];
        double height = charts.Max(chart => chart.Height(PanelGrid.PanelWidth(columns)));
        PanelGrid grid = new([.. charts.Select(chart => (Action<ICanvas, Area>)chart.Draw)], columns, height) { Above = names.Count == 0 || !sameClasses ? null : (canvas, corner) => ScatterChart.LegendRow(canvas, corner, names) };
        string far = beyond > 0 ? string.Create(CultureInfo.InvariantCulture, $" {beyond} points lie farther out and are not drawn.") : "";
        string without = groups.Any(one => one.Prior is null && PriorCircle.IsProjected(one.Run)) ? " A panel without it is of a run that does not hold its axes." : "";
        return (Figure.Of("latent", "Latent space",
            $"Codes (AE) or means μ (VAE) of {(sameImages ? "the same" : "each group's own")} test images, at most {Numbers.Count(MostPoints)}, the run of each group's first seed; with more than two latents on their first two principal axes (in brackets: their share of the variance), with their mean at the origin. {InWords(larger)}, and the dashed circle holds 95 % of N(0, I), seen along the same axes, with its middle where the origin of latent space is: samples seldom fall far outside of it.{without}{(names.Count == 0 ? "" : " Each colour is a class, which no model was told; its name stands at the median of its codes where there is room and where they are dense.")}{far} The numbers are means over the seeds and explained below the table.{stored.Without}{MarkdownText.Plain(shown.Remark)}",
            grid), groups.Zip(larger).ToDictionary(one => one.First.Group.Label, one => one.Second));
    }

    /// <summary>How many times as large each panel is drawn. All once where they reach about as far, within <see cref="OneScaleOfCodes"/> times; else they are parted where the next one reaches farthest in proportion, until that holds for each part, which is drawn 1.1, 1.2 … times as large, as the farthest of it allows.</summary>
    static double[] Factors(double[] reaches)
    {
        double farthest = reaches.Max();
        Dictionary<double, double> factors = [];
        Share([.. reaches.Distinct().Order()]);
        return [.. reaches.Select(reach => factors[reach])];

        void Share(double[] ascending)
        {
            if (ascending[^1] > OneScaleOfCodes * ascending[0])
            {
                int next = Enumerable.Range(1, ascending.Length - 1).MaxBy(i => ascending[i] / ascending[i - 1]);
                Share(ascending[..next]);
                Share(ascending[next..]);
                return;
            }

            foreach (double reach in ascending) factors[reach] = Math.Floor(10 * farthest / ascending[^1]) / 10;
        }
    }

    /// <summary>How far each panel reaches, so that all hold what they draw.</summary>
    static double[] Scales(double[] reaches, double[] factors)
    {
        double once = reaches.Zip(factors, (reach, factor) => reach * factor).Max();
        return [.. factors.Select(factor => once / factor)];
    }

    /// <summary>Labels of panels, with how many times as large as the farthest-reaching ones they are drawn where that is not once.</summary>
    static string[] Titles(string[] labels, double[] factors) =>
        [.. labels.Zip(factors, (label, factor) => factor == 1 ? label : string.Create(CultureInfo.InvariantCulture, $"{label} (× {factor:0.#})"))];

    static string InWords(double[] factors) =>
        factors.Distinct().Count() == 1 ? "All panels have one scale" : "Panels that reach about as far share a scale: a factor behind the name, such as × 4, tells how many times as large one is drawn as those without a factor";

    static int ColumnsOf(string[] titles) =>
        titles.Length is 3 or > 4 && titles.All(title => TextWidth.Of(title, Style.Title) <= PanelGrid.PanelWidth(NarrowColumns)) ? NarrowColumns : Columns;

    /// <summary>How the codes are distributed about the origin, a curve for each group, against the prior; below it mean and spread of each latent, a panel for each group.</summary>
    /// <param name="shown">The groups.</param>
    /// <param name="ofCodes">How many times as large the panels of the latent space are drawn, which holds here where all groups have one; null where there are none.</param>
    public static Figure? Density(ShownGroups shown, IReadOnlyDictionary<string, double>? ofCodes)
    {
        StoredParts<AggregatePosterior> stored = StoredParts<AggregatePosterior>.Read(shown.All, "codes", AggregatePosterior.Of);
        (ShownGroup One, RunData Run, AggregatePosterior Posterior)[] groups = [.. stored.All];
        if (groups.Length == 0) return null;
        double reach = Math.Max(DensityFigure.LeastReach, groups.Max(group => group.Posterior.Reach(All(group.Posterior), DensityFigure.ShownShare)));
        DensityCurve[] curves = [.. groups.Select(group => new DensityCurve(group.One.Group.Label, group.One.Colour, group.Posterior.Density(All(group.Posterior), reach)))];
        DensityChart chart = new("Density of the codes, mean over latents", "density per latent unit", "z, of any latent", curves, reach, Math.Max(NormalDensity.At(0), curves.Max(curve => curve.Heights.Max())));
        string without = groups.Any(group => group.One.Group.Members[0].IsVae && !group.Posterior.HasWidth) ? " Runs of older programs do not hold the widths σ of their posteriors, so that only the means μ are told of them." : "";
        string images = string.Join(" or ", groups.Select(group => group.Posterior.Images).Distinct().Order().Select(count => Numbers.Count(count)));
        string smoothed = groups.All(group => group.Posterior.HasWidth) ? "" : AggregatePosterior.SmoothingInWords(reach);
        Spread[][] spreads = [.. groups.Select(group => All(group.Posterior).Select(group.Posterior.Spread).OrderByDescending(spread => spread.Inner).Take(MostBars).ToArray())];
        double[] reaches = [.. spreads.Select(latents => Math.Max(LeastSpread, latents.Max(latent => latent.Reach)))];
        double[] factors = ofCodes?.Count == groups.Length && groups.All(group => ofCodes.ContainsKey(group.One.Group.Label)) ? [.. groups.Select(group => ofCodes[group.One.Group.Label])] : Factors(reaches), scales = Scales(reaches, factors);
        string[] titles = Titles([.. groups.Select(group => group.One.Group.Label)], factors);
        SpreadChart[] panels = [.. groups.Select((group, i) => new SpreadChart(titles[i], "z", Shown(spreads[i].Length, group.Posterior.Latents), spreads[i], scales[i] * (1 + ChartFrame.Headroom), group.One.Colour))];
        PanelGrid grid = new([.. panels.Select(panel => (Action<ICanvas, Area>)panel.Draw)], ColumnsOf(titles), SpreadHeight)
        {
            Above = (canvas, corner) => chart.Draw(canvas, new Area(corner.X, corner.Y, Style.ChartWidth, DensityHeight)),
            AboveHeight = DensityHeight + Style.Margin,
        };
        return Figure.Of("latent_density", "Density of the codes against the prior",
            $"Above: the density of the codes (AE) or of the posteriors N(μ, σ²) together (VAE: the aggregate posterior), the mean over all latents of the run of each group's first seed and the first {images} test images; dashed: the prior N(0, 1). A decoder is asked for what lies under the dashed curve, and has learned what lies under its own.{smoothed} Below, latent by latent, the widest first: a bar reaches one standard deviation s of the codes, or of the means μ, to either side of their mean; a thin line one of the posteriors together, √(s² + mean of σ²); the grey band one of the prior. A line with hardly a bar is a latent without use: its posterior is the prior, whatever the image. {InWords(factors)}.{without}{stored.Without}{MarkdownText.Plain(shown.Remark)}",
            grid);

        static string Shown(int bars, int latents) => bars == latents ? Counted.Of(latents, "latent") : $"the {Numbers.Count(bars)} widest of {Counted.Of(latents, "latent")}";

        static int[] All(AggregatePosterior posterior) => [.. Enumerable.Range(0, posterior.Latents)];
    }

    static double Distance(ScatterPoint point) => Math.Max(Math.Abs(point.X), Math.Abs(point.Y));

    /// <summary>What is drawn of a group.</summary>
    sealed record CodesOfGroup(RunGroup Group, RunData Run, LatentPoints Codes)
    {
        public ScatterPoint[] Points { get; } = Codes.Points[..Math.Min(MostPoints, Codes.Points.Length)];

        public Circle? Prior { get; } = PriorCircle.Of(Run);

        /// <summary>How far out the prior and nearly all of the points lie.</summary>
        public double Reach => Math.Max(Prior?.Reach ?? PriorCircle.Radius, Points.Select(Distance).Order().ElementAt((int)((Points.Length - 1) * ShownShare)));
    }

    /// <summary>Gaps and class separation, spread and centre.</summary>
    static string[] Measured(RunGroup group) =>
        [.. new[] { Words(group, ("gaps", "latent_gaps"), ("10-NN", "knn_accuracy")), Words(group, ("radius", "latent_radius"), ("offset", "latent_offset")) }.Where(line => line.Length > 0)];

    static string Words(RunGroup group, params (string Word, string Metric)[] numbers) => string.Join(" · ", numbers
        .Select(number => (number.Word, Sample: group.Sample(new("test", number.Metric)))).Where(number => number.Sample.Count > 0)
        .Select(number => $"{number.Word} {number.Sample.Mean.ToString(number.Sample.Mean switch { < 0.1 => "0.###", < 10 => "0.00", _ => "0.0" }, CultureInfo.InvariantCulture)}"));

    static double[]? Kl(RunData run)
    {
        if (run.Artifact(ArtifactNames.KlPerDim) is not { } bytes) return null;
        double[] finite = [.. NpyArray.ReadDoubleVector(bytes).Where(double.IsFinite).Select(kl => Math.Max(0, kl)).OrderDescending()];
        return finite.Length > 0 ? finite : throw new FormatException("no value is finite");
    }

    static double Spread(Sample sample) => double.IsFinite(sample.StandardDeviation) ? sample.StandardDeviation : 0;

    static double[] Bounds(IEnumerable<Sample> samples) => [.. samples.SelectMany(sample => new[] { sample.Mean - Spread(sample), sample.Mean + Spread(sample) })];
}
