using System.Globalization;
using AeVae.Reports;
using AeVae.Runner.Sweeps;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AeVae.Runner.Views;

/// <summary>The running trials, one a line, and a bar for the whole sweep.</summary>
sealed class SweepTable(SweepBoard board, SweepStart start, IAnsiConsole console)
{
    const int Frame = 5;    // lines around the trials: header, rule, bar and the prompt

    readonly string metric = start.Sweep.Sweep.Metric;

    /// <summary>Draws it as it stands.</summary>
    public IRenderable Render()
    {
        Table table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);
        table.AddColumn(Header("trial").RightAligned().NoWrap());
        table.AddColumn(Header("").NoWrap());
        table.AddColumn(Header("epoch").RightAligned().NoWrap());
        table.AddColumn(Header(metric).RightAligned().NoWrap());
        IReadOnlyList<RunningTrial> running = board.Running;
        int rows = Math.Max(1, console.Profile.Height - Frame);
        foreach (RunningTrial trial in running.Take(rows))
        {
            table.AddRow(
                new Text(trial.Trial.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(SweepText.Trial(trial.Trial)).Overflow(Overflow.Ellipsis),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{trial.Epoch}/{trial.Epochs}")),
                new Text(trial.Last is { } last && SweepRanking.Value(last, metric) is { } value ? Numbers.Metric(value) : ""));
        }

        return running.Count == 0 ? Bar() : new Rows(table, Bar());
    }

    static TableColumn Header(string text) => new(new Text(text, new Style(decoration: Decoration.Bold)));

    Paragraph Bar()
    {
        string text = string.Create(CultureInfo.InvariantCulture, $" {start.Sweep.Trials.Count - start.ToDo.Count + board.EndedCount}/{start.Sweep.Trials.Count} trials");
        string best = board.Best is { } found ? $"  best {Numbers.Metric(found.Value)} (trial {found.Trial.Number})" : "";
        string left = board.Left is { } time ? $"  {Durations.Format(time)} left" : "";
        if (text.Length + best.Length + left.Length + BarLine.Narrowest <= console.Profile.Width)
            text += best;
        text += left;
        return BarLine.Of(Math.Clamp(board.Fraction, 0, 1), text, console.Profile.Width);
    }
}
