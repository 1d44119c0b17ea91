using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Tracking.Sweeps;
using Serilog.Events;

namespace AeVae.Runner.Sweeps;

/// <summary>Shows a sweep while its trials are carried out; told from many threads. Results go to standard output, everything else to standard error. What a view does not tell it leaves out.</summary>
interface ISweepView : IDisposable
{
    /// <summary>The list is frozen and the first trial begins.</summary>
    void Started(SweepStart start)
    {
    }

    /// <summary>A trial begins or goes on; <paramref name="trainer"/> may be polled for its position.</summary>
    void TrialStarted(FrozenTrial trial, RunStart start, Trainer trainer)
    {
    }

    /// <summary>An epoch of a trial is trained and stored.</summary>
    void EpochFinished(FrozenTrial trial, string runId, EpochResult result)
    {
    }

    /// <summary>A trial has ended.</summary>
    void TrialEnded(TrialOutcome outcome);

    /// <summary>A line for people about a trial.</summary>
    void Log(FrozenTrial trial, LogEventLevel level, string message);

    /// <summary>All is done that is to be done now.</summary>
    void Ended(SweepEnd end);

    /// <inheritdoc/>
    void IDisposable.Dispose()
    {
    }
}

/// <summary>What is known when the first trial begins.</summary>
/// <param name="Sweep">The frozen list, with what was done before.</param>
/// <param name="ToDo">Numbers of the trials that are to be carried out now.</param>
/// <param name="Parallel">Trials at once.</param>
/// <param name="Threads">Threads of all of them together.</param>
/// <param name="IsResumed">It was begun before.</param>
/// <param name="Best">The best trial that is completed already; null when none is.</param>
sealed record SweepStart(SweepDetail Sweep, IReadOnlySet<int> ToDo, int Parallel, int Threads, bool IsResumed, BestTrial? Best);

/// <summary>What is known at its end.</summary>
/// <param name="Sweep">The list, with what became of it.</param>
/// <param name="Best">The best completed trial, and its value; null when none is completed.</param>
/// <param name="Report">The report; null when none was written.</param>
/// <param name="Elapsed">Wall-clock time of this invocation.</param>
/// <param name="WasInterrupted">The user stopped it.</param>
/// <param name="StoppedAfter">Trials that failed now, so many that no further one began; null when that is not why it ended.</param>
sealed record SweepEnd(SweepDetail Sweep, BestTrial? Best, ReportResult? Report, TimeSpan Elapsed, bool WasInterrupted, int? StoppedAfter);

/// <summary>The trial with the best last value of the sweep's metric.</summary>
/// <param name="Trial">It.</param>
/// <param name="RunId">Its run.</param>
/// <param name="Value">The metric after its last epoch.</param>
/// <param name="Of">What it is the best of, to stand behind it.</param>
sealed record BestTrial(FrozenTrial Trial, string RunId, double Value, string Of = "");
