using AeVae.Models;
using AeVae.Reports;
using Serilog.Events;

namespace AeVae.Runner.Execution;

/// <summary>Shows one run while it is carried out. Results go to standard output, everything else to standard error. What a view does not tell it leaves out.</summary>
interface IRunView : IDisposable
{
    /// <summary>Told of the progress of the final evaluation, 0 … 1; null where nobody is.</summary>
    IProgress<double>? Evaluating => null;

    /// <summary>The run exists and the first step begins; <paramref name="trainer"/> may be polled for its position.</summary>
    void Started(RunStart start, Trainer trainer)
    {
    }

    /// <summary>An epoch is trained and stored.</summary>
    void EpochFinished(EpochResult result)
    {
    }

    /// <summary>All epochs are trained, and what the network has learnt is measured; that may take minutes.</summary>
    void EvaluationStarted()
    {
    }

    /// <summary>A line for people.</summary>
    void Log(LogEventLevel level, string message)
    {
    }

    /// <summary>The run has ended, and its report is written where there is one.</summary>
    void Ended(RunOutcome outcome, ReportResult? report)
    {
    }

    /// <inheritdoc/>
    void IDisposable.Dispose()
    {
    }
}
