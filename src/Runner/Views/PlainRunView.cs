using System.Diagnostics;
using System.Globalization;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using Serilog.Events;

namespace AeVae.Runner.Views;

/// <summary>One aligned line per epoch, for files and pipes.</summary>
sealed class PlainRunView(Globals globals) : IRunView
{
    IReadOnlyList<EpochColumn> columns = [];
    Stopwatch clock = new();
    Pace pace = new(1, 1);
    int epochs;

    /// <inheritdoc/>
    public void Started(RunPlan plan, Trainer trainer)
    {
        RunText.WriteStart(globals.Output, plan);
        epochs = plan.Request.Spec.Train.Epochs;
        columns = EpochColumn.For(plan.Request.Spec);
        pace = new Pace(epochs, plan.StepsPerEpoch, plan.Resumed?.Epoch ?? 0);
        clock = Stopwatch.StartNew();
    }

    /// <inheritdoc/>
    public void EpochFinished(EpochResult result)
    {
        pace.EpochFinished(clock.Elapsed);
        EpochColumn epoch = columns[0];
        IEnumerable<string> cells = columns.Skip(1).Where(column => column.Header != EpochColumn.Seconds).Select(column => $"{column.Header} {column.Text(result).PadLeft(column.Width)}");
        TimeSpan left = pace.Left(result.Epoch, 0, clock.Elapsed) ?? TimeSpan.Zero;
        string remaining = result.Epoch == epochs ? "" : $"  {Durations.Format(left)} left";
        globals.Error.WriteLine($"epoch {epoch.Text(result).PadLeft(epoch.Width)}/{epochs.ToString(CultureInfo.InvariantCulture)}  {string.Join("  ", cells)}{remaining}");
    }

    /// <inheritdoc/>
    public void Log(LogEventLevel level, string message) => LogLine.Write(globals, level, message);

    /// <inheritdoc/>
    public void Ended(RunOutcome outcome, ReportResult? report)
    {
        foreach (string line in RunText.Explain(globals, outcome))
            globals.Error.WriteLine(line);
        RunText.WriteEnd(globals, outcome, report);
    }
}
