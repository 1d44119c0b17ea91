using System.Globalization;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AeVae.Runner.Views;

/// <summary>The last epochs as a table, with a bar below it, as wide and high as the terminal allows.</summary>
sealed class EpochTable(RunStart start, IAnsiConsole console)
{
    /// <summary>Epochs that are shown at most.</summary>
    public const int MostRows = 10;

    const int Frame = 6;    // lines around the epochs: header, rule, bar and the prompt

    readonly IReadOnlyList<EpochColumn> allColumns = EpochColumn.For(start.Request.Spec);
    readonly int planned = start.Request.Spec.Train.Epochs;

    /// <summary>Draws it; without a position only the epochs.</summary>
    public IRenderable Render(IReadOnlyList<EpochResult> epochs, RunPosition? position)
    {
        Table table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);
        IReadOnlyList<EpochColumn> columns = Fitting();
        foreach (EpochColumn column in columns)
            table.AddColumn(new TableColumn(new Text(column.Header, new Style(decoration: Decoration.Bold))).RightAligned().NoWrap());
        int rows = Math.Clamp(console.Profile.Height - Frame, 1, MostRows);
        foreach (EpochResult epoch in epochs.Skip(Math.Max(0, epochs.Count - rows)))
            table.AddRow(columns.Select(column => new Text(column.Text(epoch))));
        return position is { } at ? new Rows(table, Bar(at)) : table;
    }

    IReadOnlyList<EpochColumn> Fitting()
    {
        int width = console.Profile.Width;
        int used = 2;
        return [.. allColumns.TakeWhile(column => (used += Math.Max(column.Header.Length, column.Width) + 3) <= width)];
    }

    Paragraph Bar(RunPosition at)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $" epoch {at.Epoch}/{planned}  {at.Activity}{(at.Left is { } left ? $"  {Durations.Format(left)} left" : "")}");
        if (text.Length + BarLine.Narrowest > console.Profile.Width)
            text = string.Create(CultureInfo.InvariantCulture, $" epoch {at.Epoch}/{planned}");
        return BarLine.Of(at.Fraction, text, console.Profile.Width);
    }
}
