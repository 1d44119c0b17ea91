using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using Serilog.Events;

namespace AeVae.Runner.Views;

/// <summary>The run's id and nothing else, unless something went wrong.</summary>
sealed class QuietRunView(Globals globals) : IRunView
{
    /// <inheritdoc/>
    public void Log(LogEventLevel level, string message)
    {
        if (level >= LogEventLevel.Error)
            LogLine.Write(globals, level, message);
    }

    /// <inheritdoc/>
    public void Ended(RunOutcome outcome, ReportResult? report)
    {
        foreach (string line in RunText.Explain(globals, outcome))
            globals.Error.WriteLine(line);
        globals.Output.WriteLine(outcome.RunId);
    }
}
