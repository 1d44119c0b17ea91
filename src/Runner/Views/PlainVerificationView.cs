using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;

namespace AeVae.Runner.Views;

/// <summary>One line per epoch, for files and pipes.</summary>
sealed class PlainVerificationView(Globals globals) : IVerificationView
{
    RunProgress? progress;
    VerificationPlan? plan;

    /// <inheritdoc/>
    public void Started(VerificationStart start, Trainer trainer)
    {
        VerificationText.WriteStart(globals, start);
        plan = start.Plan;
        progress = new RunProgress(trainer, plan.Epochs);
    }

    /// <inheritdoc/>
    public void EpochCompared(EpochResult result, bool isEqual)
    {
        progress!.EpochFinished();
        TimeSpan? left = isEqual && result.Epoch < plan!.Epochs ? progress.LeftAfter(result.Epoch) : null;
        globals.Error.WriteLine($"{VerificationText.Epoch(plan!, result, isEqual)}{(left is { } time ? $"  {Durations.Format(time)} left" : "")}");
    }

    /// <inheritdoc/>
    public void Ended(VerificationOutcome outcome) => VerificationText.WriteEnd(globals, outcome);
}
