using System.Globalization;
using AeVae.Reports;
using AeVae.Reports.Comparisons;
using AeVae.Reports.Statistics;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Views;

/// <summary>Several runs beside each other: the best first, what they differ in, and what to type next.</summary>
/// <param name="globals">The options of the command.</param>
/// <param name="named">The runs and how they are compared, as it can be typed again.</param>
sealed class ComparePage(Globals globals, string named)
{
    const int MostColumns = 6;

    static readonly string[] Beside = ["bce", "mse", "kl"];

    readonly TextWriter output = globals.Output;
    readonly Paint paint = new(globals.ColorsOutput);

    /// <summary>Writes the page.</summary>
    public void Write(ComparedRuns compared)
    {
        if (!globals.Quiet)
            Heading(compared);
        Ranking(compared).Write(output, globals.ColorsOutput);
        if (globals.Quiet)
            return;
        if (compared.Differing.Others.Count > 0)
            Differences(compared);
        if (compared.Baseline is { } baseline)
            Baseline(compared, baseline);
        if (compared.ImportanceTable.Rows is { Count: > 0 } importances)
            Importances(compared, importances);
        output.WriteLine();
        foreach (string note in compared.Notes)
            globals.Error.WriteLine($"note: {note}");
        if (compared.SamplingNoise() is { } noise)
            globals.Error.WriteLine($"note: {noise}");
        if (compared.Best is { } best)
            output.WriteLine($"best{compared.OfCompleted}  run {best.Id}, {compared.Groups[0].Label}, seed {best.Seed.ToString(CultureInfo.InvariantCulture)}{compared.BestOf}");
        new LabelledLines(output, 6).Write("next:", globals.Command($"report {named}"), globals.Command($"show {(compared.Best ?? compared.Groups[0].Runs[0]).Id}"));
    }

    void Heading(ComparedRuns compared)
    {
        if (compared.Sweep is { Sweep: var sweep })
            output.WriteLine($"sweep {sweep.Id}, {sweep.Name}, {sweep.File}: {Text($"{sweep.Done} of {Counted.Of(sweep.Trials, "trial")}")} done");
        string better = !compared.IsRanked ? "" : compared.Metric.Goal switch { "lower" => ", lower is better", "higher" => ", higher is better", _ => "" };
        string unit = compared.Unit.Length == 0 ? "" : compared.Unit.StartsWith("per ", StringComparison.Ordinal) ? $" {compared.Unit}" : $" in {compared.Unit}";
        int runs = compared.Groups.Sum(group => group.Runs.Count);
        output.WriteLine($"{Counted.Of(runs, "run")} in {Counted.Of(compared.Groups.Count, "group")}, by {compared.Metric.Key}{unit} {compared.When}{better}");
        output.WriteLine();
    }

    static TextTable Ranking(ComparedRuns compared)
    {
        bool hasSpread = compared.Groups.Any(group => group.Sample(compared.Metric.Key).Interval is not null);
        MetricKey[] beside = [.. Beside.Select(name => new MetricKey(compared.Metric.Key.Split, name))
            .Where(key => key != compared.Metric.Key && compared.Groups.Any(group => group.Sample(key).Count > 0))];
        string[] spread = hasSpread ? [" 95 % interval"] : [];
        string[] number = compared.IsRanked ? [" #"] : [];
        TextTable table = new([.. number, "group", .. compared.NamedKeys.Select(key => $" {DifferingKeys.Shorten(key, compared.NamedKeys)}"), " runs", $" {compared.Metric.Key}", .. spread, .. beside.Select(key => $" {key}"), " epochs"]);
        foreach (RunGroup group in compared.Groups)
        {
            Sample sample = group.Sample(compared.Metric.Key);
            string[] interval = hasSpread ? [sample.Interval is { } bounds ? SampleText.Bounds(bounds) : "–"] : [];
            table.Add([
                .. number.Select(_ => new Cell(compared.RankOf(group) is { } rank ? Text($"{rank}") : "–")),
                group.Label + (group == compared.Baseline ? " (baseline)" : ""),
                .. compared.NamedKeys.Select(key => new Cell(group.Value(key) ?? "–")),
                sample.Count == group.Runs.Count ? Text($"{sample.Count}") : Text($"{sample.Count} of {group.Runs.Count}"),
                sample.Count == 0 ? "–" : SampleText.MeanAndSpread(sample),
                .. interval.Select(bounds => new Cell(bounds)),
                .. beside.Select(key => new Cell(group.Sample(key) is { Count: > 0 } found ? Numbers.Metric(found.Mean) : "–")),
                Epochs(group),
            ]);
        }

        return table;
    }

    static string Epochs(RunGroup group)
    {
        int[] done = [.. group.Runs.Select(run => run.EpochsDone).Distinct().Order()];
        return done.Length == 1 ? Text($"{done[0]}") : Text($"{done[0]}–{done[^1]}");
    }

    /// <summary>A row for each key.</summary>
    void Differences(ComparedRuns compared)
    {
        IReadOnlyList<DifferenceColumn> columns = compared.DifferenceColumns;
        output.WriteLine();
        output.WriteLine(paint.Title("what differs"));
        if (columns.Count > MostColumns)
        {
            output.WriteLine(WordWrap.Indent($"  {string.Join(", ", compared.Differing.Others)}. `diff A B` shows the values of two runs.", 2));
            return;
        }

        TextTable table = new(["", .. columns.Select(column => column.Name)]) { Indent = 2 };
        foreach (string key in compared.Differing.Others)
            table.Add([key, .. columns.Select(column => new Cell(column.Group.Value(key) ?? "–"))]);
        table.Write(output, globals.ColorsOutput);
    }

    void Baseline(ComparedRuns compared, RunGroup baseline)
    {
        output.WriteLine();
        output.WriteLine($"{paint.Title($"difference to {baseline.Label}")} (paired over common seeds, each with its own interval; p by Holm for the number of groups)");
        TextTable table = new("group", " pairs", " difference", " 95 % interval", " p", "significant") { Indent = 2 };
        foreach (BaselineDifference difference in compared.DifferencesToBaseline())
        {
            Sample sample = difference.Difference;
            table.Add(
                difference.Group.Label,
                Text($"{sample.Count}"),
                sample.Count == 0 ? "–" : SampleText.Mean(sample),
                sample.Interval is { } interval ? SampleText.Bounds(interval) : "–",
                difference.PValueText,
                difference.IsSignificant switch { true => new Cell("yes", Paint.Green), false => "no", null => difference.WhyUntested });
        }

        table.Write(output, globals.ColorsOutput);
    }

    void Importances(ComparedRuns compared, IReadOnlyList<Importance> importances)
    {
        int runs = importances.Max(one => one.Runs);
        string leftOut = compared.ImportanceTable.LeftOut(key => key) is { Length: > 0 } some ? $"; left out: {some}" : "";
        output.WriteLine();
        output.WriteLine($"{paint.Title("which key matters")} (share of the variance of {compared.Metric.Key} that each explains alone: η² of a one-way analysis of variance over {runs} {(compared.Groups.Any(group => group.IsCompleted) ? "completed " : "")}runs{leftOut})");
        if (compared.ImportanceTable.OfPruned is { } pruned)
            output.WriteLine(WordWrap.Indent($"  {pruned}.", 2));
        TextTable table = new("key", " levels", " η²", " by chance", "best level") { Indent = 2 };
        foreach (Importance one in importances)
            table.Add(one.Names(key => key) + (one.Runs < runs ? Text($" ({one.Runs} runs that have it)") : ""), Text($"{one.Levels}"), Text($"{100 * one.Share:0.0} %"), one.ChanceText, compared.IsRanked ? one.BestLevels : "–");
        table.Write(output, globals.ColorsOutput);
        output.WriteLine(WordWrap.Indent($"  {compared.ImportanceTable.ChanceInWords}", 2));
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
