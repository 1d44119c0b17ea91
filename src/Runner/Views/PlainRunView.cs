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
    RunProgress? progress;
    int epochs;

    /// <inheritdoc/>
    public void Started(RunStart start, Trainer trainer)
    {
        RunText.WriteStart(globals.Output, start, trainer);
        epochs = start.Request.Spec.Train.Epochs;
        columns = EpochColumn.For(start.Request.Spec);
        progress = new RunProgress(trainer, epochs, start.Resumed?.Epoch ?? 0);
    }

    /// <inheritdoc/>
    public void EpochFinished(EpochResult result)
    {
        progress!.EpochFinished();
        EpochColumn epoch = columns[0];
        IEnumerable<string> cells = columns.Skip(1).Where(column => column.Header != EpochColumn.Seconds).Select(column => $"{column.Header} {column.Text(result).PadLeft(column.Width)}");
        string remaining = result.Epoch == epochs ? "" : $"  {Durations.Format(progress.LeftAfter(result.Epoch) ?? TimeSpan.Zero)} left";
        globals.Error.WriteLine($"epoch {epoch.Text(result).PadLeft(epoch.Width)}/{epochs.ToString(CultureInfo.InvariantCulture)}  {string.Join("  ", cells)}{remaining}");
    }

    /// <inheritdoc/>
    public void EvaluationStarted() => globals.Error.WriteLine("trained; the test images and what the figures show are measured");

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
