using AeVae.Models;
using AeVae.Tracking;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace AeVae.Runner.Execution;

/// <summary>Log of one run: every event as a JSON line in its folder, and as a line for people in the view.</summary>
sealed class RunLog(string path, IRunView view) : IDisposable
{
    readonly Logger logger = new LoggerConfiguration()
        .MinimumLevel.Debug()
        .WriteTo.File(new JsonFormatter(renderMessage: true), path)
        .WriteTo.Sink(new ViewSink(view))
        .CreateLogger();

    /// <summary>The run exists, or goes on.</summary>
    public void Started(RunStart start)
    {
        if (start.Resumed is { } at)
            logger.Information("Run {RunId} goes on after epoch {Epoch}, {EpochsCut} later epochs were cut, on {Threads} threads", start.RunId, at.Epoch, at.EpochsCut, start.Request.Threads);
        else
            logger.Information("Run {RunId} of {File} starts with seed {Seed} on {Threads} threads", start.RunId, start.Request.File, start.Request.Spec.Seed, start.Request.Threads);
    }

    /// <summary>Something that is not of an epoch.</summary>
    public void Warn(string message) => logger.Warning("{Warning:l}", message);

    /// <summary>An epoch is stored.</summary>
    public void EpochFinished(EpochResult result) =>
        logger.Debug("Epoch {Epoch} took {Seconds} s; parameters {ParametersSha256}", result.Epoch, result.Seconds, result.ParametersSha256);

    /// <summary>The trainer has something to say.</summary>
    public void Warn(int epoch, string message) => logger.Warning("Epoch {Epoch}: {Warning:l}", epoch, message);

    /// <summary>The run has its final status; a bug of ours leaves its stack trace here.</summary>
    public void Ended(RunOutcome outcome)
    {
        if (outcome.Failure == FailureKind.Bug)
            logger.Error(outcome.Error, "Run {RunId} failed by a bug of AeVae: {Reason:l}", outcome.RunId, outcome.Reason);
        else
            logger.Information("Run {RunId} {Status} after {Seconds} s {Reason:l}", outcome.RunId, outcome.Status, outcome.Elapsed.TotalSeconds, outcome.Reason ?? "");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            logger.Dispose();
        }
        catch (IOException)
        {
            // The last lines on a full disk: the database says how the run ended, or an exception is on its way that does.
        }
    }

    sealed class ViewSink(IRunView view) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => view.Log(logEvent.Level, logEvent.RenderMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
